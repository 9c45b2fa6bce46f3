"""A small world for maintenance's tests: who acts, when, and by which rules."""

from datetime import UTC, datetime

from chassis.calendar import STOCKHOLM, Calendar
from contracts.actor import Actor
from services.maintenance.model.limits import USUAL, AllTerms, Soon, terms_of
from services.maintenance.opening_hours import CalendarLine
from services.maintenance.ports import Rules

PRINCIPAL = "SE2321009314-E000000000000"
BORAS, SKOVDE, CENTRE, DEPOT = (f"SE2321009314-E00000000000{at}" for at in range(1, 5))

ANNA = Actor("SE2321009314-P000000000101", "prescriber", BORAS, PRINCIPAL)
COLLEAGUE = Actor("SE2321009314-P000000000102", "prescriber", BORAS, PRINCIPAL)
BO = Actor("SE2321009314-P000000000103", "orderer", BORAS, PRINCIPAL)
STRANGER = Actor("SE2321009314-P000000000104", "prescriber", SKOVDE, PRINCIPAL)
CARE = Actor("SE2321009314-P000000000105", "care_staff", BORAS, PRINCIPAL)
JOHAN = Actor("SE2321009314-P000000000106", "technician", CENTRE, PRINCIPAL)
KARIN = Actor("SE2321009314-P000000000107", "customer_service", CENTRE, PRINCIPAL)
DEPOT_STAFF = Actor("SE2321009314-P000000000108", "customer_service", DEPOT, PRINCIPAL)

NOW = datetime(2026, 8, 3, 10, 0, tzinfo=UTC)  # a Monday, 12:00 in Sweden

HOURS = CalendarLine(Calendar())
RULES = Rules(
    hours=HOURS,
    terms=AllTerms(
        USUAL, {"quick": USUAL | {"corrective": terms_of("1 working day", "2 working days")}}
    ),
    soon=Soon(share=0.8),
    supply_centre=frozenset({CENTRE}),
    back_days=400,
)


def at(text: str) -> datetime:
    """A time on the wall in Sweden: at("2026-06-12 09:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)
