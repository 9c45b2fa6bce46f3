"""Times held for one work order, or for two in one visit: taken, kept longer and let go.

What is held travels in the address, signed by us; it tells of no person.

Source: B-9, B-14
"""

from typing import Any
from uuid import uuid4

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from contracts.errors.booking import HELD_LONG_ENOUGH
from gateway import bus
from gateway.web.booking_times import CHOICES, pressed
from gateway.web.forms import Form

Json = dict[str, Any]
LONGER = ("expires_at", "extensible")  # what of a hold may change


def take(number: str, form: Form) -> Json | None:
    """Hold the time that was pressed, or both of a visit; None when either was refused."""
    held: list[Json] = []
    for one in _wanted(number, form):
        part = _part_of(form, one["number"])
        if not part.send(bus.booking.hold_time, one["message"]):
            release(held, form)
            form.refusal, form.errors, form.key = part.refusal, part.errors, str(uuid4())
            return None
        held.append(part.answer | {"number": one["number"], "product_name": one["product_name"]})
    return {
        "number": number,
        "parts": held,
        "place_name": form.text("place_name"),
        "chosen": form.given(*CHOICES),
    }


def keep_longer(kept: Json, form: Form) -> None:
    """Hold what is held for longer; `form` says why it was not."""
    for held in kept["parts"]:
        part = _part_of(form, f"{held['number']}-{held['expires_at']}")
        if not part.send(bus.booking.extend_hold, {"hold_id": held["hold_id"]}):
            form.refusal = part.refusal
            held["extensible"] = not _is_held_longest(part)
            return
        held |= {name: part.answer[name] for name in LONGER if name in part.answer}


def _is_held_longest(part: Form) -> bool:
    return (part.refusal or {}).get("code") == HELD_LONG_ENOUGH.code


def release(held: list[Json], form: Form) -> None:
    """Let go of what is held; what cannot be reached now is let go by itself."""
    for one in held:
        let_go(one["hold_id"], form)


def let_go(hold_id: str, form: Form) -> bool:
    """Let go of one time; whether that was done, else `form` says why not."""
    part = _part_of(form, f"{hold_id}-released")
    if part.send(bus.booking.release_hold, {"hold_id": hold_id}):
        return True
    form.refusal = part.refusal
    return False


def to_book(kept: Json, telephone: str) -> Json:
    """The command that books what is held."""
    first, *others = (
        {"hold_id": one["hold_id"], "work_order_number": one["number"]} for one in kept["parts"]
    )
    together = {"together_with": others[0]} if others else {}
    return first | together | {"telephone": telephone}


def until(kept: Json) -> str:
    """When the first of what is held is let go."""
    return min(str(one["expires_at"]) for one in kept["parts"])


def written(kept: Json) -> str:
    return str(_serializer().dumps(kept))


def read(text: str, number: str) -> Json | None:
    """What is held for the work order, as we signed it."""
    try:
        found: Json = _serializer().loads(text)
    except BadSignature:
        return None
    return found if found.get("number") == number and found.get("parts") else None


def _wanted(number: str, form: Form) -> list[Json]:
    """What is to be held: for the work order, and for the other one of the visit."""
    start, consultant, other_start = pressed(form.text("start"))
    wanted = [(number, "product", start)]
    if other := form.text("other"):
        wanted.append((other, "other_product", other_start))
    return [
        {
            "number": of,
            "product_name": form.text(f"{product}_name"),
            "message": {
                "activity_id": _activity_id(of),
                "place_id": form.number("place"),
                "service_product_id": form.number(product),
                "start": at,
                "consultant_id": consultant,
            },
        }
        for of, product, at in wanted
    ]


def _activity_id(number: str) -> str:
    """
    Raises:
        NotFound: the actor's unit has no such work order.
    """
    return str(bus.ordering.get_work_order({"work_order_number": number})["activity_id"])


def _part_of(form: Form, name: str) -> Form:
    """A command of its own within what the form asks for; the same whenever it is sent again."""
    return Form(values=form.values, key=f"{form.key} {name}")


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].session_secret, salt="held")
