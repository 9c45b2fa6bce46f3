"""What the use cases of every part of ordering share."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from contracts.actor import Actor
from contracts.errors.common import NOT_FOUND

Thing = TypeVar("Thing")


class Transaction(Protocol):
    """What a use case is carried out in; the parts add the repositories that they need."""

    actor: Actor
    now: datetime

    def tell(self, event: object) -> None: ...


def paged(query: Mapping[str, Any], fetch: Callable[[int, int], Sequence[Any]]) -> dict[str, Any]:
    """The page that a `PagedQuery` asks for.

    Args:
        fetch: returns at most so many rows, after so many.
    """
    limit = query["limit"]
    rows = fetch(limit + 1, limit * (query["page"] - 1))
    return {"items": rows[:limit], "more": len(rows) > limit}


def found(thing: Thing | None) -> Thing:
    """
    Raises:
        NotFound: there is no such thing, or the actor may not see it.
    """
    if thing is None:
        raise NOT_FOUND()
    return thing
