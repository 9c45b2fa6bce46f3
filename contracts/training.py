"""What training (Swedish: utbildning) takes, answers and tells.

Training owns courses with versions and equivalences, occasions, enrolments, completions,
requirement sets and the gate.
"""

from typing import Any

from marshmallow import fields, validate

from contracts.base import Command, Event, Flag, PagedQuery, Part, Query, Reply, page_of, sorted_by

COURSE_KINDS = ("basic_offer", "extra_offer", "commissioned", "web", "film")  # Source: T-20, T-46
LEGAL_AREAS = ("health_care", "social_services")  # Source: X-31
OCCASION_STATES = ("announced", "cancelled")
CANCEL_CAUSES = ("too_few", "procurement", "revision", "illness", "other")  # Source: T-38, T-41
CODE = validate.Regexp(
    r"^[a-z][a-z0-9_]{1,39}$",
    error="Must be 2 to 40 small letters, digits and underscores, a letter first.",
)
HSA_ID = validate.Regexp(  # training checks the rest of it
    r"^SE[0-9]{10}-[0-9A-Za-z]{1,18}$",
    error="Skriv HSA-id som SE, organisationsnummer, bindestreck och resten av id:t.",
)
ISO_PREFIX = validate.Regexp(
    r"^[0-9]{2}( [0-9]{2}){0,2}$", error="Must be two, four or six digits, as in 12 22."
)
MANY = validate.Length(max=200)
SOME = validate.Length(1, 50)


def _code(**options: Any) -> fields.String:
    return fields.String(validate=CODE, **options)


def _codes(**options: Any) -> "fields.List[Any]":
    return fields.List(_code(), **options)


def _title() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, 200))


class Competence(Part):
    """What a course gives and a requirement asks for (Swedish: kompetens)."""

    code = _code(required=True)
    title = _title()


class CourseVersion(Part):
    """A course as it is given from one day to another; it gives competences.

    Source: X-12, T-13
    """

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, 999))
    first_day = fields.Date(required=True)
    last_day = fields.Date(allow_none=True, load_default=None)
    gives = _codes(required=True, validate=SOME)


class Course(Part):
    """A course (Swedish: utbildning) with its versions, and what it takes to be enrolled.

    Source: T-20, T-29, T-36, T-46
    """

    code = _code(required=True)
    title = _title()
    kinds = fields.List(
        fields.String(validate=validate.OneOf(COURSE_KINDS)), required=True, validate=SOME
    )
    responsible = fields.String(required=True, validate=HSA_ID)
    plan = fields.String(load_default="", validate=validate.Length(max=4000))
    requires = _codes(load_default=list, validate=validate.Length(max=50))
    versions = fields.List(fields.Nested(CourseVersion), required=True, validate=SOME)


class Equivalence(Part):
    """Who holds all of `held` counts as holding `counts_as`.

    Source: X-12, T-13
    """

    counts_as = _code(required=True)
    held = _codes(required=True, validate=SOME)


class RequirementSet(Part):
    """The competences that a role needs in a product area, in one legal area.

    Source: T-1, T-2, T-4, T-12, X-12, X-31
    """

    requirement_set_id = fields.UUID(required=True)
    product_area = _code(required=True)
    title = _title()
    prefixes = fields.List(fields.String(validate=ISO_PREFIX), required=True, validate=SOME)
    role = _code(required=True)
    legal_area = fields.String(required=True, validate=validate.OneOf(LEGAL_AREAS))
    first_day = fields.Date(required=True)
    last_day = fields.Date(allow_none=True, load_default=None)
    competences = _codes(required=True, validate=SOME)


class DefineCurriculum(Command):
    """Add, or change, what is named; the rest stays as it is.

    Source: T-12, X-12
    """

    competences = fields.List(fields.Nested(Competence), load_default=list, validate=MANY)
    courses = fields.List(fields.Nested(Course), load_default=list, validate=MANY)
    equivalences = fields.List(fields.Nested(Equivalence), load_default=list, validate=MANY)
    requirement_sets = fields.List(fields.Nested(RequirementSet), load_default=list, validate=MANY)


class AnnounceOccasion(Command):
    """Offer a course at a time and place.

    Source: T-35, T-40
    """

    course = _code(required=True)
    place = fields.String(required=True, validate=validate.Length(1, 200))
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    seats = fields.Integer(required=True, strict=True, validate=validate.Range(1, 500))
    smallest_number = fields.Integer(
        load_default=1, strict=True, validate=validate.Range(1, 500)
    )  # of participants, for it to be held


class CancelOccasion(Command):
    """Withdraw an occasion; everybody concerned is told.

    Source: T-38, T-41
    """

    occasion_id = fields.UUID(required=True)
    cause = fields.String(required=True, validate=validate.OneOf(CANCEL_CAUSES))


class Enrol(Command):
    """Take a seat, or a place in the waiting list; an admin may do so for another."""

    occasion_id = fields.UUID(required=True)
    participant = fields.String(
        validate=HSA_ID, allow_none=True, load_default=None
    )  # None: the actor


class AcceptOffer(Command):
    """Take the seat that was offered from the waiting list."""

    enrolment_id = fields.UUID(required=True)


class CancelEnrolment(Command):
    """Give a seat, an offer or a place in the waiting list back."""

    enrolment_id = fields.UUID(required=True)


class RecordCompletions(Command):
    """These people have completed a course on that day.

    Source: T-1, T-7
    """

    course = _code(required=True)
    completed_day = fields.Date(required=True)
    participants = fields.List(
        fields.String(validate=HSA_ID), required=True, validate=validate.Length(1, 500)
    )


class RevokeCompletion(Command):
    """A completion that was recorded by mistake counts no longer."""

    course = _code(required=True)
    participant = fields.String(required=True, validate=HSA_ID)


class ImportCompletions(Command):
    """Completions from a file of comma-separated values; first line: hsa_id;course;completed_day.

    A dry run changes nothing. Rows that match nobody wait to be matched by hand; a row that is
    wrong stops the whole file.
    """

    csv = fields.String(required=True, validate=validate.Length(1, 900_000))
    dry_run = Flag(load_default=True)


class MatchRow(Command):
    """This row of an import belongs to that person."""

    row_id = fields.UUID(required=True)
    participant = fields.String(required=True, validate=HSA_ID)


class DiscardRow(Command):
    """This row of an import belongs to nobody we know of."""

    row_id = fields.UUID(required=True)


class ListCourses(PagedQuery):
    """The courses by title.

    Args:
        search: a part of the title.
    """

    sort = sorted_by("title")
    kind = fields.String(validate=validate.OneOf(COURSE_KINDS))
    code = _code()
    search = fields.String(validate=validate.Length(1, 100))


class ListOccasions(PagedQuery):
    """Occasions to come, the next first unless told."""

    sort = sorted_by("start", "course_title", "place")
    course = _code()


class GetOccasion(Query):
    occasion_id = fields.UUID(required=True)


class ListEnrolments(PagedQuery):
    """The actor's own enrolments, the newest first unless told."""

    sort = sorted_by("-changed_at", "course_title", "start", "place")
    occasion_id = fields.UUID()  # of the only one sought


class ListParticipants(PagedQuery):
    """Who is enrolled at an occasion, in order; the waiting list after the seats."""

    occasion_id = fields.UUID(required=True)


class ListUnmatchedRows(PagedQuery):
    """Rows of imports that match nobody, the oldest first unless told."""

    sort = sorted_by("imported_at", "written", "course", "completed_day")


class CurriculumDefined(Reply):
    """How much was defined, and how many gates changed."""

    competences = fields.Integer(required=True)
    courses = fields.Integer(required=True)
    equivalences = fields.Integer(required=True)
    requirement_sets = fields.Integer(required=True)
    gates_changed = fields.Integer(required=True)


class CompetenceView(Reply):
    code = fields.String(required=True)
    title = fields.String(required=True)


class CourseView(Reply):
    """A course as it is given now."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    kinds = fields.List(fields.String(), required=True)
    responsible = fields.String(required=True)  # HSA-ID
    plan = fields.String(required=True)
    version = fields.Integer(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True, allow_none=True)
    gives = fields.List(fields.Nested(CompetenceView), required=True)
    requires = fields.List(fields.Nested(CompetenceView), required=True)


CoursePage = page_of(CourseView)


class OccasionView(Reply):
    """A course at a time and place (Swedish: utbildningstillfälle)."""

    occasion_id = fields.UUID(required=True)
    course = fields.String(required=True)
    course_title = fields.String(required=True)
    place = fields.String(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    seats = fields.Integer(required=True)
    free_seats = fields.Integer(required=True)
    smallest_number = fields.Integer(required=True)
    waiting = fields.Integer(required=True)  # people in the waiting list
    state = fields.String(required=True)
    cause = fields.String(required=True, allow_none=True)


OccasionPage = page_of(OccasionView)


class EnrolmentView(Reply):
    """A person's seat, offer or place in the waiting list."""

    enrolment_id = fields.UUID(required=True)
    occasion_id = fields.UUID(required=True)
    course_title = fields.String(required=True)
    place = fields.String(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    participant = fields.String(required=True)  # HSA-ID
    state = fields.String(required=True)
    waiting_place = fields.Integer(required=True, allow_none=True)  # 1 is next
    offered_until = fields.AwareDateTime(required=True, allow_none=True)


EnrolmentPage = page_of(EnrolmentView)


class CompletionsRecorded(Reply):
    """What became of completions: how many were new, and how many gates opened by them."""

    recorded = fields.Integer(required=True)
    known = fields.Integer(required=True)  # recorded before
    gates_changed = fields.Integer(required=True)


class ImportRowView(Reply):
    """A row that waits to be matched."""

    row_id = fields.UUID(required=True)
    line = fields.Integer(required=True)
    written = fields.String(required=True)  # what the file has for the HSA-ID
    course = fields.String(required=True)
    completed_day = fields.Date(required=True)
    imported_at = fields.AwareDateTime(required=True)


ImportRowPage = page_of(ImportRowView)


class ImportReport(Reply):
    """What an import did, or would do."""

    dry_run = fields.Boolean(required=True)
    rows = fields.Integer(required=True)
    recorded = fields.Integer(required=True)
    known = fields.Integer(required=True)
    unmatched = fields.Integer(required=True)
    unmatched_lines = fields.List(fields.Integer(), required=True)
    gates_changed = fields.Integer(required=True)


class GivingCourse(Reply):
    """A course that gives a competence."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class RequiredCompetence(Reply):
    """A competence that is asked for, and the courses that give it now."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    courses = fields.List(fields.Nested(GivingCourse), required=True)


class RequirementSetDefinedV1(Event):
    """What a gate asks for, from one day to another; a higher `version` replaces a lower.

    Source: T-1, T-2, X-12, X-31
    """

    event_type = "training.requirement_set.defined.v1"

    requirement_set_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    product_area = fields.String(required=True)
    title = fields.String(required=True)
    prefixes = fields.List(fields.String(), required=True)
    role = fields.String(required=True)
    legal_area = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True, allow_none=True)
    competences = fields.List(fields.Nested(RequiredCompetence), required=True)
    told_at = fields.AwareDateTime(required=True)


class GateOpenedV1(Event):
    """A member of staff holds all that a requirement set asks for.

    Of two gates of the same person and requirement set the one with the higher `version` is true,
    whichever comes first. Who was never told of has a closed gate.

    Source: T-1
    """

    event_type = "training.gate.opened.v1"

    hsa_id = fields.String(required=True)
    requirement_set_id = fields.UUID(required=True)
    product_area = fields.String(required=True)
    version = fields.Integer(required=True)
    told_at = fields.AwareDateTime(required=True)


class GateClosedV1(Event):
    """A member of staff lacks `missing` of what a requirement set asks for."""

    event_type = "training.gate.closed.v1"

    hsa_id = fields.String(required=True)
    requirement_set_id = fields.UUID(required=True)
    product_area = fields.String(required=True)
    version = fields.Integer(required=True)
    missing = fields.List(fields.String(), required=True)
    told_at = fields.AwareDateTime(required=True)


class GatesConfirmedV1(Event):
    """Training is at work: what it has told of gates up to `told_at` is all there is to know."""

    event_type = "training.gates.confirmed.v1"

    told_at = fields.AwareDateTime(required=True)


class OccasionCancelledV1(Event):
    """An occasion was withdrawn.

    Source: T-38, T-41
    """

    event_type = "training.occasion.cancelled.v1"

    occasion_id = fields.UUID(required=True)
    course = fields.String(required=True)
    cause = fields.String(required=True)
    cancelled_at = fields.AwareDateTime(required=True)
