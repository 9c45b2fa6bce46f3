"""The mails that booking sends to prescribers: no patient data, and always what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.calendar_entry import swedish_time
from services.booking import calendar_entry
from services.booking.model.activity import Activity
from services.booking.ports import Mail

BOOKED = """\
Konsultationen är bokad till {time}.

{description}

Tiden finns i den bifogade kalenderposten. Vill du ha en annan tid ombokar du den
i Rampen.
"""
REBOOKED = """\
Konsultationen är ombokad till {time}. Den gamla tiden gäller inte längre.

{description}

Kalenderposten som du redan har flyttas till den nya tiden.
"""
CANCELLED = """\
Konsultationen {time} är avbokad.

Arbetsorder {work_order_number} är öppen igen. Boka en ny tid i Rampen senast
{closes_at}, annars avslutas den. Finns behovet inte kvar behöver du inte göra något.
"""
CLOSED = """\
Konsultationen med arbetsorder {work_order_number} har avslutats eftersom ingen tid
bokades före {closes_at}.

Öppna den igen i Rampen och boka en tid direkt om behovet finns kvar. Annars
behöver du inte göra något.
"""
CLOSING_SOON = """\
Det här är konsultationer som ännu ingen tid är bokad för. De avslutas, om ingen tid bokas:

{activities}

Boka en tid i Rampen om behovet finns kvar. Annars behöver du inte göra något.
"""


@dataclass(frozen=True)
class SwedishLetters:
    """
    Args:
        organizer: the mail address that calendar entries come from.
    """

    organizer: str

    def booked(self, activity: Activity) -> Sequence[Mail]:
        """The confirmation, to the prescriber and to whoever booked for her.

        Source: B-11
        """
        return self._invitations(activity, "Bokad konsultation", BOOKED)

    def rebooked(self, activity: Activity) -> Sequence[Mail]:
        """Moves the time in the calendars that the confirmation put it into.

        Source: B-12, X-25
        """
        return self._invitations(activity, "Ombokad konsultation", REBOOKED)

    def cancelled(self, activity: Activity) -> Sequence[Mail]:
        """Takes the time out of the calendars that the confirmation put it into.

        Source: B-12
        """
        return self._invitations(activity, "Avbokad konsultation", CANCELLED)

    def closed(self) -> Mail:
        """The notice of a closing; the database fills it in for each prescriber.

        Source: B-6
        """
        return {"subject": "Konsultation avslutad: arbetsorder {work_order_number}", "body": CLOSED}

    def closing_soon(self) -> Mail:
        """The warning before closing; the database fills it in for each prescriber.

        Source: B-6, X-5
        """
        return {"subject": "Konsultationer som snart avslutas", "body": CLOSING_SOON}

    def _invitations(self, activity: Activity, subject: str, template: str) -> list[Mail]:
        time = swedish_time(activity.current.start)
        body = template.format(
            time=time,
            description=calendar_entry.description(activity),
            work_order_number=activity.work_order_number,
            closes_at=swedish_time(activity.due_at),
        )
        recipients = dict.fromkeys((activity.prescriber, activity.current.booked_by))
        text = {"subject": f"{subject}: {time}", "body": body}
        return [text | self._invitation(activity, recipient) for recipient in recipients]

    def _invitation(self, activity: Activity, recipient: str) -> dict[str, Any]:
        method, entry = calendar_entry.entry(activity, recipient, self.organizer)
        return {"recipient": recipient, "calendar": entry, "calendar_method": method}
