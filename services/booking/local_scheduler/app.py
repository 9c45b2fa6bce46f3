"""Zoezi's HTTP API, the part that Rampen uses; routes only.

`/public` is open, the rest needs `Authorization: Zoezi <key>`. What Zoezi's public description
leaves open, and how it is read here, is listed in README.md.
"""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Connection, Engine

from services.booking.local_scheduler import (
    answers,
    blocking,
    offers,
    problems,
    reading,
    staffing,
    use_cases,
)
from services.booking.local_scheduler.bookings import Bookings, expired, held
from services.booking.local_scheduler.database import transact
from services.booking.local_scheduler.repository import Calendar, Catalogue
from services.booking.local_scheduler.tables import bookings as table

public = Blueprint("public", __name__, url_prefix="/public")
staff = Blueprint("staff", __name__)
FIRST_FREE_WITHIN = timedelta(days=90)


def create_app(engine: Engine, key: str, hold: timedelta) -> Flask:
    """The API under /api and /api/v1, with probes beside it."""
    app = Flask(__name__)
    app.json.sort_keys = app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(ENGINE=engine, KEY=key, HOLD=hold, MAX_CONTENT_LENGTH=100_000)
    for prefix in ("/api", "/api/v1"):
        app.register_blueprint(public, url_prefix=f"{prefix}/public", name=f"public{prefix}")
        app.register_blueprint(staff, url_prefix=prefix, name=f"staff{prefix}")
    problems.register(app)
    return app


@staff.before_request
def check_key() -> ResponseReturnValue | None:
    """Let only the integration in that knows the key."""
    sent = request.headers.get("Authorization", "")
    if hmac.compare_digest(sent.encode(), f"Zoezi {current_app.config['KEY']}".encode()):
        return None
    return jsonify(error="unauthorized", message="Nyckeln saknas eller är fel."), 401


@public.get("/site/all")
def sites() -> ResponseReturnValue:
    return jsonify([answers.site(row) for row in _do(lambda db: Catalogue(db).sites())])


@public.get("/resourcebooking/service/get")
def services() -> ResponseReturnValue:
    return jsonify([answers.service(row) for row in _do(lambda db: Catalogue(db).services())])


@public.get("/staff/get/full")
def staff_members() -> ResponseReturnValue:
    return jsonify([answers.staff(row) for row in _do(lambda db: Catalogue(db).staff())])


@public.get("/resourcebooking/get")
def free_times() -> ResponseReturnValue:
    """Every start from the day `start` to the day `end`, both included."""
    wish, period = reading.wish(request.args), reading.period(request.args)
    title, times = _do(lambda db: offers.find_free_times(Calendar(db), wish, *period, _now()))
    return jsonify([answers.free_time(title, time) for time in times])


@public.get("/resourcebooking/get/firstfree")
def first_free() -> ResponseReturnValue:
    """The first start from the day `start` on, or null."""
    wish, day = reading.wish(request.args), reading.day(request.args, "start")
    period = day, day + FIRST_FREE_WITHIN
    title, times = _do(lambda db: offers.find_free_times(Calendar(db), wish, *period, _now()))
    return jsonify(answers.free_time(title, times[0]) if times else None)


@public.get("/resourcebooking/isfree")
def is_free() -> ResponseReturnValue:
    """Whether the visit can start at the local time `start`, and with whom."""
    wish, start = reading.wish(request.args), reading.instant(request.args, "start")
    free = _do(lambda db: offers.who_is_free(Calendar(db), wish, start, _now()))
    return jsonify(free=bool(free), staffs=free)


@staff.post("/resource/reservation/add_resourcebooking")
def hold() -> ResponseReturnValue:
    """Hold times under a key; with `replace`, instead of what the key held before."""
    body = reading.body()
    key, wanted, replace = reading.key(body), reading.wanted(body), bool(body.get("replace"))
    lifetime = current_app.config["HOLD"]

    def work(db: Connection) -> Any:
        use_cases.hold(db, wanted, key, replace=replace, lifetime=lifetime, now=_now())
        return _reserved(db, key)

    return jsonify(answers.reservation(key, _do(work)))


@staff.post("/resource/reservation/validate")
def validate() -> ResponseReturnValue:
    """Until when the key holds what; nothing when it has expired or been used."""
    key = reading.key(reading.body())
    return jsonify(answers.reservation(key, _do(lambda db: _reserved(db, key))))


@staff.post("/resource/reservation/cancel")
def release() -> ResponseReturnValue:
    key = reading.key(reading.body())
    return jsonify(key=key, released=_do(lambda db: Bookings(db).release(key)))


@staff.post("/resourcebooking/add")
def book() -> ResponseReturnValue:
    """Book what the reservation `key` holds; without a key, the `bookings` themselves."""
    body = reading.body()
    note = body.get("note")
    if body.get("key"):
        key, info = reading.key(body), reading.answers(body)
        return _booked(lambda db: use_cases.book_held(db, key, info, note))
    wanted = reading.wanted(body)
    return _booked(lambda db: use_cases.book_at_once(db, wanted, note, _now()))


@staff.post("/resourcebooking/cancel")
def cancel() -> ResponseReturnValue:
    booking_id = reading.number(reading.body(), "id")
    return _booked(lambda db: use_cases.cancel(db, booking_id))


@staff.post("/resourcebooking/rebook")
def rebook() -> ResponseReturnValue:
    """Move the booking `id` from its old `time` to the new `bookings`."""
    body = reading.body()
    booking_id, old = reading.number(body, "id"), reading.time(body, "time")
    wanted = reading.wanted(body)
    return _booked(lambda db: use_cases.rebook(db, booking_id, old, wanted, _now()))


@staff.get("/resourcebooking/get")
def get() -> ResponseReturnValue:
    """Bookings by `id`, cancelled or not."""
    wanted = table.c.id.in_(reading.ids(request.args, "id")) & (table.c.state != "held")
    return _records(wanted)


@staff.get("/resourcebooking/get/booked")
def get_booked() -> ResponseReturnValue:
    """Bookings that stand, from the day `start` to the day `end`, both included."""
    start, end = offers.seconds_of(*reading.period(request.args))
    wanted = [
        table.c.state == "booked",
        table.c.starts_at >= offers.instant(start),
        table.c.starts_at < offers.instant(end),
        *(table.c.extended_info.contains(pair) for pair in reading.filters(request.args)),
    ]
    for name, column in (("staffs", table.c.staff_id), ("site", table.c.site_id)):
        if ids := reading.ids(request.args, name, optional=True):
            wanted.append(column.in_(ids))
    return _records(*wanted)


@staff.post("/rampen/busy")
def replace_busy() -> ResponseReturnValue:
    """Not Zoezi's: when a consultant's own calendar is busy, instead of what it said before."""
    body = reading.body()
    member, source = reading.number(body, "staff"), reading.key(body)
    periods = reading.periods(body)
    _do(lambda db: blocking.replace_busy(db, member, source, periods))
    return jsonify(staff=member, busy=len(periods))


@staff.get("/rampen/staffing")
def get_staffing() -> ResponseReturnValue:
    """Not Zoezi's: hours per week, service and site, from the day `start` to the day `end`."""
    first_day, last_day = reading.period(request.args)
    return jsonify(_do(lambda db: staffing.weeks(db, first_day, last_day)))


def _do(work: Callable[[Connection], Any]) -> Any:
    return transact(current_app.config["ENGINE"], work)


def _booked(work: Callable[[Connection], list[int]]) -> ResponseReturnValue:
    """Do the work and answer with the bookings that it touched."""

    def and_read(db: Connection) -> Any:
        return Bookings(db).records(table.c.id.in_(work(db)))

    return jsonify([answers.booking(row) for row in _do(and_read)])


def _records(*conditions: ColumnElement[bool]) -> ResponseReturnValue:
    rows = _do(lambda db: Bookings(db).records(*conditions))
    return jsonify([answers.booking(row) for row in rows])


def _reserved(db: Connection, key: str) -> Any:
    return Bookings(db).records(held & ~expired & (table.c.reservation_key == key))


def _now() -> datetime:
    return datetime.now(UTC)
