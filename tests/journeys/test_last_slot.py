"""Many want the same time at once, through the portal as it is."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from sandbox.demo.case import Case
from sandbox.demo.visitor import API, Visitor
from tests.fixtures.processes import wait_until

CLIENTS = 200


@pytest.fixture
def case(suite) -> Case:
    return Case.of(suite.run)


@pytest.mark.timeout(300)
@pytest.mark.rule("B-9")
def test_of_200_who_take_the_last_time_at_once_one_gets_it_and_the_others_are_told(suite, case):
    with case.visitor() as visitor:
        activities = _activities(case, visitor)
        wanted = case.free_times(visitor)[-1]
        bodies = [_hold(wanted, activity) for activity in activities]

        answers = asyncio.run(_all_at_once(suite.url, visitor.cookies, bodies))
        for won in [answer.json() for answer in answers if answer.status_code == 201]:
            visitor.delete(f"/holds/{won['hold_id']}")

    lost = [answer.json()["code"] for answer in answers if answer.status_code == 409]
    assert [answer.status_code for answer in answers].count(201) == 1
    assert lost == ["booking.slot.taken"] * (CLIENTS - 1)


def _activities(case: Case, visitor: Visitor) -> list[str]:
    """As many consultations as there are clients, all known to booking."""
    registered = [
        visitor.post("/consultations", case.consultation())["activity_id"] for _ in range(CLIENTS)
    ]
    wait_until(lambda: case.known_activity(visitor, registered[-1]), "booking knows them all")
    return registered


def _hold(wanted: dict, activity_id: str) -> dict:
    """A wish for one consultant's time, which only one can have."""
    ids = {name: wanted[name] for name in ("place_id", "service_product_id", "start")}
    return ids | {"activity_id": activity_id, "consultant_id": wanted["consultant_ids"][0]}


async def _all_at_once(url: str, cookies: httpx.Cookies, bodies: list[dict]):
    limits = httpx.Limits(max_connections=len(bodies))
    headers = {"Origin": url}
    async with httpx.AsyncClient(
        base_url=url, cookies=cookies, headers=headers, limits=limits, timeout=30
    ) as client:

        async def hold(body: dict):
            key = {"Idempotency-Key": str(uuid4())}
            return await client.post(f"{API}/holds", json=body, headers=key)

        return await asyncio.gather(*map(hold, bodies))
