"""An adaptation: nobody gets the device before its document is signed, and then it is given out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from sandbox import control
from sandbox.demo import signed_file
from sandbox.demo.adapting import Adapting, Json
from sandbox.demo.case import Case, local
from sandbox.demo.story import show_refusal
from sandbox.demo.visitor import Visitor
from sandbox.demo_data.records import Person


def tell(case: Case, prescriber: Visitor, folder: Path) -> None:
    """Parts 10 to 12."""
    mechanic = case.worker("technician", "supply_centre/Borås")
    with case.visitor(mechanic) as technician:
        stock = technician.pages("/devices", state="in_stock")
        free = [one["individual_number"] for one in stock if not one["is_blocked"]]
        first, second = (Adapting(case, prescriber, technician, mechanic, one) for one in free[:2])
        job = is_signed(first, folder)
        case.evidence.step("11. The signed file proves itself, and its device is given out")
        signed_file.prove(case, prescriber.fetch(f"{job}/document"), folder)
        first.is_released()
        is_declined(second)
        first.take_back()
        second.take_back()


def is_signed(adapting: Adapting, folder: Path) -> str:
    """Part 10; return the job's path."""
    case, prescriber = adapting.case, adapting.prescriber
    case.evidence.step("10. An adaptation is refused to everybody until its document is signed")
    adapting.order()
    show_refusal(case, "delivery", adapting.deliver(), "ordering.device.blocked")
    adapting.build()
    adapting.is_kept()
    job = adapting.send("Förlängd fotplatta")
    what = adapting.assess(job)
    early = prescriber.send(f"{job}/signature", what)
    show_refusal(case, "without a new login", early, "signing.login.not_fresh")
    adapting.log_in_for(job)
    killed_meanwhile(case, folder, lambda: prescriber.post(f"{job}/signature", what))
    signed = prescriber.get(job)
    case.evidence.show(
        (signed["state"], signed["signatures"]) == ("signed", 1),
        f"signed {local(signed['closed_at'])}, by {signed['signatures']} of {signed['wanted']}",
    )
    signatures = prescriber.get(f"{job}/validation")["signatures"]
    case.evidence.show(len(signatures) == 1, "the file has exactly one signature")
    return job


def killed_meanwhile(case: Case, folder: Path, sign: Callable[[], Json]) -> None:
    """Kill signing while its signature waits for the time; the same command is sent again."""
    with ThreadPoolExecutor(1) as pool:
        with control.paused(folder, "timestamps"):
            signing = pool.submit(sign)
            case.evidence.wait(
                lambda: control.is_asked(folder, "timestamps"),
                "the signature is being made: signing asks for the time",
            )
            control.kill(folder, "signing")
            case.evidence.show(not signing.done(), "SIGKILL to signing meanwhile")
        signing.result()
    case.evidence.show(True, "the same command with the same key is answered")


def is_declined(adapting: Adapting) -> None:
    """Part 12."""
    case, prescriber = adapting.case, adapting.prescriber
    case.evidence.step("12. Another is declined, and made again")
    adapting.order()
    adapting.build()
    job = adapting.send("Fotplatta som är för lång")
    prescriber.post(f"{job}/refusal", {"reason": "Plattan är för lång"})
    for who in (adapting.mechanic, case.prescriber):
        case.evidence.wait(
            partial(told_declined, adapting, who), f"{who.given_name} is told by mail"
        )
    adapting.is_kept()
    again = adapting.send("Fotplatta som passar")
    what = adapting.assess(again)
    adapting.log_in_for(again)
    signed = prescriber.post(f"{again}/signature", what)
    case.evidence.show(signed["version"] == 2, f"version {signed['version']} is signed")
    adapting.is_released()


def told_declined(adapting: Adapting, who: Person) -> bool:
    return any("avböjd" in mail["subject"] for mail in adapting.case.mails(adapting.number, who))
