"""What a transaction of booking reads and changes beside activities."""

from functools import cached_property

from chassis import database
from services.booking.calendars.repository import CalendarRepository
from services.booking.pilot.repository import PilotRepository
from services.booking.reconciliation.repository import ReconciliationRepository
from services.booking.staffing import repository as staffing
from services.booking.staffing.model import Demand


class Parts(database.Transaction):
    """The part of booking's transaction that its subdomains use."""

    @cached_property
    def calendars(self) -> CalendarRepository:
        return CalendarRepository(self.connection)

    @cached_property
    def pilot(self) -> PilotRepository:
        return PilotRepository(self.connection)

    @cached_property
    def reconciliation(self) -> ReconciliationRepository:
        return ReconciliationRepository(self.connection)

    def demand(self) -> list[Demand]:
        """What waits and what was registered, by where the unit last booked; else nowhere."""
        return staffing.demand(self.connection)
