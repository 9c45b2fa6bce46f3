"""The scheduler's clients: one of each for the process, shared by its workers."""

from datetime import timedelta

from nameko.extensions import DependencyProvider

from chassis import settings
from services.booking.offered import offered
from services.booking.rush import RushScheduler
from services.booking.scheduler import ZoeziScheduler


class Scheduler(DependencyProvider):
    """The scheduler at ZOEZI_URL, which knows us by ZOEZI_KEY."""

    def setup(self) -> None:
        self._client = RushScheduler.at(settings.read("ZOEZI_URL"), settings.read("ZOEZI_KEY"))

    def stop(self) -> None:
        self._client.close()

    kill = stop

    def get_dependency(self, worker_ctx) -> ZoeziScheduler:
        return self._client


class Offered(Scheduler):
    """The same scheduler, whose lists to choose from are kept for a while.

    Args:
        kept: for how long.
    """

    def __init__(self, kept: timedelta) -> None:
        self.kept = kept

    def setup(self) -> None:
        address, key = settings.read("ZOEZI_URL"), settings.read("ZOEZI_KEY")
        self._client = offered(address, key, self.kept)
