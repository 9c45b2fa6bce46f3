"""Many who want the same time at once: the scheduler is asked for some of them, not for all.

Two hundred clients after the last time would otherwise wait in line to hear, one by one, the same
answer. A time that was let go meanwhile is free again half a second later.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.booking.schedule import Hold, SlotTaken
from services.booking.scheduler import ZoeziScheduler

REMEMBERED = 0.5  # seconds
MOST = 1000  # refusals remembered at once

Wish = tuple[int, int, datetime, int | None]


class RushScheduler(ZoeziScheduler):
    """Refuses at once what was refused a moment ago."""

    def __init__(self, client: Any, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(client)
        self._clock = clock
        self._taken: dict[Wish, float] = {}  # until when that is remembered

    def hold(
        self,
        place_id: int,
        service_product_id: int,
        start: datetime,
        consultant_id: int | None = None,
        **options: Any,
    ) -> Hold:
        wish = (place_id, service_product_id, start, consultant_id)
        if self._taken.get(wish, 0) > self._clock():
            raise SlotTaken
        try:
            return super().hold(*wish, **options)
        except SlotTaken:
            self._remember(wish)
            raise

    def _remember(self, wish: Wish) -> None:
        if len(self._taken) >= MOST:
            self._taken.clear()
        self._taken[wish] = self._clock() + REMEMBERED
