"""Who orders what in the bench: people of the demo data, logged in, with their customer numbers."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import cycle, islice
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx

from sandbox.demo_data import DemoData, build
from sandbox.site import Site

DISTINCT = 50  # different orders that a client sends, over and over
LINES = 3
ROLE, PERMISSION = "prescriber", "orderer_health_care"


@dataclass(frozen=True)
class Orderer:
    """Someone who may order to patients, logged in."""

    hsa_id: str
    token: str
    unit: str
    customer_number: str
    supplier: str


@dataclass(frozen=True)
class Order:
    """One order, to be placed by whoever."""

    patient_id: UUID
    personal_identity_number: str
    lines: list[dict[str, object]]


class World:
    """The demo data as the bench uses it."""

    @cached_property
    def data(self) -> DemoData:
        return build()

    def log_in(self, site: Site) -> Iterator[Orderer]:
        """One a unit who may order to patients, with a customer number that she may order on."""
        one_a_unit = {commission.unit: (person, commission) for person, commission in self._may()}
        for person, commission in one_a_unit.values():
            token = access_token(site, f"{person.hsa_id}/{commission.hsa_id}")
            headers = {"Authorization": f"Bearer {token}"}
            answer = httpx.get(f"{site.url}/api/v1/customers", headers=headers)
            for customer in answer.raise_for_status().json()["items"][:1]:
                number, supplier = customer["customer_number"], customer["supplier"]
                yield Orderer(person.hsa_id, token, commission.unit, number, supplier)

    def orders(self, supplier: str, first: int) -> list[Order]:
        """Different orders of a few lines, from the `first` patient on."""
        active = ("active", "outgoing")
        articles = cycle(
            it.number
            for it in self.data.articles
            if it.supplier == supplier and it.status in active
        )
        patients = islice(cycle(self.data.patients), first, first + DISTINCT)
        return [
            Order(it.id, it.personal_identity_number, _lines(articles, first + at))
            for at, it in enumerate(patients)
        ]

    def _may(self):
        today = date.today()  # noqa: DTZ011 - permissions run whole days
        allowed = {
            (it.person, it.unit)
            for it in self.data.permissions
            if it.type == PERMISSION and (it.ends is None or it.ends >= today)
        }
        trained = {it.hsa_id for it in self.data.completions if it.course != "national"}
        for person in (it for it in self.data.people if it.hsa_id in trained):
            for commission in person.commissions:
                if commission.role == ROLE and (person.hsa_id, commission.unit) in allowed:
                    yield person, commission


def access_token(site: Site, login: str) -> str:
    """Log in as a browser does, without the pages; return the access token.

    Source: RFC 6749, RFC 7636
    """
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    told = site.environment()
    back = {"client_id": told["OIDC_CLIENT_ID"], "redirect_uri": f"{site.url}/bench"}
    asked = {
        "response_type": "code",
        "scope": "openid profile",
        "state": "bench",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "login_hint": login,
    }
    with httpx.Client(base_url=told["OIDC_ISSUER"]) as provider:
        answer = provider.get("/authorize", params=back | asked)
        (code,) = parse_qs(urlsplit(answer.headers["Location"]).query)["code"]
        given = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        secret = {"client_secret": told["OIDC_CLIENT_SECRET"]}
        answer = provider.post("/token", data=back | given | secret)
    return answer.raise_for_status().json()["access_token"]


def _lines(articles, at: int) -> list[dict[str, object]]:
    return [
        {"article_number": number, "quantity": 1 + at % 3} for number in islice(articles, LINES)
    ]
