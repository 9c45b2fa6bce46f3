"""Who asks, for which request, and until when: what travels beside every message."""

import time
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Self

from contracts.actor import Actor, system
from contracts.errors.common import DEADLINE_PASSED

PREFIX = "nameko."  # nameko hands headers that start so to the worker, without the prefix


@dataclass(frozen=True)
class Context:
    """
    Args:
        deadline: seconds since the epoch, after which nobody waits for the answer any more; None
            for work that nobody waits for.
    """

    actor: Actor
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    deadline: float | None = None

    def headers(self) -> dict[str, Any]:
        """The headers of a message sent in this context."""
        headers = {
            PREFIX + "actor": self.actor.as_header(),
            PREFIX + "request_id": self.request_id,
        }
        if self.deadline is not None:
            headers[PREFIX + "deadline"] = str(self.deadline)
        return headers

    def told(self) -> dict[str, Any]:
        """The headers of an event: nobody waits for what it leads to."""
        return replace(self, deadline=None).headers()

    @classmethod
    def from_headers(cls, headers: dict[str, Any]) -> Self:
        deadline = headers.get(PREFIX + "deadline")
        return cls(
            actor=Actor.from_header(headers.get(PREFIX + "actor") or {}),
            request_id=str(headers.get(PREFIX + "request_id") or uuid.uuid4()),
            deadline=float(deadline) if deadline else None,
        )

    @classmethod
    def of_service(cls, name: str) -> Self:
        """The context of what a service does on its own account."""
        return cls(actor=system(name))

    def check_deadline(self) -> None:
        """
        Raises:
            TimedOut: the caller has given up; nothing may be done for it any more.
        """
        if self.deadline is not None and time.time() > self.deadline:
            raise DEADLINE_PASSED()
