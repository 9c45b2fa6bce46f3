"""Scheduling of consultations through Zoezi's HTTP API, at Zoezi or at the local scheduler.

Nothing is lost when an answer is: a hold is made under a key of ours and may be made again; a
booking carries our activity's id, by which it is found again.

An empty list is not trusted by itself. Zoezi answers so to a day in the wrong format and to an id
that it does not know; days are therefore written in one place only, and before "no free times" is
believed the service product is looked up at the place.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services.booking import zoezi_records as records
from services.booking.schedule import (
    Consultant,
    FreeTime,
    Hold,
    Period,
    Place,
    SchedulerError,
    SchedulerRefused,
    ServiceProduct,
    SlotTaken,
    StaffedWeek,
)
from services.booking.zoezi_bookings import GONE, slot
from services.booking.zoezi_http import ZoeziClient
from services.booking.zoezi_moves import ZoeziMoves
from services.booking.zoezi_time import format_day


class ZoeziScheduler(ZoeziMoves):
    """What the use cases of booking ask of a scheduler: what is offered, holds, and bookings."""

    @classmethod
    def at(cls, address: str, key: str) -> "ZoeziScheduler":
        """The scheduler at an address without `/api`, for the integration with this key."""
        return cls(ZoeziClient(address, key))

    def close(self) -> None:
        self._client.close()

    def places(self) -> list[Place]:
        return records.each(records.place, self._client.get("/public/site/all"))

    def service_products(self, place_id: int) -> list[ServiceProduct]:
        found = self._client.get("/public/resourcebooking/service/get")
        return records.each(
            records.service_product, [one for one in found if place_id in one["sites"]]
        )

    def consultants(self, place_id: int, service_product_id: int) -> list[Consultant]:
        """Who gives such consultations at the place. Source: B-10."""
        staff = self._client.get("/public/staff/get/full")
        competent = [
            one
            for one in staff
            if place_id in one["sites"] and service_product_id in one["services"]
        ]
        return records.each(records.consultant, competent)

    def free_times(
        self,
        place_id: int,
        service_product_id: int,
        first_day: date,
        last_day: date,
        consultant_id: int | None = None,
        other_service_product_id: int | None = None,
    ) -> list[FreeTime]:
        """When a consultation can start, both days included.

        Args:
            other_service_product_id: given right after the first, by the same. Source: B-14.

        Raises:
            SchedulerRefused: the place does not offer the service product.
        """
        wanted = [service_product_id, other_service_product_id]
        products = [one for one in wanted if one is not None]
        found = self._client.get(
            "/public/resourcebooking/get",
            services=products,
            site=place_id,
            start=format_day(first_day),
            end=format_day(last_day),
            staffs=consultant_id,
        )
        if not found:
            self._check_offered(place_id, products)
        return records.each(records.free_time, found)

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
        """Keep a time for the activity, with this consultant or any that is free.

        Args:
            key: to hold under; what it held before is let go if this time is got. The activity's
                own when left out, so that an activity holds one time and may ask again.

        Raises:
            SlotTaken: nobody is free then.
            SchedulerRefused: the place, service product or time is not open to booking.
        """
        wanted = slot(place_id, service_product_id, start, consultant_id)
        wanted["extendedInfo"] = {"activityId": activity_id}
        body = {"bookings": [wanted], "key": key or f"rampen-{activity_id}", "replace": True}
        path = "/resource/reservation/add_resourcebooking"
        try:
            answer = self._client.post(path, body, repeatable=True)
        except SchedulerRefused as refusal:
            raise self._why(refusal, wanted) from refusal
        return records.one(records.hold, answer)

    def extend(
        self,
        place_id: int,
        service_product_id: int,
        start: datetime,
        consultant_id: int,
        *,
        activity_id: str,
        key: str,
    ) -> Hold:
        """Keep longer what the key holds: it is held anew under the same key."""
        held = place_id, service_product_id, start, consultant_id
        return ZoeziScheduler.hold(self, *held, activity_id=activity_id, key=key)

    def release(self, key: str) -> None:
        """Let go of a hold; one that is gone already is no error."""
        try:
            self._client.post("/resource/reservation/cancel", {"key": key}, repeatable=True)
        except SchedulerRefused as refusal:
            if refusal.code not in GONE:
                raise

    def block(self, consultant_id: int, source: str, periods: Sequence[Period]) -> None:
        """Note when a consultant's own calendar is busy, instead of what it said before.

        Not part of Zoezi's API: the local scheduler's alone.

        Raises:
            SchedulerRefused: there is no such consultant, or the scheduler has no such call.

        Source: B-16
        """
        busy = [[start.isoformat(), end.isoformat()] for start, end in periods]
        body = {"staff": consultant_id, "key": source, "busy": busy}
        self._client.post("/rampen/busy", body, repeatable=True)

    def staffing(self, first_day: date, last_day: date) -> list[StaffedWeek]:
        """Hours of each week, both days included; the local scheduler's alone. Source: B-17."""
        period = {"start": format_day(first_day), "end": format_day(last_day)}
        found = self._client.get("/rampen/staffing", **period)
        return records.each(records.staffed_week, found)

    def _check_offered(self, place_id: int, products: Sequence[int]) -> None:
        if not {one.id for one in self.service_products(place_id)}.issuperset(products):
            raise SchedulerRefused("service_unknown", "the place does not offer the service")

    def _why(self, refusal: SchedulerRefused, wanted: Mapping[str, Any]) -> SchedulerError:
        """A scheduler that gives no reason is asked whether the time is free."""
        if refusal.code == "http_400":
            query = {"services": wanted["service"], "site": wanted["site"], "start": wanted["time"]}
            path = "/public/resourcebooking/isfree"
            answer = self._client.get(path, **query, staffs=wanted.get("staff"))
            return refusal if answer["free"] else SlotTaken()
        return SlotTaken() if refusal.code == "slot_taken" else refusal
