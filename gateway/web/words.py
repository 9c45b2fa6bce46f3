"""How pages name the codes of the services, and what a badge for each looks like."""

from gateway.web import codes
from gateway.web.language import gettext

TONES = {  # how a badge looks; the word says the same
    "good": {
        "placed",
        "booked",
        "finished",
        "met",
        "running",
        "held",
        "enrolled",
        "announced",
        "active",
        "signed",
        "released",
        "acceptable",
        "acceptable_with_measures",
        "current",
    },
    "warn": {
        "registered",
        "booking",
        "paused",
        "runs_out_soon",
        "waiting",
        "offered",
        "started",
        "open",
        "coming",
    },
    "bad": {
        "overdue",
        "missed",
        "cancelled",
        "withdrawn",
        "expired",
        "closed",
        "ended",
        "no_show",
        "declined",
        "not_acceptable",
        "safety",
    },
}
GROUPS = {
    "role": codes.ROLES,
    "service": codes.SERVICES,
    "recipient": codes.RECIPIENTS,
    "delivery_class": codes.DELIVERY_CLASSES,
    "article_status": codes.ARTICLE_STATUSES,
    "supply_form": codes.SUPPLY_FORMS,
    "activity": codes.ACTIVITIES,
    "outcome": codes.OUTCOMES,
    "asked_as": codes.ASKED_AS,
    "rebooking_cause": codes.REBOOKING_CAUSES,
    "order": codes.ORDERS,
    "work": codes.WORK,
    "work_kind": codes.WORK_KINDS,
    "work_cause": codes.PAUSE_CAUSES | codes.CANCEL_CAUSES,
    "clock": codes.CLOCKS,
    "basic_need": codes.BASIC_NEEDS,
    "course_kind": codes.COURSE_KINDS,
    "occasion": codes.OCCASIONS,
    "occasion_cause": codes.OCCASION_CAUSES,
    "enrolment": codes.ENROLMENTS,
    "device": codes.DEVICES,
    "adaptation": codes.ADAPTATIONS,
    "setback": codes.SETBACKS,
    "signing_job": codes.SIGNING_JOBS,
    "signing_case": codes.SIGNING_CASES,
    "signatory": codes.SIGNATORIES,
    "medium": codes.MEDIA,
    "conclusion": codes.CONCLUSIONS,
    "notice_kind": codes.NOTICE_KINDS,
    "notice": codes.NOTICES,
    "difference": codes.DIFFERENCES,
    "difference_meaning": codes.DIFFERENCE_MEANINGS,
    "difference_remedy": codes.DIFFERENCE_REMEDIES,
    "reconciling": codes.RECONCILING,
}


def word(code: str | None, group: str) -> str:
    """What `code` is called; the code itself when nobody has named it."""
    return gettext(GROUPS[group].get(code or "", code or ""))


def choices(group: dict[str, str]) -> list[tuple[str, str]]:
    """The codes of `group` and what they are called, as a form offers them."""
    return [(code, gettext(text)) for code, text in group.items()]


def tone(code: str) -> str:
    return next((name for name, codes in TONES.items() if code in codes), "plain")
