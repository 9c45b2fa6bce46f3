"""All pages of the application."""

from flask import Flask

from gateway.web import consultations, front, holding, maintenance, ordering, pages

ROOMS = (
    front.pages,
    ordering.pages,
    consultations.pages,
    holding.pages,
    maintenance.pages,
)


def register(app: Flask) -> None:
    """Give `app` the pages."""
    pages.register(app)
    for room in ROOMS:
        app.register_blueprint(room)
