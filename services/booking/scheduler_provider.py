"""The scheduler's client: one for the process, shared by its workers."""

from nameko.extensions import DependencyProvider

from chassis import settings
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
