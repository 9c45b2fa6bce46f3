"""From what an identity provider claims to who acts.

Source: P-7, P-13; the claims of SITHS (facts §7.2)
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from contracts.actor import Actor
from gateway import refusals
from gateway.settings import Identity


@dataclass(frozen=True)
class Login:
    """One login of a person: who, how well assured, and when.

    Args:
        authenticated_at: seconds since the epoch; 0 where the identity provider does not say.

    Source: S-8
    """

    hsa_id: str
    given_name: str
    family_name: str
    acr: str
    authenticated_at: int


@dataclass(frozen=True)
class Person:
    """Who is logged in: the actor, and what the pages call her and her unit.

    Args:
        login: of the one who brings an access token.
    """

    actor: Actor
    name: str = ""
    unit_name: str = ""
    login: Login | None = None

    def as_json(self) -> dict[str, Any]:
        return {"actor": asdict(self.actor), "name": self.name, "unit_name": self.unit_name}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(Actor.from_header(kept["actor"]), kept["name"], kept["unit_name"])


def person(claims: Mapping[str, Any], identity: Identity) -> Person:
    """The person that has logged in.

    Raises:
        Unknown: the login is not assured enough, or is no one's in a commission.
    """
    if claims.get("acr") not in identity.levels:
        raise refusals.ASSURANCE_TOO_LOW()
    names = identity.claims
    hsa_id, role, unit = (_text(claims, name) for name in (names.hsa_id, names.role, names.unit))
    if not (hsa_id and role and unit):
        raise refusals.COMMISSION_MISSING()
    actor = Actor(hsa_id, role, unit, _text(claims, names.principal))
    return Person(actor, _name(claims), _text(claims, names.unit_name), login(claims, identity))


def login(claims: Mapping[str, Any], identity: Identity) -> Login:
    """The login that an ID token, or an access token, tells of."""
    told = claims.get("auth_time")
    return Login(
        hsa_id=_text(claims, identity.claims.hsa_id),
        given_name=_text(claims, "given_name"),
        family_name=_text(claims, "family_name"),
        acr=_text(claims, "acr"),
        authenticated_at=told if type(told) is int else 0,
    )


def bearer(claims: Mapping[str, Any], identity: Identity) -> Person:
    """Whoever an access token was issued to: a person, or a machine in its own name.

    Raises:
        Unknown: as for `person`; or a machine without a role.
    """
    if claims.get(identity.claims.hsa_id) or claims["sub"] != claims.get("client_id"):
        return person(claims, identity)
    names = identity.claims
    role = _text(claims, names.role)
    if not role:
        raise refusals.COMMISSION_MISSING()
    unit, principal = _text(claims, names.unit), _text(claims, names.principal)
    return Person(Actor(claims["sub"], role, unit, principal))


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _name(claims: Mapping[str, Any]) -> str:
    whole = f"{_text(claims, 'given_name')} {_text(claims, 'family_name')}".strip()
    return whole or _text(claims, "name")
