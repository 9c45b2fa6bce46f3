"""The adapter in a service process: under eventlet, calls that wait do not hold up the others."""

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread

import pytest

CALLS = 4

CALLS_AT_ONCE = """
import warnings; warnings.simplefilter("ignore")
import eventlet; eventlet.monkey_patch()
import sys
from services.booking.scheduler import ZoeziScheduler
scheduler = ZoeziScheduler.at(sys.argv[1], "a-key-for-tests-only")
pool = eventlet.GreenPool()
found = list(pool.imap(lambda _: scheduler.places(), range(int(sys.argv[2]))))
print(len(found), found[0][0].name)
"""


@pytest.fixture
def patient_server() -> Iterator[str]:
    """A server that answers nobody before all calls have come in."""
    everybody = Barrier(CALLS)

    class Patient(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            everybody.wait(timeout=60)
            content = '[{"id": 1, "name": "Borås"}]'.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Patient) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_green_threads_wait_side_by_side(patient_server):
    command = [sys.executable, "-c", CALLS_AT_ONCE, patient_server, str(CALLS)]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert ended.stdout.strip() == f"{CALLS} Borås", ended.stderr
