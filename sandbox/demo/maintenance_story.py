"""Maintenance: a fault before Midsummer, one that was acute and late, and what is refused.

What happened around the latest Midsummer is told now, by those who may tell it afterwards: each
work order keeps both when something took place and when Rampen was told.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from chassis.calendar import STOCKHOLM, Calendar
from sandbox import control
from sandbox.demo.case import Case, local
from sandbox.demo.story import show_refusal
from sandbox.demo.visitor import Visitor
from sandbox.demo_data.records import Person

ORDERS = "/maintenance-orders"
CALENDAR = Calendar()
START_LIMIT = timedelta(hours=25.5)  # three working days
Json = dict[str, Any]


@dataclass
class Workshop:
    """Customer service and a technician of the supply centre, and the prescriber they work for."""

    case: Case
    prescriber: Visitor
    customer_service: Visitor
    technician: Visitor
    mechanic: Person
    eve: date  # Midsummer Eve

    def at(self, days: int, hour: int) -> str:
        """A time of the day so many days after Midsummer Eve."""
        day = datetime.combine(self.eve + timedelta(days), time(hour), STOCKHOLM)
        return day.astimezone(UTC).isoformat()

    def reported(self, when: str, **changed: Any) -> str:
        """A fault that the prescriber rang up about; return the work order's number."""
        who = self.case.prescriber
        told = {"unit": who.commissions[0].unit, "prescriber": who.hsa_id, "reported_at": when}
        body = fault(self.case) | told | changed
        number = self.customer_service.post(ORDERS, body)["work_order_number"]
        technician = {"technician": self.mechanic.hsa_id}
        self.technician.post(f"{ORDERS}/{number}/assignment", technician)
        return number

    def tell(self, number: str, what: str, when: str | None = None, **rest: Any) -> Json:
        return self.technician.post(f"{ORDERS}/{number}/{what}", {"at": when} | rest)


def tell(case: Case, prescriber: Visitor, folder: Path) -> None:
    """Part 6."""
    mechanic = case.worker("technician", "supply_centre/Borås")
    with (
        case.visitor(case.worker("customer_service", "customer_service")) as customer_service,
        case.visitor(mechanic) as technician,
    ):
        eve = latest_midsummer_eve(datetime.now(STOCKHOLM).date())
        shop = Workshop(case, prescriber, customer_service, technician, mechanic, eve)
        repaired_in_time(shop, folder)
        repaired_late(shop)
        warned(shop)
        refused(shop)


def repaired_in_time(shop: Workshop, folder: Path) -> None:
    evidence = shop.case.evidence
    evidence.step(
        "6. Maintenance: a fault before Midsummer, a pause for a spare part, done in time"
    )
    before = finished(shop, "corrective")
    number = shop.reported(reported := shop.at(-4, 9))
    shop.tell(number, "start", shop.at(-3, 9))
    shop.tell(number, "pause", paused := shop.at(-2, 9), cause="spare_part")
    evidence.note("SIGKILL to maintenance while the work waits")
    control.kill(folder, "maintenance")
    shop.tell(number, "resumption", resumed := shop.at(4, 9))
    done = shop.tell(number, "completion", end := shop.at(13, 15))
    clock = done["finish_clock"]
    evidence.note(
        f"work order {number}: {local(reported)} to {local(end)}, Midsummer Eve {shop.eve}"
    )
    gross = worked(reported, end)
    evidence.show(
        clock["state"] == "met" and clock["gross_minutes"] == gross > clock["limit_minutes"],
        f"gross {gross} minutes of opening hours: more than the {clock['limit_minutes']} allowed",
    )
    net = gross - worked(paused, resumed)
    evidence.show(
        clock["net_minutes"] == net <= clock["limit_minutes"],
        f"net, without the pause for a spare part, they are {net}: finished in time",
    )
    show_history(shop, number, end)
    evidence.show(finished(shop, "corrective") == before + 1, "the target fulfilment counts it")


def show_history(shop: Workshop, number: str, end: str) -> None:
    """Both when it ended and when that was told are kept."""
    last = shop.prescriber.get(f"{ORDERS}/{number}")["history"][-1]
    shop.case.evidence.show(
        last["at"] == end < last["recorded_at"] and last["recorded_by"] == shop.mechanic.hsa_id,
        f"it ended {local(end)}, as was told {local(last['recorded_at'])}",
    )


def repaired_late(shop: Workshop) -> None:
    evidence = shop.case.evidence
    evidence.step("6. (continued) An acute fault on the eve of the Eve is mended too late")
    need = {"kind": "acute_corrective", "basic_need": "toilet_and_transfer"}
    number = shop.reported(reported := shop.at(-1, 14), **need)
    shop.tell(number, "start", shop.at(-1, 15))
    clock = shop.tell(number, "completion", end := shop.at(4, 9))["finish_clock"]
    evidence.note(f"work order {number}: {local(reported)} to {local(end)}")
    evidence.show(
        clock["state"] == "missed" and clock["net_minutes"] == worked(reported, end),
        f"{clock['net_minutes']} minutes of opening hours, {clock['limit_minutes']} allowed: late",
    )


def warned(shop: Workshop) -> None:
    evidence = shop.case.evidence
    evidence.step("6. (continued) The technician is told in time that a clock runs out soon")
    reported = when = datetime.now(UTC)
    while CALENDAR.working_time_between(reported, when) < 0.9 * START_LIMIT:
        reported -= timedelta(minutes=30)
    number = shop.reported(reported.isoformat())
    (mail,) = evidence.wait(
        lambda: shop.case.mails(number, shop.mechanic), "the technician has got a mail, once"
    )
    evidence.note(f"«{mail['subject']}»")
    evidence.show(
        shop.case.patient.family_name not in str(mail), "it does not say who has the device"
    )
    shop.tell(number, "cancellation", cause="patient_not_reached")
    evidence.wait(lambda: shop.case.mails(number), "the prescriber is told that it was cancelled")


def refused(shop: Workshop) -> None:
    case, prescriber = shop.case, shop.prescriber
    case.evidence.step("6. (continued) What is not allowed is refused")
    acute = prescriber.send(ORDERS, fault(case) | {"kind": "acute_corrective"})
    show_refusal(case, "acute without a basic need", acute, "maintenance.acute.not_basic_need")
    number = prescriber.post(ORDERS, fault(case))["work_order_number"]
    case.evidence.show(number, f"the ordinary order, which was offered, is taken: {number}")
    early = {"at": (datetime.now(UTC) + timedelta(days=1)).isoformat()}
    answer = shop.technician.send(f"{ORDERS}/{number}/start", early)
    show_refusal(case, "a start tomorrow", answer, "maintenance.time.future")
    shop.tell(number, "start")
    shop.tell(number, "completion")
    answer = shop.technician.send(f"{ORDERS}/{number}/pause", {"cause": "spare_part"})
    show_refusal(case, "a pause after the end", answer, "maintenance.work.state")
    with case.visitor(case.worker("prescriber", "habilitation/Uddevalla")) as stranger:
        seen = stranger.get(f"{ORDERS}/{number}")
    case.evidence.show(seen["status"] == 404, "a prescriber of another unit does not see it")


def fault(case: Case) -> Json:
    """What the prescriber orders when the brake of a wheelchair fails."""
    patient = case.patient
    return {
        "kind": "corrective",
        "individual_number": "HMC200417",
        "description": "Bromsen tar inte",
        "place_on_device": "Vänster hjul",
        "contacts": [
            {
                "name": f"{patient.given_name} {patient.family_name}",
                "telephone": patient.telephone,
            }
        ],
        "address": f"{patient.address.street}, {patient.address.city}",
        "patient_can_come_in": False,
        "stand_in_needed": True,
    }


def finished(shop: Workshop, kind: str) -> int:
    """How many of a kind were finished in the month of the story's end, so far."""
    last = shop.eve + timedelta(13)
    days = {"first_day": last.replace(day=1).isoformat(), "last_day": last.isoformat()}
    rows = shop.technician.get("/maintenance-fulfilment", **days)["items"]
    return sum(row["finished"] for row in rows if row["kind"] == kind)


def worked(start: str, end: str) -> int:
    """Minutes of opening hours between two times, by the calendar alone."""
    spent = CALENDAR.working_time_between(*map(datetime.fromisoformat, (start, end)))
    return spent // timedelta(minutes=1)


def latest_midsummer_eve(today: date) -> date:
    """The Friday from 19 to 25 June, two weeks ago or longer."""
    eve = date(today.year, 6, 25)
    eve -= timedelta((eve.weekday() - 4) % 7)
    return (
        eve if eve + timedelta(14) <= today else latest_midsummer_eve(date(today.year - 1, 12, 31))
    )
