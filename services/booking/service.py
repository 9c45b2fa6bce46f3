"""Booking's entrypoints: decode, one use case, encode.

The settings are read when the process starts: see settings.py.
"""

import logging

from nameko.timer import timer

from chassis.calls import Calls
from chassis.database import Database
from chassis.events import on_event
from chassis.rpc import command, process, query
from chassis.service import Service
from contracts import booking as contract
from contracts.ordering import ConsultationRequestedV1
from services.booking import clock, holding, outcomes, use_cases, views
from services.booking.calendars.service import CalendarEntrypoints
from services.booking.letters import SwedishLetters
from services.booking.pilot.service import PilotEntrypoints
from services.booking.reconciliation.service import ReconciliationEntrypoints
from services.booking.repository import BookingTransaction
from services.booking.scheduler_provider import Offered, Scheduler
from services.booking.settings import Settings
from services.booking.staffing.service import StaffingEntrypoints
from services.booking.telephone import e164
from services.booking.visits import VisitProcess
from services.booking.window import midnight

SETTINGS = Settings.read()
LETTERS = SwedishLetters(SETTINGS.organizer)
PRUNE_EVERY = 3600  # seconds

_log = logging.getLogger(__name__)


class BookingService(
    CalendarEntrypoints,
    StaffingEntrypoints,
    PilotEntrypoints,
    ReconciliationEntrypoints,
    Service,
):
    """Takes consultation activities from registered to booked, or closes them."""

    name = "booking"

    database = Database(BookingTransaction)
    scheduler = Scheduler()
    offered = Offered(SETTINGS.offered_for)
    calls = Calls()

    @process(contract.ListPlaces)
    def list_places(self, _query):
        places = use_cases.list_places(self.offered)
        return {"items": [{"place_id": one.id, "name": one.name} for one in places]}

    @process(contract.ListServiceProducts)
    def list_service_products(self, query):
        found = use_cases.list_service_products(self.scheduler, self.offered, query["place_id"])
        return contract.ServiceProducts.write(
            {
                "items": [
                    {"service_product_id": one.id, "name": one.name, "duration": one.duration}
                    for one in found
                ]
            }
        )

    @process(contract.ListFreeTimes)
    def list_free_times(self, query):
        times, consultants = use_cases.list_free_times(self.scheduler, self.offered, **query)
        return contract.FreeTimes.write(
            {
                "items": times,
                "consultants": [{"consultant_id": one.id, "name": one.name} for one in consultants],
            }
        )

    @query(contract.GetActivity)
    def get_activity(self, tx, query):
        return views.activity(use_cases.get_activity(tx, query["activity_id"]))

    @query(contract.ListActivities)
    def list_activities(self, tx, query):
        found, more = use_cases.list_activities(tx, **query)
        return {"items": [views.activity(one) for one in found], "more": more}

    @command(contract.ReopenActivity)
    def reopen_activity(self, tx, command):
        return views.activity(clock.reopen_activity(tx, command["activity_id"], SETTINGS.windows))

    @command(contract.RecordOutcome)
    def record_outcome(self, tx, command):
        return views.booking(outcomes.record_outcome(tx, command, SETTINGS.supply_centre))

    @query(contract.CountUnbooked)
    def count_unbooked(self, tx, query):
        found = clock.count_unbooked(tx, query, SETTINGS.supply_centre, midnight)
        return contract.Unbooked.write({"items": found})

    @query(contract.GetBooking)
    def get_booking(self, tx, query):
        return views.booking(use_cases.get_booking(tx, query["booking_id"]))

    @process(contract.HoldTime)
    def hold_time(self, command):
        self.check_connected()
        limits = SETTINGS.holds
        return self.database.repeatable(
            "hold_time",
            command,
            lambda mark: holding.hold_time(self.database, self.scheduler, limits, command, mark),
        )

    @process(contract.ExtendHold)
    def extend_hold(self, command):
        limits = SETTINGS.holds
        return self.database.repeatable(
            "extend_hold",
            command,
            lambda mark: holding.extend_hold(self.database, self.scheduler, limits, command, mark),
        )

    @process(contract.ReleaseHold)
    def release_hold(self, command):
        return self.database.repeatable(
            "release_hold",
            command,
            lambda mark: holding.release_hold(self.database, self.scheduler, command, mark),
        )

    @query(contract.ListHolds)
    def list_holds(self, tx, query):
        return {"items": holding.list_holds(tx, SETTINGS.holds)}

    @process(contract.BookTime)
    def book_time(self, command):
        written = command | {"telephone": e164(command["telephone"])}
        return self.database.repeatable(
            "book_time", written, lambda mark: self._process.book(written, mark)
        )

    @process(contract.RebookTime)
    def rebook_time(self, command):
        return self.database.repeatable(
            "rebook_time", command, lambda mark: self._process.rebook(command, mark)
        )

    @process(contract.CancelBooking)
    def cancel_booking(self, command):
        return self.database.repeatable(
            "cancel_booking", command, lambda mark: self._process.cancel(command, mark)
        )

    @on_event(ConsultationRequestedV1)
    def open_activity(self, tx, event):
        clock.open_activity(tx, event, SETTINGS.windows, SETTINGS.proposals)

    @timer(interval=SETTINGS.sweep_every)
    def close_overdue(self):
        if closed := clock.close_overdue(self.database, LETTERS):
            _log.info("closed %s activities for want of a booking", closed)

    @timer(interval=SETTINGS.sweep_every)
    def warn(self):
        if warned := clock.warn(self.database, LETTERS, SETTINGS.warnings):
            _log.info("warned %s people of activities that close soon", warned)

    @timer(interval=SETTINGS.sweep_every)
    def reconcile(self):
        for activity, error in self._process.reconcile(SETTINGS.reconcile_after):
            outcome = activity.state if error is None else type(error).__name__
            _log.warning("activity %s had no outcome: now %s", activity.id, outcome)

    @timer(interval=PRUNE_EVERY)
    def prune_holds(self):
        with self.database.transaction() as tx:
            use_cases.prune_holds(tx)

    @property
    def _process(self) -> VisitProcess:
        return VisitProcess(
            self.database, self.scheduler, LETTERS, SETTINGS.windows, SETTINGS.rebookings
        )
