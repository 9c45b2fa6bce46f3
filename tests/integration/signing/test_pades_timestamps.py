"""No timestamp, no signature: whatever the timestamp authority does, it is known in time."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Event, Thread

import httpx
import pytest
import time_machine
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from sandbox.authorities import Authorities
from sandbox.timestamp_authority import Refusal, create_app
from services.signing.pades.errors import TimestampUnavailable
from tests.fixtures.processes import free_port
from tests.integration.signing.people import ASA, material

REPLY = "application/timestamp-reply"
CALLS = 4
QUERY = TimeStamper().request_cms(b"x" * 32, "sha256")[1].dump()

Respond = Callable[[bytes], tuple[int, str, bytes]]


@contextmanager
def server(respond: Respond) -> Iterator[str]:
    """A server that answers each request's body by `respond`: status, kind and body."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, kind, answer = respond(body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}/"
        finally:
            listening.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def recorded(timestamp_authority) -> bytes:
    """A true answer, but to another question."""
    headers = {"Content-Type": "application/timestamp-query"}
    return httpx.post(timestamp_authority, content=QUERY, headers=headers).content


RUBBISH = {
    "an error": lambda recorded: (500, REPLY, b""),
    "a page": lambda recorded: (200, "text/html", b"<html>"),
    "bytes": lambda recorded: (200, REPLY, b"rubbish"),
    "nothing": lambda recorded: (200, REPLY, b""),
    "too much": lambda recorded: (200, REPLY, b"\x30" * 100_000),
    "half an answer": lambda recorded: (200, REPLY, recorded[: len(recorded) // 2]),
    "an answer to another question": lambda recorded: (200, REPLY, recorded),
}


@pytest.mark.parametrize("answer", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_for_a_timestamp_gives_no_signature(signer_at, pdf, recorded, answer):
    with server(lambda _: answer(recorded)) as url, pytest.raises(TimestampUnavailable):
        signer_at(url).sign(pdf, ASA, material())


def test_a_timestamp_for_something_else_gives_no_signature(signer_at, pdf, authorities):
    def other(query: bytes) -> tuple[int, str, bytes]:
        asked = tsp.TimeStampReq.load(query)
        asked["message_imprint"]["hashed_message"] = b"x" * 32
        return 200, REPLY, stamped(authorities, asked.dump())

    with server(other) as url, pytest.raises(TimestampUnavailable):
        signer_at(url).sign(pdf, ASA, material())


def test_a_stranger_s_timestamp_gives_no_signature(signer_at, pdf, tmp_path):
    strangers = Authorities(tmp_path).make()

    with (
        server(lambda query: (200, REPLY, stamped(strangers, query))) as url,
        pytest.raises(TimestampUnavailable),
    ):
        signer_at(url).sign(pdf, ASA, material())


def test_a_timestamp_of_another_time_gives_no_signature(signer_at, pdf, authorities):
    def early(query: bytes) -> tuple[int, str, bytes]:
        with time_machine.travel(datetime.now(UTC) - timedelta(hours=1)):
            return 200, REPLY, stamped(authorities, query)

    with server(early) as url, pytest.raises(TimestampUnavailable):
        signer_at(url).sign(pdf, ASA, material())


def test_an_authority_that_nobody_runs_gives_no_signature(signer_at, pdf):
    with pytest.raises(TimestampUnavailable):
        signer_at(f"http://127.0.0.1:{free_port()}/").sign(pdf, ASA, material())


def test_an_authority_that_never_answers_is_given_up(signer_at, pdf):
    given_up = Event()

    def wait(_query: bytes) -> tuple[int, str, bytes]:
        given_up.wait(60)
        return 200, REPLY, b""

    with server(wait) as url:
        with pytest.raises(TimestampUnavailable, match="cannot be reached"):
            signer_at(url, timeout=0.2).sign(pdf, ASA, material())
        given_up.set()


SIGN_AT_ONCE = """
import warnings; warnings.simplefilter("ignore")
import eventlet; eventlet.monkey_patch()
import os, sys
from services.signing.pades.settings import local_signer, trust_roots
from services.signing.pades.verification import verify
from tests.integration.signing.people import ASA, material
from tests.unit.signing.pades.files import document
signer, pdf = local_signer(), document()
pool = eventlet.GreenPool()
signed = list(pool.imap(lambda _: signer.sign(pdf, ASA, material()), range(int(sys.argv[1]))))
print(sum(verify(one, trust_roots()).holds for one in signed))
"""


def test_green_threads_wait_for_timestamps_side_by_side(authorities, monkeypatch):
    everybody = Barrier(CALLS)

    def patient(query: bytes) -> tuple[int, str, bytes]:
        """Answer nobody before all have asked."""
        everybody.wait(timeout=60)
        return 200, REPLY, stamped(authorities, query)

    with server(patient) as url:
        for name, value in authorities.settings().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("SIGNING_TSA_URL", url)
        monkeypatch.setenv("SIGNING_TSA_TIMEOUT", "60")
        command = [sys.executable, "-c", SIGN_AT_ONCE, str(CALLS)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=100)

    assert ended.stdout.strip() == str(CALLS), ended.stderr


@pytest.mark.parametrize("query", [b"", b"rubbish", QUERY[:20]])
def test_the_authority_says_that_a_query_is_no_query(timestamp_authority, query):
    headers = {"Content-Type": "application/timestamp-query"}

    answer = httpx.post(timestamp_authority, content=query, headers=headers, timeout=60)

    status = Refusal.load(answer.content)["status"]
    assert status["status"].native == "rejection"
    assert status["fail_info"].native == {"bad_data_format"}


def test_the_authority_does_not_stamp_weak_hashes(timestamp_authority):
    query = TimeStamper().request_cms(b"x" * 20, "sha1")[1].dump()
    headers = {"Content-Type": "application/timestamp-query"}

    answer = httpx.post(timestamp_authority, content=query, headers=headers, timeout=60)

    status = Refusal.load(answer.content)["status"]
    assert status["fail_info"].native == {"bad_alg"}


def stamped(authorities: Authorities, query: bytes) -> bytes:
    """What that authority answers."""
    headers = {"Content-Type": "application/timestamp-query"}
    return create_app(authorities).test_client().post("/", data=query, headers=headers).data
