"""Loads and saves what is known of consultants' calendars."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.booking.calendars.model import Feed
from services.booking.calendars.tables import calendar_addresses as addresses
from services.booking.calendars.tables import calendar_feeds as feeds
from services.booking.calendars.tables import consultants

COLUMNS = [feeds.c[name] for name in Feed.__dataclass_fields__]
VALID = addresses.c.revoked_at.is_(None)


class CalendarRepository:
    """What one transaction reads and changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def consultant(self, hsa_id: str) -> int | None:
        """The scheduler's number for the person."""
        wanted = select(consultants.c.consultant_id).where(consultants.c.hsa_id == hsa_id)
        return self._connection.execute(wanted).scalar()

    def people(self, numbers: Collection[int]) -> dict[int, str]:
        """HSA-ID by the scheduler's number, of those that are known."""
        wanted = select(consultants.c.consultant_id, consultants.c.hsa_id)
        rows = self._connection.execute(wanted.where(consultants.c.consultant_id.in_(numbers)))
        return {row.consultant_id: row.hsa_id for row in rows}

    def link(self, hsa_id: str, consultant_id: int) -> bool:
        """Note who a consultant is; false when somebody else already is."""
        new = insert(consultants).values(hsa_id=hsa_id, consultant_id=consultant_id)
        taken = select(consultants).where(
            consultants.c.consultant_id == consultant_id, consultants.c.hsa_id != hsa_id
        )
        if self._connection.execute(taken).first():
            return False
        values = {"consultant_id": consultant_id}
        self._connection.execute(new.on_conflict_do_update(index_elements=["hsa_id"], set_=values))
        return True

    def add_address(
        self, address_id: UUID, consultant_id: int, secret_hash: bytes, now: datetime
    ) -> None:
        """The consultant's new address; the one before leads nowhere from now on."""
        self._revoke(addresses.c.consultant_id == consultant_id, now)
        row = {"id": address_id, "consultant_id": consultant_id, "made_at": now}
        self._connection.execute(addresses.insert().values(row | {"secret_hash": secret_hash}))

    def revoke_address(self, address_id: UUID, consultant_id: int, now: datetime) -> bool:
        """Whether the consultant has, or had, that address; it leads nowhere from now on."""
        own = (addresses.c.id == address_id) & (addresses.c.consultant_id == consultant_id)
        self._revoke(own, now)
        return self._connection.execute(select(addresses.c.id).where(own)).first() is not None

    def address(self, consultant_id: int):
        """The consultant's valid address, if any."""
        wanted = select(addresses).where(VALID, addresses.c.consultant_id == consultant_id)
        return self._connection.execute(wanted).first()

    def whose(self, secret_hash: bytes) -> int | None:
        """Whose calendar is at the address."""
        wanted = select(addresses.c.consultant_id).where(
            VALID, addresses.c.secret_hash == secret_hash
        )
        return self._connection.execute(wanted).scalar()

    def feeds(self, consultant_id: int) -> list[Feed]:
        wanted = select(*COLUMNS).where(
            feeds.c.consultant_id == consultant_id, feeds.c.removed_at.is_(None)
        )
        rows = self._connection.execute(wanted.order_by(feeds.c.added_at, feeds.c.id))
        return [Feed(*row) for row in rows]

    def add_feed(self, feed: Feed) -> None:
        self._connection.execute(insert(feeds).values(vars(feed)))

    def remove_feed(self, feed_id: UUID, now: datetime) -> None:
        """Forget the address at once; the sweep frees the times, and then forgets the rest."""
        gone = {"address": "", "etag": None, "removed_at": now, "next_at": func.now()}
        self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(gone))

    def hurry(self, feed_id: UUID) -> None:
        """It is read with the next sweep."""
        new = {"next_at": func.now()}
        self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(new))

    def lease(self, at_most: int, lease: timedelta) -> list[Feed]:
        """Some that are due, for this replica alone until the lease ends."""
        is_free = or_(feeds.c.leased_until.is_(None), feeds.c.leased_until < func.now())
        due = (
            select(feeds.c.id)
            .where(feeds.c.next_at <= func.now(), is_free)
            .order_by(feeds.c.next_at)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        taken = update(feeds).where(feeds.c.id.in_(due)).values(leased_until=func.now() + lease)
        return [Feed(*row) for row in self._connection.execute(taken.returning(*COLUMNS))]

    def settle(self, feed: Feed, pause: timedelta, **values: object) -> None:
        """Note what came of reading it; one that was removed meanwhile stays due."""
        kept = (feeds.c.id == feed.id) & feeds.c.removed_at.is_(None)
        new = {"leased_until": None, "next_at": func.now() + pause, **values}
        self._connection.execute(update(feeds).where(kept).values(new))
        over = (feeds.c.id == feed.id) & feeds.c.removed_at.is_not(None)
        self._connection.execute(update(feeds).where(over).values(leased_until=None))

    def forget_feed(self, feed_id: UUID) -> None:
        self._connection.execute(delete(feeds).where(feeds.c.id == feed_id))

    def _revoke(self, which, now: datetime) -> None:
        self._connection.execute(update(addresses).where(which, VALID).values(revoked_at=now))
