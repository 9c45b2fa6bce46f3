"""The JSON API under /api/v1, its description, and the list of problems."""

from flask import Flask
from flask_smorest import Api, Blueprint
from werkzeug.routing import AnyConverter, BaseConverter, Map

from gateway import bus
from gateway.api import (
    about,
    booking,
    calendars,
    devices,
    frame,
    maintenance,
    notices,
    openapi,
    operating,
    ordering,
    pilot,
    reconciliation,
    signing,
    staffing,
    training,
)
from gateway.api.operations import Operation
from gateway.settings import Settings
from gateway.web import api_description, problem_list

ROOT = "/api/v1"
TAGS = (
    ("Beställning", "Orders and articles.", (*ordering.ORDERS, *ordering.ARTICLES)),
    (
        "Hjälpmedel",
        "Devices by individual number, and their custom adaptations.",
        (*devices.DEVICES, *devices.ADAPTATIONS),
    ),
    (
        "Kund och patient",
        "Who orders, and for whom.",
        (*ordering.CUSTOMERS, *ordering.PATIENTS, *ordering.PEOPLE),
    ),
    (
        "Konsultation",
        "Consultations, their work orders and activities.",
        (*ordering.CONSULTATIONS, *ordering.WORK_ORDERS, *booking.ACTIVITIES),
    ),
    ("Bokning", "Times for consultations.", (*booking.PLACES, *booking.HOLDS, *booking.BOOKINGS)),
    ("Utvärdering", "Who books on the web, and what they thought of it.", pilot.PILOT),
    (
        "Avstämning",
        "What ordering, booking and the scheduler say of one another.",
        reconciliation.RECONCILIATION,
    ),
    ("Bemanning", "Hours that can be booked, against what is needed.", staffing.STAFFING),
    ("Kalender", "Consultants' calendars, in both directions.", calendars.CALENDARS),
    (
        "Underhåll",
        "Work orders on devices, with their two clocks.",
        (*maintenance.MAINTENANCE_ORDERS, *maintenance.FULFILMENT),
    ),
    (
        "Underskrift",
        "Adaptation documents, signed before their devices are taken into use.",
        (*signing.DOCUMENTS, *signing.CASES, *signing.JOBS),
    ),
    (
        "Utbildning",
        "Courses, occasions, completions, and the gates that follow from them.",
        (
            *training.COURSES,
            *training.OCCASIONS,
            *training.ENROLMENTS,
            *training.COMPLETIONS,
            *ordering.GATES,
        ),
    ),
    ("Meddelanden", "Dated messages to all who use Rampen.", notices.NOTICES),
    ("Drift", "Outboxes and dead letters, for operators.", operating.OPERATING),
)


class Digits(BaseConverter):
    """A number that people read, such as a work order's."""

    regex = "[0-9]{6,10}"


class Code(BaseConverter):
    """A code that people chose, such as a course's."""

    regex = "[a-z][a-z0-9_]{1,39}"


class ServiceName(AnyConverter):
    """The name of a service."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, *bus.SERVICES)


class RampenApi(Api):
    """flask-smorest's API without its own error answers: ours are problems."""

    DEFAULT_ERROR_RESPONSE_NAME = None  # type: ignore[assignment]

    def _register_error_handlers(self) -> None:
        """They are in gateway.problems."""


def register(app: Flask, settings: Settings) -> None:
    """Give `app` the API."""
    app.url_map.converters |= {"digits": Digits, "code": Code, "service": ServiceName}
    app.config.update(
        API_TITLE="Rampen",
        API_VERSION=about.api_version(),
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS=frame.frame(settings, ROOT),
    )
    api = RampenApi(app)
    api.register_converter(Digits, lambda _: {"type": "string", "pattern": f"^{Digits.regex}$"})
    api.register_converter(ServiceName, lambda _: operating.service_names())
    for name, description, operations in TAGS:
        api.register_blueprint(_tag(name, description, operations))
    api.register_blueprint(_facts())
    frame.add_security(api.spec, settings)
    api_description.register(app, frame.document(api.spec, ROOT))
    app.register_blueprint(problem_list.pages)


def _tag(name: str, description: str, operations: tuple[Operation, ...]) -> Blueprint:
    tag = Blueprint(name, __name__, url_prefix=ROOT, description=description)
    for operation in operations:
        view = operation.view()
        view._apidoc = openapi.describe(operation)  # type: ignore[attr-defined]
        tag.add_url_rule(
            operation.path, operation.calls.name, view, methods=[operation.http], tags=[name]
        )
    return tag


def _facts() -> Blueprint:
    tag = Blueprint("Om", __name__, url_prefix=ROOT, description="You, and this API.")
    for fact in about.FACTS:
        view = fact.view()
        view._apidoc = openapi.describe_fact(fact)  # type: ignore[attr-defined]
        tag.add_url_rule(fact.path, fact.name, view, tags=["Om"])
    return tag
