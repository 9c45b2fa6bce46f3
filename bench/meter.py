"""Where the processor's time goes while a side is at work."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bench.process import processor_time
from bench.suite import Suite


class Meter:
    """Adds up how much processor time each part of the suite uses for one side.

    Args:
        suite: whose parts.
    """

    def __init__(self, suite: Suite) -> None:
        self._suite = suite
        self._spent: Counter[str] = Counter()
        self._answers = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        before = self._used()
        yield
        self._spent += self._used() - before

    def answered(self, count: int) -> None:
        self._answers += count

    def told(self) -> str:
        """Milliseconds an answer, the greatest first."""
        each = {name: 1000 * spent / self._answers for name, spent in self._spent.most_common()}
        parts = ", ".join(f"{name} {spent:.2f}" for name, spent in each.items() if spent >= 0.01)
        return f"{sum(each.values()):.2f} ms of processor time an answer: {parts}"

    def _used(self) -> Counter[str]:
        return Counter({name: processor_time(pid) for name, pid in self._suite.pids().items()})
