"""Fetches and reads one calendar: python -m services.booking.calendars.reader

A process of its own, as an address can be made to answer a byte a minute, and a calendar to take
for ever. It may use a limited time of the processor, and memory; who started it ends it when that
takes too long. The question comes on stdin, as the address is secret; the answer goes to stdout.
"""

import json
import resource
import sys
from datetime import datetime
from typing import Any

from contracts.errors import ContractError
from contracts.errors.booking_calendars import FEED_TOO_MANY
from services.booking.calendars.busy_times import busy_times
from services.booking.calendars.fetching import Fetcher

SECONDS, BYTES = 20, 1 << 30  # of the processor, of memory


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """What the calendar says, that it has not changed, or what is wrong with it."""
    fetcher = Fetcher(frozenset(question["allowed"]), question["largest"])
    try:
        found = fetcher.fetch(question["address"], question["etag"])
        if found.content is None:
            return {"unchanged": True}
        period = (datetime.fromisoformat(question[name]) for name in ("start", "end"))
        busy = busy_times(found.content, *period)
    except ContractError as error:
        return {"problem": error.code}
    except (MemoryError, RecursionError):
        return {"problem": FEED_TOO_MANY.code}
    return {"busy": [[a.isoformat(), b.isoformat()] for a, b in busy], "etag": found.etag}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    json.dump(answer(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
