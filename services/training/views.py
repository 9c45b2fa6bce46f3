"""Occasions and enrolments as callers see them right after a change."""

from typing import Any

from contracts.training import EnrolmentView, OccasionView
from services.training.model.occasion import Enrolment, EnrolmentState, Occasion

Json = dict[str, Any]


def occasion(shown: Occasion) -> Json:
    return OccasionView.write(
        {
            "occasion_id": shown.occasion_id,
            "course": shown.course,
            "course_title": shown.course_title,
            "place": shown.place,
            "start": shown.start,
            "end": shown.end,
            "seats": shown.seats,
            "free_seats": shown.seats - shown.taken,
            "smallest_number": shown.smallest_number,
            "waiting": len(shown.waiting),
            "state": shown.state.value,
            "cause": shown.cause,
        }
    )


def enrolment(of: Occasion, shown: Enrolment) -> Json:
    waits = shown.state is EnrolmentState.WAITING
    return EnrolmentView.write(
        {
            "enrolment_id": shown.enrolment_id,
            "occasion_id": of.occasion_id,
            "course_title": of.course_title,
            "place": of.place,
            "start": of.start,
            "end": of.end,
            "participant": shown.participant,
            "state": shown.state.value,
            "waiting_place": of.waiting.index(shown) + 1 if waits else None,
            "offered_until": shown.offered_until,
        }
    )
