"""The people who can log in, and the capacities that they can log in as."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from gateway.web.codes import ROLES


@dataclass(frozen=True)
class Login:
    """A person in one of her commissions (Swedish: medarbetaruppdrag).

    Source: P-13
    """

    person: dict[str, Any]
    commission: dict[str, str]
    auth_time: int | None = None  # when she logged in, once she has

    @property
    def id(self) -> str:
        return f"{self.person['employeeHsaId']}/{self.commission['commissionHsaId']}"

    @property
    def name(self) -> str:
        return f"{self.person['given_name']} {self.person['family_name']}"

    @property
    def role(self) -> str:
        """The role in Swedish."""
        return ROLES[self.commission["role"]]

    def get_user_id(self) -> str:
        """What Authlib asks a user for: the subject of her tokens."""
        return self.person["employeeHsaId"]

    def claims(self) -> dict[str, Any]:
        """What SITHS tells of the person, with Rampen's role beside it."""
        person = {key: value for key, value in self.person.items() if key != "commissions"}
        return person | self.commission | {"sub": self.get_user_id(), "name": self.name}


class People:
    """Everybody who can log in, in the order of their file."""

    def __init__(self, people: list[dict[str, Any]]) -> None:
        self._logins = {login.id: login for login in _logins(people)}

    @classmethod
    def read(cls, path: Path) -> Self:
        return cls(json.loads(path.read_text()))

    def __iter__(self) -> Iterator[Login]:
        return iter(self._logins.values())

    def get(self, hint: str) -> Login | None:
        """The login with this id, or the first of the person with this `employeeHsaId`."""
        by_person = (login for login in self if login.get_user_id() == hint)
        return self._logins.get(hint) or next(by_person, None)


def _logins(people: list[dict[str, Any]]) -> Iterator[Login]:
    for person in people:
        for commission in person["commissions"]:
            yield Login(person, commission)
