"""How long work may take, and when its time runs out soon, as settings say it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

_LIMIT = re.compile(r"([1-9]\d{0,3}) (working day|working hour|day)s?")
_SHARE = re.compile(r"([1-9]\d?) ?%")


class LimitUnit(StrEnum):
    WORKING_DAY = "working day"  # arbetsdag
    WORKING_HOUR = "working hour"  # timme av öppettiden
    DAY = "day"  # dag


@dataclass(frozen=True)
class Limit:
    """So many days or hours.

    Source: X-4
    """

    count: int
    unit: LimitUnit

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Read "3 working days", "8 working hours" or "10 days".

        Raises:
            ValueError: it is none of these.
        """
        found = _LIMIT.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a limit such as 3 working days or 8 working hours: {text!r}")
        return cls(int(found[1]), LimitUnit(found[2]))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count > 1 else ''}"


class Terms(NamedTuple):
    """Until when work is to be started and finished; None where there is no limit."""

    start: Limit | None
    finish: Limit | None


UNTIMED = Terms(None, None)


@cache
def terms_of(start: str, finish: str) -> Terms:
    """The terms as they were written down; empty where there is no limit."""
    return Terms(Limit.parse(start) if start else None, Limit.parse(finish) if finish else None)


#: Terms by kind.
ByKind = Mapping[str, Terms]

#: Acute work is started "as soon as possible": its start has no limit. Source: M-1, M-2, U-1, U-2
USUAL: ByKind = {
    "corrective": terms_of("3 working days", "10 working days"),
    "acute_corrective": terms_of("", "8 working hours"),
}


@dataclass(frozen=True)
class AllTerms:
    """The usual terms, and those of agreements that have terms of their own.

    Source: X-4
    """

    usual: ByKind
    by_agreement: Mapping[str, ByKind]

    def of(self, kind: str, agreement: str) -> Terms:
        own = self.by_agreement.get(agreement, {})
        return own.get(kind) or self.usual.get(kind, UNTIMED)


@dataclass(frozen=True)
class Soon:
    """From when on a clock runs out soon: a share of its limit, or some time before it."""

    share: float = 1.0
    before: timedelta = timedelta()

    @classmethod
    def parse(cls, text: str, working_day: timedelta) -> "Soon":
        """Read "80 %", "1 working day" or "2 working hours".

        Args:
            working_day: its opening hours.

        Raises:
            ValueError: it is none of these.
        """
        if found := _SHARE.fullmatch(text.strip()):
            return cls(share=int(found[1]) / 100)
        limit = Limit.parse(text)
        if limit.unit is LimitUnit.DAY:
            raise ValueError(f"not a share or a working time: {text!r}")
        one = working_day if limit.unit is LimitUnit.WORKING_DAY else timedelta(hours=1)
        return cls(before=limit.count * one)

    def of(self, allowed: timedelta) -> timedelta:
        """The net time from which on it runs out soon."""
        return max(allowed * self.share - self.before, timedelta())
