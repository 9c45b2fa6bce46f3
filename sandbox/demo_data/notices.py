"""Dated messages, one of each kind.

Source: A-1, A-2, A-5
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_URL, uuid5

from sandbox.demo_data.records import Notice, Person

SAID = (
    (
        "safety",
        date(2026, 3, 2),
        "Kryckor med anatomiskt handtag",
        "Handtaget kan lossna från röret. Gäller artikelnummer 62154, 62155 och 62158. Låt inte "
        "kryckorna användas: byt ut dem och lämna tillbaka dem till Hjälpmedelscentralen.",
        "Crutches with an anatomical handle",
        "The handle may come off. Concerns article numbers 62154, 62155 and 62158. Do not let the "
        "crutches be used: exchange them, and return them to the supply centre.",
    ),
    (
        "message",
        date(2026, 11, 16),
        "Telefonsupporten är stängd den 4 december",
        "Supporten tar inte emot samtal den dagen. Ärenden kan som vanligt skickas med e-post.",
        "Telephone support is closed on 4 December",
        "Nobody takes calls that day. Send your case by mail as usual.",
    ),
    (
        "news",
        date(2026, 11, 9),
        "Boka konsultation direkt från arbetsordern",
        "Den som har begärt en konsultation väljer nu själv ort, dag och tid.",
        "Book a consultation straight from the work order",
        "Whoever has asked for a consultation now chooses place, day and time.",
    ),
)


def notices(people: Sequence[Person]) -> tuple[Notice, ...]:
    """What an operator has published."""
    writer = next(
        person.hsa_id
        for person in people
        if any(one.role == "operator" for one in person.commissions)
    )
    return tuple(
        Notice(
            uuid5(NAMESPACE_URL, f"urn:rampen:demo:notice:{kind}"),
            kind,
            title,
            text,
            english_title,
            english_text,
            day,
            writer,
            datetime.combine(day, time(8), UTC),
        )
        for kind, day, title, text, english_title, english_text in SAID
    )
