"""The entrypoint about staffing: decode, one use case, encode."""

from chassis.calendar import STOCKHOLM
from chassis.rpc import process
from contracts import booking_staffing as contract
from services.booking.staffing import use_cases, views


class StaffingEntrypoints:
    """A part of booking's service."""

    @process(contract.ListStaffing)
    def list_staffing(self, query):
        with self.database.reading() as tx:
            use_cases.check_may_see(tx.actor)
            demand, today = tx.demand(), tx.now.astimezone(STOCKHOLM).date()
        hours = use_cases.hours(self.scheduler, query["first_day"], query["last_day"])
        found, elsewhere = use_cases.staffing(hours, demand, today)
        return contract.Staffing.write(
            {"items": [views.week(one) for one in found], "waiting_elsewhere": elsewhere}
        )
