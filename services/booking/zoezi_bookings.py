"""Bookings at Zoezi, each carried out once even when the answer to it is lost."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from services.booking import zoezi_records as records
from services.booking.schedule import (
    HoldExpired,
    OutcomeUnknown,
    SchedulerBooking,
    SchedulerError,
    SchedulerRefused,
    SlotTaken,
)
from services.booking.zoezi_http import ZoeziClient
from services.booking.zoezi_time import STOCKHOLM, format_day, format_instant

GONE = {"reservation_expired", "http_404"}  # what a key that holds nothing is answered with
AT_ONCE = 200  # ids in one address
#: What a scheduler answers that has no call to move bookings, or does not let us use it.
CANNOT_MOVE = {"http_403", "http_404", "http_405", "forbidden", "not_found"}


class ZoeziBookings:
    """Books what is held; finds, moves and cancels what is booked."""

    def __init__(self, client: ZoeziClient) -> None:
        self._client = client

    def book(
        self,
        key: str,
        *,
        start: datetime,
        activity_id: str,
        work_order_number: str,
        telephone: str,
        other_work_orders: tuple[str, ...] = (),
    ) -> SchedulerBooking:
        """Book what the key holds; again is harmless, and gives the same booking.

        Args:
            start: of the held time; where to look when the answer is lost.
            other_work_orders: dealt with at the same visit. Source: B-14.

        Raises:
            HoldExpired: the hold has lapsed, and the activity is not booked that day.
            SchedulerRefused: a mandatory answer is missing. Source: B-9.
            OutcomeUnknown: there is no answer, and no booking to be found either.
        """
        answers = {
            "activityId": activity_id,
            "workOrderNumber": work_order_number,
            "telephone": telephone,
        }
        if other_work_orders:
            answers["otherWorkOrders"] = ", ".join(other_work_orders)
        body = {"key": key, "extendedInfo": answers}
        return self._book(body, lambda: self._found(activity_id, start), attempts=2)

    def cancel(self, booking_id: int) -> SchedulerBooking:
        """Cancel a booking and its children; again is harmless.

        Raises:
            SchedulerRefused: there is no such booking.
        """
        body = {"id": booking_id}
        answer = self._client.post("/resourcebooking/cancel", body, repeatable=True)
        return records.each(records.booking, answer)[0]

    def rebook(
        self, booking: SchedulerBooking, *, start: datetime, consultant_id: int | None = None
    ) -> SchedulerBooking:
        """Move a booking to another time and consultant, or leave it as it is; never in between.

        The booking at the new time may have another id. Source: B-12, X-25.

        Raises:
            SlotTaken: nobody is free then.
            SchedulerRefused: the time is not open, or the booking is not where we thought it was.
            OutcomeUnknown: there is no answer, and no booking to be found at the new time.
        """
        wanted = slot(booking.place_id, booking.service_product_id, start, consultant_id)
        old = {"id": booking.id, "time": format_instant(booking.start)}
        body = {**old, "staff": booking.consultant_id, "bookings": [wanted]}
        try:
            return self._first("/resourcebooking/rebook", body)
        except (OutcomeUnknown, SchedulerRefused) as error:
            if isinstance(error, SchedulerRefused) and error.code in CANNOT_MOVE:
                raise
            if found := self._at_new_time(booking, start, consultant_id):
                return found
            if isinstance(error, SchedulerRefused) and error.code == "slot_taken":
                raise SlotTaken from error
            raise

    def _at_new_time(
        self, old: SchedulerBooking, start: datetime, consultant_id: int | None
    ) -> SchedulerBooking | None:
        """The activity's other booking, at that time."""
        for one in self._of_activity(old.activity_id, start):
            there = one.start == start and consultant_id in (None, one.consultant_id)
            if there and one.id != old.id:
                return one
        return None

    def get(self, booking_id: int) -> SchedulerBooking | None:
        """One booking, cancelled or not."""
        answer = self._client.get("/resourcebooking/get", id=booking_id)
        return next(iter(records.each(records.booking, answer)), None)

    def these(self, booking_ids: Sequence[int]) -> list[SchedulerBooking]:
        """Those of them that there are, cancelled or not."""
        found: list[SchedulerBooking] = []
        for at in range(0, len(booking_ids), AT_ONCE):
            ids = list(booking_ids[at : at + AT_ONCE])
            answer = self._client.get("/resourcebooking/get", id=ids)
            found += records.each(records.booking, answer)
        return found

    def booked(
        self, first_day: date, last_day: date, consultant_id: int | None = None
    ) -> list[SchedulerBooking]:
        """What is booked, both days included; of one consultant, or of all."""
        only = {} if consultant_id is None else {"staffs": str(consultant_id)}
        return self._booked(first_day, last_day, **only)

    def find_by_activity(
        self, activity_id: str, first_day: date, last_day: date
    ) -> SchedulerBooking | None:
        """What is booked for the activity, both days included."""
        return next(iter(self.bookings_of(activity_id, first_day, last_day)), None)

    def bookings_of(
        self, activity_id: str, first_day: date, last_day: date
    ) -> list[SchedulerBooking]:
        """All that is booked for the activity, both days included."""
        found = self._booked(first_day, last_day, filter=f"activityId:{activity_id}")
        return [one for one in found if one.activity_id == activity_id]

    def _booked(self, first_day: date, last_day: date, **query: str) -> list[SchedulerBooking]:
        period = {"start": format_day(first_day), "end": format_day(last_day)}
        answer = self._client.get("/resourcebooking/get/booked", **period, **query)
        return records.each(records.booking, answer)

    def _found(self, activity_id: str, start: datetime) -> SchedulerBooking | None:
        """The activity's booking on the day of `start`."""
        return next(iter(self._of_activity(activity_id, start)), None)

    def _of_activity(self, activity_id: str, start: datetime) -> list[SchedulerBooking]:
        """The activity's bookings on the day of `start`.

        Raises:
            OutcomeUnknown: this question has no answer either, or none that can be read. Why the
                first one was refused is not told then: what was asked for may have been done.
        """
        day = start.astimezone(STOCKHOLM).date()
        try:
            return self.bookings_of(activity_id, day, day)
        except SchedulerError as error:
            raise OutcomeUnknown(f"activity {activity_id} cannot be looked up") from error

    def _book(
        self, body: dict[str, Any], find: Callable[[], SchedulerBooking | None], attempts: int
    ) -> SchedulerBooking:
        """Book, or find what was booked; sent twice at most, as the key can be used only once."""
        try:
            return self._first("/resourcebooking/add", body)
        except OutcomeUnknown:
            if found := find():
                return found
            if attempts == 1:
                raise
        except SchedulerRefused as refusal:
            if refusal.code not in GONE:
                raise
            if found := find():
                return found
            raise HoldExpired from refusal
        return self._book(body, find, attempts - 1)

    def _first(self, path: str, body: dict[str, Any]) -> SchedulerBooking:
        answer = self._client.post(path, body)
        return records.each(records.booking, answer)[0]


def slot(
    place_id: int, service_product_id: int, start: datetime, consultant_id: int | None
) -> dict[str, Any]:
    """A time that is to be held or booked, as Zoezi takes it."""
    wanted = {
        "service": service_product_id,
        "site": place_id,
        "time": format_instant(start),
        "staff": consultant_id,
    }
    return {name: value for name, value in wanted.items() if value is not None}
