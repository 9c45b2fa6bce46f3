"""Courses, occasions, enrolments and completions: asked of training."""

from contracts.errors import training as errors
from contracts.errors.common import CHANGED_MEANWHILE, KEY_REUSED, NOT_FOUND, ROLE_MAY_NOT
from gateway.api.operations import Operation
from gateway.bus import Training

_ADMIN = (ROLE_MAY_NOT, KEY_REUSED, CHANGED_MEANWHILE)
_OPEN = (errors.OCCASION_OVER, errors.OCCASION_CANCELLED)
_SEAT = (NOT_FOUND, *_OPEN, errors.ENROLMENT_STATE, KEY_REUSED, CHANGED_MEANWHILE)

COURSES = (
    Operation(
        http="GET",
        path="/courses",
        calls=Training.list_courses,
        summary="Visa utbildningar",
        text="The courses that are given now, by title, with the competences that they give and"
        " those that it takes to be enrolled.",
    ),
    Operation(
        http="POST",
        path="/curriculum",
        calls=Training.define_curriculum,
        summary="Beskriv utbildningar och krav",
        text="Adds or changes the competences, courses, equivalences and requirement sets that are"
        " named, and leaves the rest as it is. Gates that change by it are told at once.",
        status=201,
        refuses=(*_ADMIN, errors.CURRICULUM_REFERENCE, errors.CURRICULUM_DAYS),
    ),
)
OCCASIONS = (
    Operation(
        http="GET",
        path="/occasions",
        calls=Training.list_occasions,
        summary="Visa kommande tillfällen",
        text="Occasions to come with the seats that are free, the next first unless `sort` says"
        " otherwise.",
    ),
    Operation(
        http="POST",
        path="/occasions",
        calls=Training.announce_occasion,
        summary="Utannonsera ett tillfälle",
        text="Offers a course at a time and place. Who answers for the course gets a mail with a"
        " calendar entry.",
        status=201,
        location="/api/v1/occasions/{occasion_id}",
        refuses=(
            *_ADMIN,
            errors.COURSE_UNKNOWN,
            errors.OCCASION_TIMES,
            errors.SMALLEST_NUMBER,
        ),
    ),
    Operation(
        http="GET",
        path="/occasions/<uuid:id>",
        path_fields={"id": "occasion_id"},
        calls=Training.get_occasion,
        summary="Visa ett tillfälle",
        text="One occasion with its free seats and how many wait.",
        refuses=(NOT_FOUND,),
    ),
    Operation(
        http="POST",
        path="/occasions/<uuid:id>/cancellation",
        path_fields={"id": "occasion_id"},
        calls=Training.cancel_occasion,
        summary="Ställ in ett tillfälle",
        text="Withdraws an occasion. Everybody concerned gets a mail, and the time goes out of"
        " their calendars.",
        status=201,
        refuses=(*_ADMIN, NOT_FOUND, *_OPEN),
    ),
    Operation(
        http="GET",
        path="/occasions/<uuid:id>/participants",
        path_fields={"id": "occasion_id"},
        calls=Training.list_participants,
        summary="Visa deltagare",
        text="Who is enrolled, and then who waits, in order. For admins.",
        refuses=(ROLE_MAY_NOT,),
    ),
)
ENROLMENTS = (
    Operation(
        http="POST",
        path="/occasions/<uuid:id>/enrolments",
        path_fields={"id": "occasion_id"},
        calls=Training.enrol,
        summary="Anmäl till ett tillfälle",
        text="Gives you, or for admins another, a seat, or a place in the waiting list when none is"
        " free. The course may require competences first.",
        status=201,
        refuses=(
            ROLE_MAY_NOT,
            NOT_FOUND,
            *_OPEN,
            errors.ENROLLED_ALREADY,
            errors.PREREQUISITE_MISSING,
            KEY_REUSED,
            CHANGED_MEANWHILE,
        ),
    ),
    Operation(
        http="GET",
        path="/enrolments",
        calls=Training.list_enrolments,
        summary="Visa mina anmälningar",
        text="Your own enrolments with your place in waiting lists, the newest first unless `sort`"
        " says otherwise.",
    ),
    Operation(
        http="POST",
        path="/enrolments/<uuid:id>/acceptance",
        path_fields={"id": "enrolment_id"},
        calls=Training.accept_offer,
        summary="Tacka ja till en plats",
        text="Takes the seat that was offered from the waiting list.",
        status=201,
        refuses=(*_SEAT, errors.OFFER_EXPIRED),
    ),
    Operation(
        http="POST",
        path="/enrolments/<uuid:id>/cancellation",
        path_fields={"id": "enrolment_id"},
        calls=Training.cancel_enrolment,
        summary="Avanmäl",
        text="Gives a seat, an offer or a place in the waiting list back. The next who waits is"
        " offered the seat.",
        status=201,
        refuses=_SEAT,
    ),
)
COMPLETIONS = (
    Operation(
        http="POST",
        path="/completions",
        calls=Training.record_completions,
        summary="Registrera genomförd utbildning",
        text="These people have completed a course on that day; gates that open by it are told at"
        " once.",
        status=201,
        refuses=(
            *_ADMIN,
            errors.COURSE_UNKNOWN,
            errors.COURSE_NOT_GIVEN,
            errors.DAY_AHEAD,
        ),
    ),
    Operation(
        http="POST",
        path="/completions/revocation",
        calls=Training.revoke_completion,
        summary="Ta tillbaka en registrering",
        text="A completion that was recorded by mistake counts no longer; gates may close.",
        status=201,
        refuses=(*_ADMIN, errors.COMPLETION_UNKNOWN),
    ),
    Operation(
        http="POST",
        path="/completions/imports",
        calls=Training.import_completions,
        summary="Läs in genomförda utbildningar",
        text="Completions from a file: first line hsa_id;course;completed_day. A dry run, which is"
        " the default, changes nothing and reports what would be. A row that is wrong stops the"
        " whole file; rows that match nobody wait to be matched by hand.",
        status=201,
        refuses=(*_ADMIN, errors.IMPORT_UNREADABLE),
    ),
    Operation(
        http="GET",
        path="/completions/unmatched-rows",
        calls=Training.list_unmatched_rows,
        summary="Visa rader som inte hör till någon",
        text="Rows of imports that match nobody, the oldest first unless `sort` says otherwise. For"
        " admins.",
        refuses=(ROLE_MAY_NOT,),
    ),
    Operation(
        http="POST",
        path="/completions/unmatched-rows/<uuid:id>/match",
        path_fields={"id": "row_id"},
        calls=Training.match_row,
        summary="Koppla en rad till en person",
        text="This row belongs to that person: its completion is recorded.",
        status=201,
        refuses=(*_ADMIN, NOT_FOUND, errors.ROW_SETTLED),
    ),
    Operation(
        http="POST",
        path="/completions/unmatched-rows/<uuid:id>/discard",
        path_fields={"id": "row_id"},
        calls=Training.discard_row,
        summary="Lägg undan en rad",
        text="This row belongs to nobody we know of.",
        status=201,
        refuses=(*_ADMIN, NOT_FOUND, errors.ROW_SETTLED),
    ),
)
