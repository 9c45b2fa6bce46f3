"""Many clients at once: nobody is booked twice, and those who lose are told at once."""

import asyncio
import json
import random
from collections import Counter
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from tests.integration.booking.scheduler.data import ANNA, BORAS, WHEELCHAIR
from tests.integration.booking.scheduler.process import KEY, SchedulerProcess

CLIENTS = 200

OVERLAPS = text(
    """
    SELECT count(*) FROM bookings a JOIN bookings b
      ON a.id < b.id AND a.staff_id = b.staff_id
     AND tstzrange(a.starts_at, a.busy_until) && tstzrange(b.starts_at, b.busy_until)
    WHERE a.state <> 'cancelled' AND b.state <> 'cancelled'
    """
)


def wanted(time: str, staff: int | None = None) -> dict:
    booking = {"service": WHEELCHAIR, "site": BORAS, "time": f"2037-05-18 {time}"}
    return booking if staff is None else booking | {"staff": staff}


async def all_at_once(url: str, bodies: list[dict]) -> list[tuple[int, str, float]]:
    """Send each body from a client of its own: status, error, and seconds until the answer."""
    address = urlsplit(url)
    opened = [asyncio.open_connection(address.hostname, address.port) for _ in bodies]
    streams = await asyncio.gather(*opened)
    sent = [_hold(*stream, body) for stream, body in zip(streams, bodies, strict=True)]
    return await asyncio.gather(*sent)


async def _hold(reader, writer, body: dict) -> tuple[int, str]:
    content = json.dumps(body).encode()
    head = (
        "POST /api/resource/reservation/add_resourcebooking HTTP/1.1\r\nHost: test\r\n"
        f"Authorization: Zoezi {KEY}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + content)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    status, _, rest = answer.partition(b"\r\n")
    error = json.loads(rest.partition(b"\r\n\r\n")[2]).get("error", "")
    return int(status.split()[1]), error


def overlaps(scheduler_process: SchedulerProcess) -> int:
    with scheduler_process.engine.connect() as connection:
        return connection.scalar(OVERLAPS)


@pytest.mark.parametrize(
    ("staff", "winners"), [(ANNA, 1), (None, 2)], ids=["one consultant", "any of two"]
)
def test_the_last_times_are_given_out_once_each(scheduler_process, staff, winners):
    bodies = [{"bookings": [wanted("07:30", staff)]}] * CLIENTS

    answers = asyncio.run(all_at_once(scheduler_process.url, bodies))

    assert Counter(answers) == {(200, ""): winners, (400, "slot_taken"): CLIENTS - winners}
    assert overlaps(scheduler_process) == 0


def test_visits_of_several_times_neither_overlap_nor_block_each_other(scheduler_process):
    times = ["07:30", "08:15", "15:30", "16:15"]
    pick = random.Random(1)
    bodies = [
        {"bookings": [wanted(time) for time in pick.sample(times, 2)], "replace": True}
        for _ in range(CLIENTS)
    ]

    answers = asyncio.run(all_at_once(scheduler_process.url, bodies))

    assert set(answers) == {(200, ""), (400, "slot_taken")}
    assert overlaps(scheduler_process) == 0
