"""Rounds of HTTP load: what one side of a comparison does, and how it came out."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles

from sandbox.site import ROOT

#: A client's requests, as they go over the wire.
Clients = list[list[str]]


@dataclass(frozen=True)
class Outcome:
    """What one round came to.

    Args:
        rate: answers a second.
        p50, p99: seconds until the answer.
        busy: how much of one processor core the load generator itself used.
    """

    rate: float
    count: int
    p50: float
    p99: float
    busy: float


class WrongAnswers(Exception):
    """A side did not do what it was asked: its figures would say nothing."""


def request(method: str, path: str, headers: Mapping[str, str], body: object = None) -> str:
    """One HTTP request as it goes over the wire."""
    content = "" if body is None else json.dumps(body)
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if content:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", content])


def load(port: int, clients: Clients, seconds: float, status: int, interval: float = 0) -> Outcome:
    """Let the load generator do one round.

    Args:
        status: of every answer.
        interval: seconds between two requests of a client; 0: as soon as it can.

    Raises:
        WrongAnswers: there were others.
    """
    return _outcome(told(port, clients, seconds, interval), status)


def told(port: int, clients: Clients, seconds: float, interval: float = 0) -> dict:
    """What the load generator tells of a round: its `latencies`, and how often each of `statuses`.

    Args:
        seconds: 0: each client sends one request.

    Raises:
        WrongAnswers: there were none.
    """
    plan = {"port": port, "seconds": seconds, "clients": clients, "interval": interval}
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise WrongAnswers(done.stderr)
    found: dict = json.loads(done.stdout)
    return found


def _outcome(found: dict, status: int) -> Outcome:
    if set(found["statuses"]) != {str(status)}:
        raise WrongAnswers(f"answers were {found['statuses']}, not all {status}")
    latencies = found["latencies"]
    return Outcome(
        rate=len(latencies) / found["seconds"],
        count=len(latencies),
        p50=median(latencies),
        p99=quantiles(latencies, n=100)[98],
        busy=found["processor"] / found["seconds"],
    )


def interleaved(
    sides: Mapping[str, Callable[[float], Outcome]], rounds: int, seconds: float
) -> dict[str, list[Outcome]]:
    """Warm every side up, then let them take turns."""
    for side in sides.values():
        side(min(seconds, 2))
    turns = [{name: side(seconds) for name, side in sides.items()} for _ in range(rounds)]
    return {name: [turn[name] for turn in turns] for name in sides}
