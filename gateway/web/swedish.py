"""Roles, states and times as the pages write them."""

from datetime import datetime, timedelta

from chassis.calendar import STOCKHOLM

ROLES = {
    "prescriber": "Förskrivare",
    "orderer": "Beställare",
    "cost_responsible": "Kostnadsansvarig",
    "device_coordinator": "Hjälpmedelssamordnare",
    "device_consultant": "Hjälpmedelskonsulent",
    "technician": "Tekniker",
    "manager": "Verksamhetschef",
    "medically_responsible_nurse": "Medicinskt ansvarig sjuksköterska (MAS)",
    "medically_responsible_rehabilitation": "Medicinskt ansvarig för rehabilitering (MAR)",
    "chief_physician": "Chefläkare",
    "social_coordinator": "Socialt ansvarig samordnare (SAS)",
    "care_staff": "Vård- och omsorgspersonal",
    "product_consultant": "Produktkonsulent",
    "customer_service": "Kundtjänst",
    "training_admin": "Utbildningsadministratör",
    "operator": "Systemförvaltare",
}
STATES = {
    "placed": "Lagd",
    "cancelled": "Återtagen",
    "registered": "Väntar på bokning",
    "booking": "Bokas nu",
    "booked": "Bokad",
    "closed": "Avslutad",
}
DAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def role(code: str) -> str:
    return ROLES.get(code, code)


def state(code: str) -> str:
    return STATES.get(code, code)


def when(instant: str) -> str:
    """An instant of JSON as `tis 24 nov 2026 kl. 13.30`, Swedish time."""
    at = datetime.fromisoformat(instant).astimezone(STOCKHOLM)
    day = f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at.year}"
    return f"{day} kl. {at:%H.%M}"


def duration(left: timedelta) -> str:
    """As `2 dygn 3 tim`, `3 tim 5 min` or `4 min`; the two largest units."""
    minutes = int(left.total_seconds() // 60)
    if minutes < 1:
        return "stänger nu"
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    units = ((days, "dygn"), (hours, "tim"), (minutes, "min"))
    first = next(at for at, (amount, _) in enumerate(units) if amount)
    return " ".join(f"{amount} {unit}" for amount, unit in units[first : first + 2] if amount)
