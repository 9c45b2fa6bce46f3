"""All pages of the application."""

from flask import Flask

from gateway.web import (
    adapting,
    calendars,
    completions,
    consultations,
    design,
    devices,
    evaluations,
    front,
    holding,
    maintenance,
    notices,
    operations,
    ordering,
    outcomes,
    pages,
    rebooking,
    reconciliation,
    search,
    signing,
    signing_assessment,
    signing_sending,
    staffing,
    training,
)

ROOMS = (
    front,
    ordering,
    consultations,
    holding,
    rebooking,
    outcomes,
    evaluations,
    maintenance,
    devices,
    adapting,
    signing,
    signing_assessment,
    signing_sending,
    training,
    completions,
    search,
    notices,
    calendars,
    staffing,
    operations,
    reconciliation,
    design,
)


def register(app: Flask) -> None:
    """Give `app` the pages."""
    pages.register(app)
    for room in ROOMS:
        app.register_blueprint(room.pages)
