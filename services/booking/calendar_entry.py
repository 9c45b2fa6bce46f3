"""A booked consultation as an entry in the prescriber's calendar."""

from chassis import calendar_entry
from chassis.calendar_entry import Meeting
from services.booking.model.activity import Activity
from services.booking.model.booking import BookingState


def entry(activity: Activity, attendee: str, organizer: str) -> tuple[str, bytes]:
    """The method and the text of the entry: REQUEST while it is booked, CANCEL once it is not."""
    booking = activity.current
    meeting = Meeting(
        product="Bokning",
        uid=str(booking.id),
        sequence=booking.sequence,
        changed_at=booking.changed_at,
        start=booking.start,
        end=booking.end,
        summary=f"Konsultation: {booking.service_product_name}",
        location=f"Hjälpmedelscentralen, {booking.place_name}",
        description=description(activity),
        cancelled=booking.state is BookingState.CANCELLED,
    )
    return calendar_entry.entry(meeting, attendee, organizer)


def description(activity: Activity) -> str:
    booking = activity.current
    beside = f"Samma besök: arbetsorder {booking.together_with}\n" if booking.together_with else ""
    return (
        f"Arbetsorder: {activity.work_order_number}\n{beside}"
        f"Tjänsteprodukt: {booking.service_product_name}\n"
        f"Ort: {booking.place_name}\n"
        f"Konsulent: {booking.consultant_name}\n"
        f"Telefon som du nås på: {booking.telephone}"
    )
