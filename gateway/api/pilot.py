"""The pilot: which customer groups book on the web, and what people thought of their visits."""

from contracts.errors import booking_pilot as errors
from contracts.errors.common import KEY_REUSED, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Booking

_ASKED = (errors.NOT_YOUR_VISIT, errors.VISIT_NOT_OVER)
PILOT = (
    Operation(
        http="GET",
        path="/customer-groups",
        calls=Booking.list_groups,
        summary="Lista anslutna kundgrupper",
        text="The customer groups, and the days on which their units book on the web. For the"
        " supply centre.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="POST",
        path="/customer-groups",
        calls=Booking.connect_group,
        summary="Anslut en kundgrupp",
        text="Says from when, and until when, the units of a group book on the web; a group of the"
        " same name is changed. While there is no group at all, everybody books.",
        status=201,
        refuses=(ROLE_MAY_NOT, KEY_REUSED),
    ),
    Operation(
        http="GET",
        path="/questionnaires",
        calls=Booking.list_questionnaires,
        summary="Lista besök att svara om",
        text="The visits of the last two weeks that you were at, as prescriber or consultant, and"
        " have not answered about; the last one first.",
    ),
    Operation(
        http="GET",
        path="/bookings/<uuid:id>/questionnaire",
        path_fields={"id": "booking_id"},
        calls=Booking.get_questionnaire,
        summary="Hämta frågorna om ett besök",
        text="What you are asked after a visit, as its prescriber or its consultant.",
        refuses=_ASKED,
    ),
    Operation(
        http="POST",
        path="/bookings/<uuid:id>/questionnaire",
        path_fields={"id": "booking_id"},
        calls=Booking.answer_questionnaire,
        summary="Svara på frågorna om ett besök",
        text="Answers all questions, each from 1 (no) to 5 (yes); once for each person and visit."
        " Write nothing about a patient.",
        status=201,
        refuses=(*_ASKED, errors.ANSWERED, errors.WRONG_QUESTIONS, KEY_REUSED),
    ),
    Operation(
        http="GET",
        path="/evaluations",
        calls=Booking.list_evaluations,
        summary="Visa utvärderingen",
        text="How each question was answered, per place, about visits of the months of these days."
        " For the supply centre.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="GET",
        path="/evaluation-comments",
        calls=Booking.list_comments,
        summary="Läs kommentarerna",
        text="What was written about visits of the months of these days, without who wrote it. For"
        " the supply centre.",
        refuses=(ROLE_MAY_NOT,),
    ),
)
