"""How long a service takes to start, and how much memory it has, idle and after load."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from bench.orders import place
from bench.process import Process, answers, resident
from bench.results import Line, Results
from bench.suite import Suite
from sandbox.files import free_port
from sandbox.site import SERVICES
from sandbox.steps import RAMPEN

TIMES = 3
READY, IDLE, LOADED = 3.0, 100, 150  # seconds, MB, MB
CLIENTS, SECONDS = 16, 10
MB = 1_000_000
WATCHED = (*SERVICES, "relay", "gateway")


def measure(suite: Suite, results: Results) -> None:
    for name in SERVICES:
        suite.report(f"starting {name} {TIMES} times")
        results.lines += _started(suite, name)
    suite.report(f"memory after {SECONDS} s of orders from {CLIENTS} clients")
    place(suite, CLIENTS, SECONDS)
    pids = suite.pids()
    for name in SERVICES:
        results.lines.append(_memory(f"memory of {name} after load", resident(pids[name]), LOADED))


def _started(suite: Suite, name: str) -> Iterator[Line]:
    starts = [_start(suite, name) for _ in range(TIMES)]
    seconds = median(start[0] for start in starts)
    what = f"start of {name} until ready"
    yield Line(what, f"{seconds:.1f} s", "–", None, f"≤ {READY:g} s", seconds <= READY)
    yield _memory(f"memory of {name}, idle", median(start[1] for start in starts), IDLE)


def _start(suite: Suite, name: str) -> tuple[float, int]:
    """Seconds until one more process of the service is ready, and the memory that it has then."""
    port = free_port()
    environment = suite.site.environment() | {"PROBE_PORT": str(port)}
    one_more = Process(
        suite.site.log(f"another-{name}"),
        (*RAMPEN, "serve", name),
        lambda: environment,
        lambda: answers(port),
    )
    began = perf_counter()
    with one_more:
        return perf_counter() - began, resident(one_more.pids()[0])


def _memory(what: str, used: float, asked: int) -> Line:
    return Line(what, f"{used / MB:.0f} MB", "–", None, f"≤ {asked} MB", used <= asked * MB)
