"""Courses and occasions: found, enrolled in, announced and withdrawn."""

from uuid import UUID

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue

from contracts.errors import training as errors
from contracts.errors.common import NOT_FOUND
from gateway import bus
from gateway.bus import Method, Question
from gateway.web import times
from gateway.web.asking import part, together
from gateway.web.forms import Form, filled
from gateway.web.language import gettext as _
from gateway.web.names import names
from gateway.web.ordering import page_number
from gateway.web.pages import room, show

pages = room("training")
MOST = 100  # of what one question may ask for
ADMIN = "training_admin"
BESIDE = {
    errors.OCCASION_TIMES.code: "end",
    errors.SMALLEST_NUMBER.code: "smallest_number",
}
SEATS: dict[str, tuple[Method, str]] = {
    "acceptance": (bus.training.accept_offer, "Platsen är din."),
    "cancellation": (bus.training.cancel_enrolment, "Anmälan är återtagen."),
}


@pages.get("/courses")
def courses() -> tuple[str, int]:
    found = part(lambda: bus.training.list_courses(filled(("kind", "sort", "page"))))
    return show("courses.html", courses=found, number=page_number())


@pages.get("/courses/<code:code>")
def course(code: str) -> tuple[str, int]:
    return _course(code, Form())


@pages.post("/courses/<code:code>")
def announce(code: str) -> ResponseReturnValue:
    """Offer the course at a time and place."""
    form = Form.sent()
    message = {
        "course": code,
        "place": form.text("place"),
        "start": times.from_field(form.text("start")),
        "end": times.from_field(form.text("end")),
        "seats": form.number("seats"),
        "smallest_number": form.number("smallest_number"),
    }
    if not form.send(bus.training.announce_occasion, message, BESIDE):
        return _course(code, form)
    flash(_("Tillfället är utlyst."))
    return redirect(f"/occasions/{form.answer['occasion_id']}", 303)


@pages.get("/occasions")
def occasions() -> tuple[str, int]:
    """What is announced: all of it, or the occasions of the course that the address names."""
    found = together(
        occasions=Question(bus.training.list_occasions, filled(("course", "sort", "page"))),
        courses=Question(bus.training.list_courses, {"limit": MOST}),
    )
    return show(
        "occasions.html",
        occasions=found["occasions"],
        courses=found["courses"],
        number=page_number(),
    )


@pages.get("/occasions/<uuid:occasion_id>")
def occasion(occasion_id: UUID) -> tuple[str, int]:
    return shown(str(occasion_id), Form())


@pages.post("/occasions/<uuid:occasion_id>/enrolments")
def enrol(occasion_id: UUID) -> ResponseReturnValue:
    """Take a seat, or a place in the waiting list; an admin may name somebody else."""
    form = Form.sent()
    message = {"occasion_id": str(occasion_id), **form.given("participant")}
    if not form.send(bus.training.enrol, message):
        return shown(str(occasion_id), form)
    waits = form.answer["state"] == "waiting"
    flash(_("Tillfället är fullt: platsen i kön är tagen.") if waits else _("Anmälan är gjord."))
    return redirect(f"/occasions/{occasion_id}", 303)


@pages.post("/occasions/<uuid:occasion_id>/cancellation")
def withdraw(occasion_id: UUID) -> ResponseReturnValue:
    form = Form.sent()
    message = {"occasion_id": str(occasion_id), **form.given("cause")}
    if not form.send(bus.training.cancel_occasion, message):
        return shown(str(occasion_id), form)
    flash(_("Tillfället är inställt, och alla anmälda får besked."))
    return redirect(f"/occasions/{occasion_id}", 303)


@pages.get("/enrolments")
def enrolments() -> tuple[str, int]:
    return _enrolments(Form())


@pages.post("/enrolments/<uuid:enrolment_id>/<any(acceptance,cancellation):what>")
def change(enrolment_id: UUID, what: str) -> ResponseReturnValue:
    """Take an offered seat, or give a seat back."""
    method, done = SEATS[what]
    form = Form.sent()
    if not form.send(method, {"enrolment_id": str(enrolment_id)}):
        return _enrolments(form)
    flash(_(done))
    return redirect("/enrolments", 303)


def shown(occasion_id: str, form: Form) -> tuple[str, int]:
    """The occasion with the actor's own seat, or for admins with everybody's."""
    named = {"occasion_id": occasion_id}
    seats = bus.training.list_enrolments
    if g.person.actor.role == ADMIN:
        seats = bus.training.list_participants
    parts = together(
        occasion=Question(bus.training.get_occasion, named),
        seats=Question(seats, named | {"limit": MOST}),
    )
    return show(
        "occasion.html",
        form.status,
        occasion=parts["occasion"].needed,
        form=form,
        seats=parts["seats"],
        names=names(*(one["participant"] for one in parts["seats"].items)),
        today=times.today().isoformat(),
    )


def _enrolments(form: Form) -> tuple[str, int]:
    found = part(lambda: bus.training.list_enrolments(filled(("sort", "page"))))
    return show("enrolments.html", form.status, enrolments=found, number=page_number(), form=form)


def _course(code: str, form: Form) -> tuple[str, int]:
    """
    Raises:
        NotFound: there is no such course.
    """
    parts = together(
        courses=Question(bus.training.list_courses, {"code": code}),
        occasions=Question(bus.training.list_occasions, {"course": code, "limit": MOST}),
    )
    if not parts["courses"].needed["items"]:
        raise NOT_FOUND()
    [course] = parts["courses"].items
    return show("course.html", form.status, course=course, occasions=parts["occasions"], form=form)
