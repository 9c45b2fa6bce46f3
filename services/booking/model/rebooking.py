"""Moving what is booked: the old time stands until the scheduler has the new one."""

from datetime import datetime

from contracts.errors.booking import REBOOKED_ENOUGH
from services.booking.model.activity import Activity
from services.booking.model.booking import Asked, BookingState, Wish, check_future
from services.booking.model.events import ActivityRebooked
from services.booking.schedule import SchedulerBooking


def start_rebooking(activity: Activity, wish: Wish, asked: Asked, limit: int) -> bool:
    """Start moving the booking; return False if this command has already started it.

    Raises:
        Conflict: it is not booked, has begun, has been moved `limit` times, or the time has been.

    Source: B-12, X-25
    """
    booking = activity.current
    if booking.state is BookingState.REBOOKING and booking.asked.is_repeated_by(asked):
        return False
    booking.check_to_come(asked)
    check_future(wish.start, asked.at)
    if booking.state is BookingState.BOOKED and booking.rebookings >= limit:
        raise REBOOKED_ENOUGH(limit=limit)
    booking.enter(BookingState.REBOOKING)
    booking.wish, booking.asked = wish, asked
    return True


def move(activity: Activity, found: SchedulerBooking, now: datetime) -> None:
    """The scheduler has moved the booking; the old time is given back, and the visit with it."""
    booking = activity.current
    cause = booking.wish.cause if booking.wish else ""
    booking.enter(BookingState.BOOKED)
    booking.take(found)
    booking.wish, booking.rebooked_at = None, now
    booking.rebookings += 1
    booking.sequence += 1
    booking.part()
    told = (activity.id, activity.work_order_number, booking.id, booking.start, booking.end)
    activity.events.append(ActivityRebooked(*told, now, cause))
