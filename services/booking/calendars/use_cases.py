"""What consultants do with their calendars: subscribe to visits, and have busy times read.

Source: B-16
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from contracts.actor import Actor
from contracts.errors.booking_calendars import (
    CONSULTANT_LINKED,
    FEED_ADDRESS,
    NOT_A_CONSULTANT,
    TOO_MANY_FEEDS,
)
from contracts.errors.common import NOT_FOUND, ROLE_MAY_NOT
from services.booking.calendars import views
from services.booking.calendars.model import Feed

CENTRE = ("customer_service", "operator")  # who keep the booking system's settings
MOST_FEEDS = 3
PATH = "/calendars/{secret}.ics"


class Calendars(Protocol):
    """Consultants as people, their calendars' addresses, and the calendars that are read."""

    def consultant(self, hsa_id: str) -> int | None: ...

    def link(self, hsa_id: str, consultant_id: int) -> bool: ...

    def add_address(
        self, address_id: UUID, consultant_id: int, secret_hash: bytes, now: datetime
    ) -> None: ...

    def revoke_address(self, address_id: UUID, consultant_id: int, now: datetime) -> bool: ...

    def address(self, consultant_id: int) -> Any: ...

    def whose(self, secret_hash: bytes) -> int | None: ...

    def feeds(self, consultant_id: int) -> list[Feed]: ...

    def add_feed(self, feed: Feed) -> None: ...

    def remove_feed(self, feed_id: UUID, now: datetime) -> None: ...

    def hurry(self, feed_id: UUID) -> None: ...


class Transaction(Protocol):
    actor: Actor
    now: datetime

    @property
    def calendars(self) -> Calendars: ...

    def answer(self, command_id: UUID, mark: bytes, reply: Mapping[str, Any]) -> None: ...


def link_consultant(tx: Transaction, consultant_id: int, hsa_id: str) -> dict[str, Any]:
    """
    Raises:
        Forbidden: the actor does not keep the booking system's settings.
        Conflict: the consultant is somebody else.
    """
    if tx.actor.role not in CENTRE:
        raise ROLE_MAY_NOT()
    if not tx.calendars.link(hsa_id, consultant_id):
        raise CONSULTANT_LINKED()
    return {"consultant_id": consultant_id, "hsa_id": hsa_id}


def own_consultant(tx: Transaction) -> int:
    """
    Raises:
        Forbidden: the actor is no consultant that the scheduler knows.
    """
    if (found := tx.calendars.consultant(tx.actor.hsa_id)) is None:
        raise NOT_A_CONSULTANT()
    return found


def make_address(tx: Transaction, command: Mapping[str, Any], mark: bytes) -> dict[str, Any]:
    """A new secret address, told once: only its hash is kept, and a repetition hears no secret."""
    secret, address_id = secrets.token_urlsafe(32), uuid4()
    tx.calendars.add_address(address_id, own_consultant(tx), secret_hash(secret), tx.now)
    reply = views.address(address_id, tx.now)
    tx.answer(command["command_id"], mark, reply)
    return reply | {"path": PATH.format(secret=secret)}


def revoke_address(tx: Transaction, address_id: UUID) -> None:
    if not tx.calendars.revoke_address(address_id, own_consultant(tx), tx.now):
        raise NOT_FOUND()


def list_addresses(tx: Transaction) -> list[dict[str, Any]]:
    found = tx.calendars.address(own_consultant(tx))
    return [] if found is None else [views.address(found.id, found.made_at)]


def whose_calendar(tx: Transaction, secret_hash: str) -> int:
    """
    Raises:
        NotFound: the address was never given out, or leads nowhere any more.
    """
    if (found := tx.calendars.whose(bytes.fromhex(secret_hash))) is None:
        raise NOT_FOUND()
    return found


def add_feed(tx: Transaction, address: str) -> dict[str, Any]:
    """
    Raises:
        Invalid: the address is none of the web's.
        Conflict: the consultant has enough calendars.
    """
    consultant_id = own_consultant(tx)
    web_address = _web_address(address.strip())
    if len(tx.calendars.feeds(consultant_id)) >= MOST_FEEDS:
        raise TOO_MANY_FEEDS(limit=MOST_FEEDS)
    feed = Feed(uuid4(), consultant_id, web_address, added_at=tx.now, next_at=tx.now)
    tx.calendars.add_feed(feed)
    return views.feed(feed)


def remove_feed(tx: Transaction, feed_id: UUID) -> None:
    """One that is gone already is no error."""
    own_feeds = {feed.id for feed in list_feeds(tx)}
    if feed_id in own_feeds:
        tx.calendars.remove_feed(feed_id, tx.now)


def read_feed(tx: Transaction, feed_id: UUID) -> dict[str, Any]:
    """
    Raises:
        NotFound: the actor has no such calendar.
    """
    for feed in list_feeds(tx):
        if feed.id == feed_id:
            tx.calendars.hurry(feed_id)
            return views.feed(feed)
    raise NOT_FOUND()


def list_feeds(tx: Transaction) -> list[Feed]:
    return tx.calendars.feeds(own_consultant(tx))


def secret_hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _web_address(address: str) -> str:
    """The address, as the web has it: calendar programs write webcal."""
    if address.startswith("webcal://"):
        address = "https://" + address.removeprefix("webcal://")
    try:
        parts = urlsplit(address)
        is_wrong = not parts.hostname or "@" in parts.netloc or (parts.port or 1) > 65535
    except ValueError:
        is_wrong = True
    if is_wrong or parts.scheme not in ("http", "https") or not address.isprintable():
        raise FEED_ADDRESS()
    return address
