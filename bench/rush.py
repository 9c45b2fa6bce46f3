"""A rush: many who want the same time at one moment. One gets it, and nobody waits for long.

Each client holds the same consultant's time for an activity of its own, through the gateway; all
send at once. Each round is about another time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from statistics import median

import httpx
from sqlalchemy import text

from bench.events import registered
from bench.http import Clients, WrongAnswers, request, told
from bench.meter import Meter
from bench.orders import headers
from bench.results import Line, Results, ms, ratio
from bench.suite import Suite
from bench.world import Orderer
from chassis.calendar import STOCKHOLM

CLIENTS, EACH, ROUNDS = 200, 25, 7  # EACH: clients who are the same person
SLOWEST = 1.0  # seconds
_ACTIVITIES = text(
    "SELECT id FROM activities WHERE state = 'registered' AND unit = :unit LIMIT :count"
)


def measure(suite: Suite, results: Results) -> None:
    suite.report(f"a rush of {CLIENTS} clients, {ROUNDS} rounds")
    registered(suite, seconds=3)
    meter, wanted = Meter(suite), list(_wanted(suite))
    ours, echo = [], []
    for time in islice(_times(suite), ROUNDS + 1):
        holds = _holds(wanted, time)
        with meter.running():
            ours.append(_rush(suite.site.port, "/holds", holds, {"201": 1, "409": CLIENTS - 1}))
        meter.answered(CLIENTS)
        echo.append(_rush(suite.ports["echo"], "/echo", holds, {"201": CLIENTS}))
        wanted = wanted[EACH:] + wanted[:EACH]  # nobody may hold many times
    del ours[0], echo[0]  # the round that warms up
    results.lines.append(_line(ours, echo))
    rounds = ", ".join(ms(seconds) for seconds in sorted(ours))
    results.details.append(f"rush, the slowest answer of each round: {rounds}; {meter.told()}")


def _line(ours: list[float], echo: list[float]) -> Line:
    slowest, times = median(ours), ratio(ours, echo)
    what = f"{CLIENTS} clients want one time at once: the slowest answer"
    asked, holds = f"≤ {ms(SLOWEST)}", slowest <= SLOWEST
    return Line(what, ms(slowest), f"echo {ms(median(echo))}", times, asked, holds)


def _holds(wanted: list[tuple[Orderer, str]], time: dict) -> list[tuple[Orderer, dict]]:
    return [(orderer, time | {"activity_id": activity}) for orderer, activity in wanted]


def _rush(
    port: int, path: str, holds: list[tuple[Orderer, dict]], expected: dict[str, int]
) -> float:
    """Send all at once; return the seconds until the slowest answer.

    Raises:
        WrongAnswers: there was not one winner, or who came too late was not told so.
    """
    clients: Clients = [
        [request("POST", f"/api/v1{path}", headers(orderer), hold)] for orderer, hold in holds
    ]
    found = told(port, clients, seconds=0)
    if found["statuses"] != expected:
        raise WrongAnswers(f"answers were {found['statuses']}, not {expected}")
    slowest: float = max(found["latencies"])
    return slowest


def _wanted(suite: Suite) -> Iterator[tuple[Orderer, str]]:
    """Each client, with the activity that it wants a time for."""
    with suite.connected("rampen_booking") as connection:
        found = [
            (orderer, str(id_))
            for orderer in suite.orderers
            for id_ in connection.execute(
                _ACTIVITIES, {"unit": orderer.unit, "count": EACH}
            ).scalars()
        ]
    return islice(found, CLIENTS)


def _times(suite: Suite) -> Iterator[dict]:
    """Free times, each of one consultant, as a hold asks for them."""
    who = {"Authorization": f"Bearer {suite.orderers[0].token}"}
    with httpx.Client(base_url=f"{suite.site.url}/api/v1", headers=who) as client:
        for place in _items(client, "/places"):
            at = f"/places/{place['place_id']}/service-products"
            for product in _items(client, at):
                free = f"{at}/{product['service_product_id']}/free-times"
                a_day = {time["start"][:10]: time for time in _items(client, free, **_days())}
                for time in a_day.values():  # those of one day may overlap
                    yield {
                        "place_id": place["place_id"],
                        "service_product_id": product["service_product_id"],
                        "start": time["start"],
                        "consultant_id": time["consultant_ids"][0],
                    }


def _items(client: httpx.Client, path: str, **asked: str) -> list[dict]:
    found: list[dict] = client.get(path, params=asked).raise_for_status().json()["items"]
    return found


def _days() -> dict[str, str]:
    today = datetime.now(STOCKHOLM).date()
    first, last = today + timedelta(days=7), today + timedelta(days=35)
    return {"first_day": first.isoformat(), "last_day": last.isoformat()}
