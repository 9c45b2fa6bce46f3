"""The process: what it needs to start, what it says of itself, and how it stops."""

import os
import subprocess
import sys
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from services.booking.local_scheduler import seed
from tests.fixtures.databases import execute
from tests.integration.booking.scheduler import process as scheduler
from tests.integration.booking.scheduler.data import CATALOGUE

DATABASE = {"SCHEDULER_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}

TWO_GREENLETS_ON_ONE_LOCK = """
from gevent import monkey; monkey.patch_all()
import gevent, os, psycopg2
from services.booking.local_scheduler import green
green.install()
first, second = (psycopg2.connect(os.environ["URL"]).cursor() for _ in range(2))
first.execute("SELECT pg_advisory_lock(1)")
waiting = gevent.spawn(second.execute, "SELECT pg_advisory_lock(1)")
gevent.sleep(0)
first.execute("SELECT pg_advisory_unlock(1)")
waiting.get(timeout=60)
print("both")
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("key", [{}, {"ZOEZI_KEY": "short"}], ids=["none", "short"])
def test_it_does_not_start_without_a_proper_key(key):
    ended = run("-m", "services.booking.local_scheduler", **DATABASE, **key)

    assert ended.returncode != 0
    assert "ZOEZI_KEY" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_it_makes_its_own_database(database_url):
    name = f"test_scheduler_made_{uuid4().hex[:8]}"
    environment = {"SCHEDULER_DATABASE_URL": f"{database_url}/{name}"}
    try:
        for _ in range(2):
            done = run("-m", "services.booking.local_scheduler", "migrate", **environment)
            assert done.returncode == 0, done.stderr
    finally:
        execute(database_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def test_it_is_alive_without_its_database_but_not_ready():
    process = scheduler.start(ZOEZI_KEY=scheduler.KEY, **DATABASE)
    try:
        url = scheduler.listening(process)

        assert httpx.get(f"{url}/healthz").status_code == 200
        assert httpx.get(f"{url}/readyz").status_code == 503
        answer = httpx.get(f"{url}/api/public/site/all")
        assert (answer.status_code, answer.json()) == (500, {"error": "internal_server_error"})
    finally:
        scheduler.stop(process)
    assert process.returncode == 0


def test_it_is_ready_with_its_database(scheduler_process):
    assert httpx.get(f"{scheduler_process.url}/readyz").status_code == 200


def test_one_query_does_not_hold_up_the_others(database_url):
    ended = run("-c", TWO_GREENLETS_ON_ONE_LOCK, URL=f"{database_url}/postgres")

    assert ended.stdout.strip() == "both", ended.stderr


def test_loading_again_changes_what_is_there_and_keeps_bookings(scheduler_process):
    counts = text("SELECT (SELECT count(*) FROM working_windows), (SELECT count(*) FROM staff)")
    with scheduler_process.engine.connect() as connection:
        before = connection.execute(counts).one()

    seed.load(scheduler_process.engine, CATALOGUE)

    with scheduler_process.engine.connect() as connection:
        assert connection.execute(counts).one() == before
