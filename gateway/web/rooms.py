"""All pages of the application."""

from flask import Flask

from gateway.web import (
    completions,
    consultations,
    design,
    front,
    holding,
    maintenance,
    ordering,
    pages,
    search,
    training,
)

ROOMS = (
    front,
    ordering,
    consultations,
    holding,
    maintenance,
    training,
    completions,
    search,
    design,
)


def register(app: Flask) -> None:
    """Give `app` the pages."""
    pages.register(app)
    for room in ROOMS:
        app.register_blueprint(room.pages)
