"""What people are asked after a visit.

Source: B-3
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

PRESCRIBER, CONSULTANT = "prescriber", "consultant"

#: Each is answered from 1 (no) to 5 (yes).
QUESTIONS: dict[str, dict[str, tuple[str, str]]] = {
    PRESCRIBER: {
        "easy_to_book": ("Var det lätt att boka?", "Was it easy to book?"),
        "time_suited": ("Fanns det en tid som passade?", "Was there a time that suited you?"),
        "right_consultant": (
            "Hade konsulenten rätt kompetens?",
            "Did the consultant have the right competence?",
        ),
        "expectations_met": (
            "Fick du ut det du behövde av samtalet?",
            "Did the talk give you what you needed?",
        ),
    },
    CONSULTANT: {
        "right_product": (
            "Var rätt tjänsteprodukt vald?",
            "Had the right service product been chosen?",
        ),
        "prescriber_prepared": ("Var förskrivaren förberedd?", "Was the prescriber prepared?"),
        "time_sufficed": ("Räckte tiden?", "Was there enough time?"),
        "less_work": (
            "Blev det mindre administration än förr?",
            "Was there less administration than before?",
        ),
    },
}


def question(asked_as: str, name: str) -> tuple[str, str]:
    """A question in Swedish and English; its name, when it is no longer asked."""
    return QUESTIONS.get(asked_as, {}).get(name, (name, name))


@dataclass(frozen=True)
class Visit:
    """A booked visit, as far as the questionnaire asks."""

    booking_id: UUID
    scheduler_id: int
    prescribers: frozenset[str]  # HSA-ID of who registered it and who booked it
    place_name: str
    start: datetime
    end: datetime
