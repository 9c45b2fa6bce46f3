"""What people are called, where all that a service knows of them is their HSA-IDs.

Source: P-5
"""

import time
from collections.abc import Callable, Iterable, Mapping

from flask import current_app

from gateway import bus
from gateway.bus import Question
from gateway.web.asking import part

KEPT = 600  # seconds until a name is asked for again
MOST = 100  # names asked for at a time
FULL = 10_000  # people
NAME = "names"  # of the extension


class Names:
    """Names from ordering's register of people, kept for a while.

    Args:
        clock: tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[str, float]] = {}  # name, and until when

    def of(self, hsa_ids: Iterable[str | None]) -> Mapping[str, str]:
        """The name of each; who is not registered, or cannot be asked for now, by HSA-ID."""
        wanted, now = sorted({one for one in hsa_ids if one}), self._clock()
        if len(self._kept) > FULL:
            self._kept.clear()
        unknown = [one for one in wanted if self._kept.get(one, ("", now))[1] <= now]
        for at in range(0, len(unknown), MOST):
            self._ask(unknown[at : at + MOST], now)
        return {one: self._kept.get(one, (one, now))[0] for one in wanted}

    def _ask(self, hsa_ids: list[str], now: float) -> None:
        asked = part(Question(bus.ordering.find_names, {"hsa_ids": hsa_ids}))
        if asked.missing:
            return
        found = asked.found["names"]
        self._kept |= {one: (found.get(one, one), now + KEPT) for one in hsa_ids}


def names(*hsa_ids: str | None) -> Mapping[str, str]:
    """As `Names.of`, of the present application."""
    kept: Names = current_app.extensions[NAME]
    return kept.of(hsa_ids)
