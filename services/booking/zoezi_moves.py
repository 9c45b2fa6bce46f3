"""Moving a booking at Zoezi: in one call where the scheduler can, else booked first, then given up.

At no moment is the old time lost and the new one not had. Each step is looked up before it is made
again, so that whoever was killed on the way goes on from there.
"""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from services.booking.schedule import Hold, SchedulerBooking, SchedulerRefused, SlotTaken
from services.booking.zoezi_bookings import CANNOT_MOVE, ZoeziBookings


class ZoeziMoves(ZoeziBookings, ABC):
    """Moves what is booked."""

    @abstractmethod
    def hold(
        self,
        place_id: int,
        service_product_id: int,
        start: datetime,
        consultant_id: int | None = None,
        *,
        activity_id: str,
        key: str | None = None,
    ) -> Hold:
        """Keep a time for an activity."""

    def move(
        self,
        booking_id: int,
        *,
        start: datetime,
        consultant_id: int | None,
        key: str,
        telephone: str,
    ) -> SchedulerBooking:
        """Move a booking to another time and consultant, or leave it as it is; again is harmless.

        Args:
            key: to hold the new time under, where it cannot be moved in one call.

        Raises:
            SlotTaken: nobody is free then.
            SchedulerRefused: the time is not open; `booking_changed`: it was moved or cancelled by
                somebody else.
            OutcomeUnknown: there is no answer, and no booking to be found at the new time.

        Source: B-12, X-25
        """
        old = self.get(booking_id)
        if old is None or old.cancelled:
            return self._moved_before(old, start, consultant_id)
        try:
            return self.rebook(old, start=start, consultant_id=consultant_id)
        except SchedulerRefused as refusal:
            if refusal.code not in CANNOT_MOVE:
                raise
        new = self._at_new_time(old, start, consultant_id)
        if new is None:
            new = self._book_anew(old, start, consultant_id, key, telephone)
        self.cancel(old.id)
        return new

    def hold_move(
        self, booking_id: int, *, start: datetime, consultant_id: int | None, key: str
    ) -> int:
        """Keep a new time for a booking, unless it is booked already; return its consultant.

        Raises:
            SlotTaken: nobody is free then, or the booking's own old time is in the way.
            SchedulerRefused: the time is not open; `booking_changed`: it was moved or cancelled by
                somebody else.

        Source: B-14
        """
        old = self.get(booking_id)
        new = old and self._at_new_time(old, start, consultant_id)
        if new:
            return new.consultant_id
        if old is None or old.cancelled:
            raise SchedulerRefused("booking_changed", "the booking is not where it was")
        wanted = old.place_id, old.service_product_id, start, consultant_id
        try:
            held = self.hold(*wanted, activity_id=old.activity_id, key=key)
        except SlotTaken:
            if new := self._at_new_time(old, start, consultant_id):  # by ourselves, just now
                return new.consultant_id
            raise
        return held.consultant_id

    def take(
        self,
        booking_id: int,
        *,
        start: datetime,
        consultant_id: int | None,
        key: str,
        telephone: str,
    ) -> SchedulerBooking:
        """Book a new time beside the old one, which stands; again is harmless.

        Raises:
            SlotTaken, HoldExpired: it cannot be had any more.
            OutcomeUnknown: there is no answer, and no booking to be found at the new time.

        Source: B-14
        """
        old = self.get(booking_id)
        if old is None:
            raise SchedulerRefused("booking_changed", "the booking is not where it was")
        found = self._at_new_time(old, start, consultant_id)
        return found or self._book_anew(old, start, consultant_id, key, telephone)

    def _moved_before(
        self, old: SchedulerBooking | None, start: datetime, consultant_id: int | None
    ) -> SchedulerBooking:
        found = old and self._at_new_time(old, start, consultant_id)
        if not found:
            raise SchedulerRefused("booking_changed", "the booking is not where it was")
        return found

    def _book_anew(
        self,
        old: SchedulerBooking,
        start: datetime,
        consultant_id: int | None,
        key: str,
        telephone: str,
    ) -> SchedulerBooking:
        held = self.hold(
            old.place_id,
            old.service_product_id,
            start,
            consultant_id,
            activity_id=old.activity_id,
            key=key,
        )
        answers = {
            "activityId": old.activity_id,
            "workOrderNumber": old.work_order_number,
            "telephone": telephone,
        }
        body: dict[str, Any] = {"key": held.key, "extendedInfo": answers}
        return self._book(body, lambda: self._at_new_time(old, start, consultant_id), attempts=2)
