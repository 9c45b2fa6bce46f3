"""The mails that training sends: always what to do next, and what belongs in the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis import calendar_entry
from chassis.calendar_entry import Meeting, swedish_time
from services.training.model.occasion import Enrolment, Occasion
from services.training.ports import Mail

ANNOUNCED = """\
Tillfället är utannonserat, och du är ansvarig för det.

{occasion}
Platser: {seats} (minst {smallest_number} deltagare)
"""
ENROLLED = """\
Du har en plats.

{occasion}

Tiden finns i den bifogade kalenderposten. Kan du inte komma avanmäler du dig i Rampen,
så att någon annan får platsen.
"""
WAITS = """\
Tillfället är fullt, och du står i kö.

{occasion}

Du får ett mejl om en plats blir ledig. Vill du inte stå kvar avanmäler du dig i Rampen.
"""
OFFERED = """\
En plats har blivit ledig, och den hålls för dig till {until}.

{occasion}

Tacka ja i Rampen före dess. Annars går platsen vidare till nästa i kön.
"""
EXPIRED = """\
Tiden att tacka ja till platsen har gått ut, och platsen har gått vidare till nästa i kön.

{occasion}

Vill du ändå gå utbildningen anmäler du dig igen, till det här tillfället eller ett annat.
"""
GIVEN_BACK = """\
Anmälan är återtagen.

{occasion}

Vill du gå utbildningen en annan gång anmäler du dig till ett annat tillfälle i Rampen.
"""
WITHDRAWN = """\
Tillfället är inställt: {cause}.

{occasion}

Anmäl dig till ett annat tillfälle i Rampen om du ännu inte har gått utbildningen.
"""
CAUSES = {
    "too_few": "för få deltagare",
    "procurement": "upphandling pågår",
    "revision": "utbildningen revideras",
    "illness": "sjukdom",
    "other": "annat skäl",
}


@dataclass(frozen=True)
class SwedishLetters:
    """
    Args:
        organizer: the mail address that calendar entries come from.
    """

    organizer: str

    def announced(self, occasion: Occasion) -> Sequence[Mail]:
        """To who answers for the course. Source: T-29"""
        text = ANNOUNCED.format(
            occasion=_described(occasion),
            seats=occasion.seats,
            smallest_number=occasion.smallest_number,
        )
        entry = self._own_entry(occasion, cancelled=False)
        return [_mail(occasion, occasion.responsible, "Utannonserat", text) | entry]

    def enrolled(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]:
        return self._invitations(occasion, enrolment, "Du har en plats", ENROLLED, cancelled=False)

    def waits(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]:
        return _plain(occasion, enrolment, "Du står i kö", WAITS)

    def offered(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]:
        until = swedish_time(enrolment.offered_until) if enrolment.offered_until else ""
        return _plain(occasion, enrolment, "En plats är ledig", OFFERED, until=until)

    def expired(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]:
        return _plain(occasion, enrolment, "Platsen har gått vidare", EXPIRED)

    def given_back(self, occasion: Occasion, enrolment: Enrolment) -> Sequence[Mail]:
        """Takes the time out of the calendar, if it was ever in it."""
        return self._invitations(occasion, enrolment, "Avanmäld", GIVEN_BACK, cancelled=True)

    def withdrawn(self, occasion: Occasion, enrolments: Sequence[Enrolment]) -> Sequence[Mail]:
        """To everybody concerned, and who answers for the course. Source: T-38, T-41"""
        cause = CAUSES[occasion.cause or "other"]
        text = WITHDRAWN.format(occasion=_described(occasion), cause=cause)
        entry = self._own_entry(occasion, cancelled=True)
        mails: list[Mail] = [_mail(occasion, occasion.responsible, "Inställt", text) | entry]
        for one in enrolments:
            mails += self._invitations(
                occasion, one, "Inställt", WITHDRAWN, cancelled=True, cause=cause
            )
        return mails

    def _invitations(
        self, occasion: Occasion, one: Enrolment, subject: str, body: str, *, cancelled: bool,
        **told: str,
    ) -> list[Mail]:  # fmt: skip
        known = (str(one.enrolment_id), one.sequence, cancelled)
        return [
            mail | self._entry(occasion, mail["recipient"], *known)
            for mail in _plain(occasion, one, subject, body, **told)
        ]

    def _own_entry(self, occasion: Occasion, *, cancelled: bool) -> dict[str, str | bytes]:
        """For who answers for the course."""
        known = (str(occasion.occasion_id), occasion.sequence, cancelled)
        return self._entry(occasion, occasion.responsible, *known)

    def _entry(
        self, occasion: Occasion, attendee: str, uid: str, sequence: int, cancelled: bool
    ) -> dict[str, str | bytes]:
        meeting = Meeting(
            product="Utbildning",
            uid=uid,
            sequence=sequence,
            changed_at=occasion.at,
            start=occasion.start,
            end=occasion.end,
            summary=occasion.course_title,
            location=occasion.place,
            description=_described(occasion),
            cancelled=cancelled,
        )
        method, entry = calendar_entry.entry(meeting, attendee, self.organizer)
        return {"calendar": entry, "calendar_method": method}


def _plain(
    occasion: Occasion, enrolment: Enrolment, subject: str, body: str, **told: str
) -> list[dict]:
    """To the participant, and to who enrolled her."""
    text = body.format(occasion=_described(occasion), **told)
    people = dict.fromkeys((enrolment.participant, enrolment.enrolled_by))
    return [_mail(occasion, one, subject, text) for one in people]


def _mail(occasion: Occasion, recipient: str, subject: str, body: str) -> dict:
    title = f"{subject}: {occasion.course_title}, {swedish_time(occasion.start)}"
    return {"recipient": recipient, "subject": title, "body": body}


def _described(occasion: Occasion) -> str:
    return (
        f"Utbildning: {occasion.course_title}\n"
        f"Ort: {occasion.place}\n"
        f"Tid: {swedish_time(occasion.start)} till {swedish_time(occasion.end)}"
    )
