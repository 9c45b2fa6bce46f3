"""One operation of the API: a request is read, asked of a service by RPC, and answered."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request

from contracts.base import Command, Message, PagedQuery
from contracts.errors import Refusal
from gateway.api import reading
from gateway.bus import Method

JSON = "application/json"
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What one HTTP method of one address does.

    Args:
        http: the HTTP method.
        path: a Flask rule under the API's root.
        calls: the service's method that answers.
        summary: what it does, in Swedish.
        text: what it does, in English, with what callers should know.
        path_fields: name in the contract, by name in the path.
        takes: contract of what callers send; by default the method's, without what the path
            and the gateway fill in.
        complete: fills in what callers left out.
        location: where what was made can be fetched; `{name}`s are filled from the answer.
        refuses: the refusals to expect of the service.
    """

    http: str
    path: str
    calls: Method
    summary: str
    text: str
    status: int = 200
    path_fields: Mapping[str, str] = field(default_factory=dict)
    takes: type[Message] | None = None
    complete: Callable[[Json], Json] | None = None
    location: str = ""
    refuses: tuple[Refusal, ...] = ()

    @property
    def is_command(self) -> bool:
        return issubclass(self.calls.takes, Command)

    @property
    def is_keyed(self) -> bool:
        """Whether callers choose a key; deleting the same thing twice is the same by nature."""
        return self.is_command and self.http == "POST"

    @property
    def is_paged(self) -> bool:
        return issubclass(self.calls.takes, PagedQuery)

    @cached_property
    def request(self) -> type[Message]:
        """Contract of what callers send."""
        if self.takes:
            return self.takes
        hidden = {*self.path_fields.values(), *(("command_id",) if self.is_command else ())}
        if not hidden:
            return self.calls.takes
        meta = type("Meta", (self.calls.takes.Meta,), {"exclude": tuple(hidden)})
        return type(f"{self.calls.takes.__name__}Request", (self.calls.takes,), {"Meta": meta})

    @cached_property
    def has_input(self) -> bool:
        return bool(self.request().fields)

    @property
    def has_body(self) -> bool:
        return self.has_input and self.http == "POST"

    def view(self) -> Callable[..., Response]:
        """The view that Flask calls."""
        return lambda **path: self.answer(path)

    def answer(self, path: Mapping[str, object]) -> Response:
        """Answer the present request.

        Raises:
            ContractError: the request is refused, here or by the service.
        """
        message = self._read() if self.has_input else {}
        for name, value in path.items():
            message[self.path_fields[name]] = str(value)
        if self.is_command:
            message["command_id"] = self._command_id()
        return self._answer(self.calls(message))

    def _read(self) -> Json:
        """What the caller sent, held against the contract; as JSON carries it, for the service."""
        sent = reading.body() if self.has_body else reading.arguments()
        self.request.read(sent)
        return self.complete(sent) if self.complete else sent

    def _command_id(self) -> str:
        actor = g.context.actor
        if self.is_keyed:
            return reading.command_id(actor)
        return reading.id_of(actor, f"{self.http} {request.path}")

    def _answer(self, result: Json) -> Response:
        if self.calls.gives is None:
            return Response(status=self.status)
        response = Response(json.dumps(result), self.status, content_type=JSON)
        if self.location:
            response.headers["Location"] = self.location.format_map(result)
        if self.is_paged:
            add_links(response, bool(result.get("more")))
        return with_etag(response) if request.method != "POST" else response


def with_etag(response: Response) -> Response:
    """Mark what the answer holds; answer 304 to whoever has it already."""
    response.set_etag(blake2b(response.get_data(), digest_size=12).hexdigest())
    response.make_conditional(request)
    return response


def add_links(response: Response, more: bool) -> None:
    """Say where the neighbouring pages are.

    Source: RFC 8288
    """
    page = int(request.args.get("page", 1))
    neighbours = {"prev": page - 1, "next": page + 1 if more else 0}
    links = [f'<{_address(at)}>; rel="{name}"' for name, at in neighbours.items() if at]
    if links:
        response.headers["Link"] = ", ".join(links)


def _address(page: int) -> str:
    return f"{request.path}?{urlencode(request.args.to_dict() | {'page': page})}"
