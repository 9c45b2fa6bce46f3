"""The API's description, for programs as OpenAPI and for people as pages; open to everybody."""

import json
from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from gateway import refusals
from gateway.auth.guard import public

pages = Blueprint("api_description", __name__, url_prefix="/api", template_folder="templates")
NAME = "api_description"
Document = dict[str, Any]


class Description:
    """The OpenAPI document, and what its pages show of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.as_json = json.dumps(document, ensure_ascii=False)
        self.etag = blake2b(self.as_json.encode(), digest_size=12).hexdigest()

    @cached_property
    def rooms(self) -> list[Document]:
        """The operations by tag."""
        return list(self._rooms())

    @cached_property
    def operations(self) -> dict[str, Document]:
        """Each operation by its id."""
        return {one["operationId"]: one for room in self.rooms for one in room["operations"]}

    @property
    def messages(self) -> dict[str, Document]:
        """The schema of each message by its name."""
        found: dict[str, Document] = self.document["components"]["schemas"]
        return found

    def _rooms(self) -> Iterator[Document]:
        for tag in self.document["tags"]:
            operations = [
                {"method": method.upper(), "path": path, **operation}
                for path, item in self.document["paths"].items()
                for method, operation in item.items()
                if method != "parameters" and tag["name"] in operation["tags"]
            ]
            yield {**tag, "operations": operations}


def register(app: Flask, document: Document) -> None:
    """Show `document`, the OpenAPI document, on pages of `app`."""
    app.extensions[NAME] = Description(document)
    app.register_blueprint(pages)


@pages.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    response = Response(_known().as_json, content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(_known().etag)
    return response.make_conditional(request)


@pages.get("/docs")
@public
def docs() -> str:
    return render_template("docs.html", document=_known().document, rooms=_known().rooms)


@pages.get("/docs/operations/<name>")
@public
def operation(name: str) -> str:
    return render_template("docs_operation.html", operation=_found(_known().operations, name))


@pages.get("/docs/messages/<name>")
@public
def message(name: str) -> str:
    schema = _found(_known().messages, name)
    return render_template("docs_message.html", name=name, schema=schema)


def _known() -> Description:
    found: Description = current_app.extensions[NAME]
    return found


def _found(among: dict[str, Document], name: str) -> Document:
    """
    Raises:
        NotFound: there is none of this name.
    """
    if name not in among:
        raise refusals.PAGE_MISSING()
    return among[name]
