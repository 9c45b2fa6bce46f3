"""The sandbox's own servers as processes, as they run for a newcomer."""

import sys
from contextlib import contextmanager, suppress

import httpx
import pytest

from sandbox import process
from sandbox.files import free_port


@pytest.fixture(scope="module")
def run_module(tmp_path_factory):
    """Run a module of the sandbox as a server, and return its address once it answers."""

    @contextmanager
    def run(module, *arguments, port=None):
        port = port or free_port()
        address, log = f"http://127.0.0.1:{port}", tmp_path_factory.mktemp("log") / f"{module}.log"
        command = [sys.executable, "-m", module, "--port", str(port), *map(str, arguments)]
        server = process.launch(command, log=log)
        try:
            process.wait_until(lambda: answers(address), what=module, process=server, log=log)
            yield address
        finally:
            process.stop(server)

    return run


def answers(address):
    with suppress(httpx.TransportError):
        return httpx.get(f"{address}/readyz").is_success
    return False
