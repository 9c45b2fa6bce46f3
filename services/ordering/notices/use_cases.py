"""Notices published, corrected, withdrawn and read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from contracts.actor import Actor
from contracts.errors.common import NOT_FOUND
from services.ordering import use_cases
from services.ordering.customers.model import day_of, require_role
from services.ordering.notices.model import WRITERS, Listed, Notice
from services.ordering.use_cases import found, paged

WORDING = ("kind", "title", "text", "english_title", "english_text", "valid_from", "valid_until")


class Notices(Protocol):
    """All versions of all notices; none is ever changed."""

    def add(self, notice: Notice) -> None: ...

    def versions(self, notice_id: UUID) -> Sequence[Notice]:
        """The newest first."""

    def current(
        self, reader: Actor, day: date, limit: int, offset: int, *, unread: bool
    ) -> Sequence[Listed]:
        """Those that the reader is to read that day, safety first, then the newest."""

    def newest(self, reader: Actor, limit: int, offset: int) -> Sequence[Listed]:
        """All, by first day."""

    def read(self, notice_id: UUID, version: int, reader: Actor, day: date) -> bool:
        """Note that it was read; whether it is there to be read by the reader."""


class Transaction(use_cases.Transaction, Protocol):
    @property
    def notices(self) -> Notices: ...


def publish_notice(tx: Transaction, command: Mapping[str, Any]) -> dict[str, Any]:
    """
    Raises:
        Forbidden: the actor writes none.
        Invalid: it ends before it begins, or is half in English.

    Source: A-1
    """
    require_role(tx.actor.role, WRITERS)
    return _stored(tx, Notice.publish(_wording(command), tx.actor.hsa_id, tx.now))


def correct_notice(tx: Transaction, command: Mapping[str, Any]) -> dict[str, Any]:
    """
    Raises:
        NotFound: there is no such notice.
        Conflict: it is withdrawn, or somebody else has corrected it.
        ContractError: as for a new one.

    Source: A-1
    """
    known, version = _known(tx, command["notice_id"])[0], command["version"]
    return _stored(tx, known.correct(_wording(command), version, tx.actor.hsa_id, tx.now))


def withdraw_notice(tx: Transaction, notice_id: UUID) -> dict[str, Any]:
    """
    Raises:
        NotFound: there is no such notice.
        Conflict: it is withdrawn already.

    Source: A-1
    """
    return _stored(tx, _known(tx, notice_id)[0].withdraw(tx.actor.hsa_id, tx.now))


def read_notice(tx: Transaction, notice_id: UUID, version: int) -> None:
    """What was read once is read; a later version is new again.

    Raises:
        NotFound: there is no such version for the actor to read.

    Source: A-1
    """
    if not tx.notices.read(notice_id, version, tx.actor, day_of(tx.now)):
        raise NOT_FOUND()


def list_notices(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """A page of notices, each shaped as `ListedNotice`.

    Raises:
        Forbidden: all are asked for by somebody who writes none.

    Source: A-1
    """
    today = day_of(tx.now)

    def fetch(limit: int, offset: int) -> Sequence[Listed]:
        if query["scope"] == "all":
            return tx.notices.newest(tx.actor, limit, offset)
        unread = query["scope"] == "unread"
        return tx.notices.current(tx.actor, today, limit, offset, unread=unread)

    if query["scope"] == "all":
        require_role(tx.actor.role, WRITERS)
    page = paged(query, fetch)
    return page | {"items": [_listed(tx.actor, today, *one) for one in page["items"]]}


def get_notice(tx: Transaction, notice_id: UUID) -> dict[str, Any]:
    """All versions of a notice, shaped as `NoticeHistory`.

    Raises:
        Forbidden: the actor writes none.
        NotFound: there is no such notice.
    """
    return {"items": [_view(one, day_of(tx.now)) for one in _known(tx, notice_id)]}


def _known(tx: Transaction, notice_id: UUID) -> Sequence[Notice]:
    require_role(tx.actor.role, WRITERS)
    return found(tx.notices.versions(notice_id) or None)


def _stored(tx: Transaction, notice: Notice) -> dict[str, Any]:
    tx.notices.add(notice)
    return _view(notice, day_of(tx.now))


def _wording(command: Mapping[str, Any]) -> dict[str, Any]:
    wording = {name: command.get(name) for name in WORDING}
    return wording | {"roles": tuple(sorted(set(command["roles"])))}


def _listed(reader: Actor, day: date, notice: Notice, is_read: bool) -> dict[str, Any]:
    is_unread = not is_read and notice.is_read_by(reader.role, day)
    return _view(notice, day) | {"is_unread": is_unread}


def _view(notice: Notice, day: date) -> dict[str, Any]:
    return vars(notice) | {"state": notice.state(day)}
