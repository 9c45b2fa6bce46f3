"""How often one address may begin to log in."""

import time

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from gateway import refusals


class LoginLimit:
    """Counts logins by address, in each worker process by itself."""

    def __init__(self, rate: RateLimitItem) -> None:
        self._rate = rate
        self._counted = MovingWindowRateLimiter(MemoryStorage())

    def check(self, address: str) -> None:
        """Count one more.

        Raises:
            TooMany: there have been too many of late.
        """
        if not self._counted.hit(self._rate, address):
            free_at = self._counted.get_window_stats(self._rate, address).reset_time
            raise refusals.TOO_MANY_LOGINS(seconds=max(1, round(free_at - time.time())))
