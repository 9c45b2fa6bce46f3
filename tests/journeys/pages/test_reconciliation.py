"""An operator has the three compared, and sees what differs until it agrees."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from services.booking.scheduler import ZoeziScheduler
from services.booking.zoezi_time import STOCKHOLM
from tests.fixtures.processes import wait_until

pytestmark = [pytest.mark.timeout(300), pytest.mark.rule("B-16")]
ADAM, ANNA = "Adam Ström", "Anna Lindqvist"
LIMIT = 120  # seconds until both looks are done


@pytest.fixture
def scheduler(suite):
    key = (suite.folder / "secrets" / "zoezi").read_text().strip()
    made = ZoeziScheduler.at(suite.run["addresses"]["scheduler"], key)
    yield made
    made.close()


@pytest.fixture
def orphan(scheduler):
    """A booking in the scheduler for an activity that nobody knows, as late as there are times."""
    activity_id = str(uuid4())
    place, product, start = _last_free(scheduler)
    held = scheduler.hold(place, product, start, activity_id=activity_id)
    made = scheduler.book(
        held.key,
        start=held.start,
        activity_id=activity_id,
        work_order_number="unknown",
        telephone="033-100 00 00",
    )
    yield made
    scheduler.cancel(made.id)


def test_an_operator_finds_a_booking_that_nobody_knows_and_sees_when_it_is_gone(
    visit, scheduler, orphan
):
    adam = visit(ADAM)
    adam.open("/operations")
    adam.page.get_by_role("link", name="Avstämning").click()
    adam.is_at("Avstämning")
    about = f"bokning {orphan.id} i schemaläggaren"

    wait_until(lambda: not _goes_on(adam), "no run goes on", LIMIT)
    adam.press("Starta en avstämning")
    adam.sees("Avstämningen är beställd och börjar inom några sekunder.")
    adam.looks_right("reconciliations-started")
    wait_until(lambda: _is_listed(adam, about), "the booking is listed", LIMIT)

    row = adam.page.get_by_role("row").filter(has_text=about)
    expect(row).to_contain_text("Okänd konsultation")
    expect(row).to_contain_text("Behöver dig")
    expect(adam.page.get_by_role("heading", name="Finns bara i schemaläggaren")).to_be_visible()
    adam.looks_right("reconciliations")

    scheduler.cancel(orphan.id)
    wait_until(lambda: not _goes_on(adam), "the run is done", LIMIT)
    adam.press("Starta en avstämning")
    wait_until(lambda: not _is_listed(adam, about), "it is gone", LIMIT)
    adam.follow("Alla, även de som är borta")
    expect(row).to_contain_text("Stämmer nu")


def test_all_runs_can_be_looked_at(visit):
    adam = visit(ADAM)
    wait_until(lambda: not _goes_on(adam), "no run goes on", LIMIT)
    adam.press("Starta en avstämning")
    adam.open("/reconciliations/runs")

    adam.is_at("Alla avstämningar")
    expect(adam.page.get_by_role("row").nth(1)).to_be_visible()
    adam.looks_right("reconciliation-runs")


def test_nobody_else_sees_them(visit):
    anna = visit(ANNA)

    assert anna.page.goto(f"{anna.url}/reconciliations").status == 403


def _is_listed(visitor, about: str) -> bool:
    visitor.open("/reconciliations?kind=only_in_scheduler")
    visitor.is_at("Avstämning")
    return visitor.page.get_by_text(about).count() > 0


def _goes_on(visitor) -> bool:
    """Whether a run does; then no other is started."""
    visitor.open("/reconciliations?kind=only_in_scheduler")
    visitor.is_at("Avstämning")
    return visitor.page.get_by_text("Pågår", exact=True).count() > 0


def _last_free(scheduler: ZoeziScheduler):
    """Place, service product and start of the last free time within some weeks."""
    first = datetime.now(UTC).astimezone(STOCKHOLM).date() + timedelta(days=14)
    found = [
        (place.id, product.id, free.start)
        for place in scheduler.places()
        for product in scheduler.service_products(place.id)
        for free in scheduler.free_times(place.id, product.id, first, first + timedelta(days=14))
    ]
    return max(found, key=lambda one: one[2])
