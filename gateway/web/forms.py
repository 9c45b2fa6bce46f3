"""Forms that keep what was typed, and say beside the field what is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import g, request
from werkzeug.datastructures import MultiDict

from chassis.rpc_client import RemoteFailure
from contracts.errors import ContractError
from contracts.errors.common import KEY_REUSED, LOGIN_REQUIRED, NOT_FOUND
from gateway import refusals
from gateway.api import reading
from gateway.bus import Method
from gateway.problems import problem
from gateway.texts import complaint
from gateway.web.language import spoken

KEY = "key"
MOST_PAGES, DIGITS = 10_000, 9  # that a list may be asked for, and digits that tell so
DASH = re.compile("[\u2010-\u2015\u2212]")
WHOLE = re.compile(r"-?[0-9]{1,9}")
PASSED_ON = {NOT_FOUND.code, LOGIN_REQUIRED.code}  # these are whole pages of their own


@dataclass
class Form:
    """What a form holds, and what came of it.

    Args:
        key: makes the form one command, however often it is sent.
        errors: the complaint by the name of the field.
        refusal: why the whole was refused, and what to do.
    """

    values: MultiDict[str, str] = field(default_factory=MultiDict)
    key: str = field(default_factory=lambda: str(uuid4()))
    errors: dict[str, str] = field(default_factory=dict)
    refusal: dict[str, Any] | None = None
    answer: Any = None

    @classmethod
    def sent(cls) -> "Form":
        """The form that the present request brings."""
        return cls(values=request.form.copy(), key=request.form.get(KEY) or str(uuid4()))

    @property
    def status(self) -> int:
        return self.refusal["status"] if self.refusal else 200

    def text(self, name: str, default: str = "") -> str:
        return readable(self.values.get(name, default)).strip()

    def given(self, *names: str) -> dict[str, str]:
        """The fields of these names that hold something, as a message has them."""
        return {name: self.text(name) for name in names if self.text(name)}

    def person_number(self, name: str) -> dict[str, str]:
        """A person's number in the field of this name, as a message has it; nothing if empty.

        It may have been copied from where it stood with blanks, or with a longer dash.
        """
        number = DASH.sub("-", "".join(self.text(name).split()))
        return {name: number} if number else {}

    def number(self, name: str) -> int | str:
        """A whole number, or what was typed instead, which the service refuses."""
        text = self.text(name)
        return int(text) if WHOLE.fullmatch(text) else text

    def is_checked(self, name: str) -> bool:
        return name in self.values

    def send(
        self, method: Method, message: Mapping[str, Any], beside: Mapping[str, str] | None = None
    ) -> bool:
        """Ask a service for what the form is about; whether it was done.

        Args:
            beside: name of the field that a refusal, or a field of the contract, concerns, when
                it has another name.

        Raises:
            ContractError: the thing does not exist, or nobody is logged in.
        """
        command = reading.id_of(g.context.actor, self.key)
        try:
            self.answer = method({**message, "command_id": command})
        except ContractError as error:
            if error.code in PASSED_ON:
                raise
            self._refuse(error, beside or {})
        except RemoteFailure:
            self._refuse(refusals.FAILURE(), {})
        return self.refusal is None

    def _refuse(self, error: ContractError, beside: Mapping[str, str]) -> None:
        self.refusal = problem(error, spoken())
        for path, text in error.fields.items():
            name = beside.get(path) or _field_of(path)
            self.errors[name] = complaint(text, spoken())
        if error.code in beside:
            told = self.refusal
            self.errors[beside[error.code]] = f"{told['title']} {told['detail']}"
        if error.code == KEY_REUSED.code:
            self.key = str(uuid4())


def _field_of(path: str) -> str:
    """The field that holds what is at `path`; one thing of a list belongs to the whole list."""
    return next((name for name in reversed(path.split("/")) if not name.isdigit()), path)


def filled(names: Iterable[str]) -> dict[str, str]:
    """The parameters of the address of these names that hold something."""
    found = {name: readable(text) for name, text in request.args.items() if text}
    if found.get("page", "").isdecimal():
        found["page"] = str(page_of(found["page"]))
    return {name: found[name] for name in names if name in found}


def page_of(text: str) -> int:
    """The page of a list that `text` asks for; one beyond all is the last that can be asked for."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(int(text[:DIGITS]), MOST_PAGES)


def readable(text: str) -> str:
    """`text` without NUL, which no database takes: what has one is sought in vain."""
    return text.replace("\0", "\ufffd")
