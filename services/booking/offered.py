"""What there is to choose from, kept for a while: lists that change a few times a year.

Only for choosing. What decides a booking, and before anything is refused, the scheduler is asked.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from services.booking.scheduler import ZoeziScheduler
from services.booking.zoezi_http import ZoeziClient


class RememberingClient(ZoeziClient):
    """Remembers what was answered to questions that name nothing: places, service products, staff.

    Any number of threads, green or not, may ask at once: each finds an answer or asks for itself,
    and the last answer is kept. What was refused, or not answered, is asked again.

    Args:
        kept: how long an answer is given again, from when it was asked for.
    """

    def __init__(
        self,
        *client: Any,
        kept: timedelta,
        clock: Callable[[], float] = time.monotonic,
        **options: Any,
    ) -> None:
        super().__init__(*client, **options)
        self._kept = kept.total_seconds()
        self._clock = clock
        self._answers: dict[str, tuple[float, Any]] = {}  # by path, with when it was asked for

    def get(self, path: str, **query: Any) -> Any:
        if query:
            return super().get(path, **query)
        now = self._clock()
        asked_at, answer = self._answers.get(path, (None, None))
        if asked_at is None or now - asked_at >= self._kept:
            answer = super().get(path)
            self._answers[path] = now, answer
        return answer


def offered(address: str, key: str, kept: timedelta) -> ZoeziScheduler:
    """The scheduler at an address, whose lists are remembered."""
    return ZoeziScheduler(RememberingClient(address, key, kept=kept))
