"""One field finds orders, work orders, devices, articles and courses."""

import pytest

from contracts.errors.common import NOT_FOUND, ROLE_MAY_NOT, SERVICE_UNAVAILABLE
from gateway.api.openapi import EXAMPLES
from tests.unit.gateway.conftest import OWN, URL, token_of

NOTHING = {"items": [], "more": False}
COURSE = EXAMPLES["CourseViewPage"]["items"][0]
NUMBER = "20000417"


@pytest.fixture
def services(services):
    for name in ("maintenance.list_maintenance_orders", "ordering.list_devices"):
        services.answers[name] = NOTHING
    services.answers["training.list_courses"] = NOTHING
    services.failing["maintenance.get_maintenance_order"] = NOT_FOUND()
    services.failing["ordering.get_work_order"] = NOT_FOUND()
    return services


@pytest.fixture
def look_for(browser, log_in, services):
    def look_for(sought):
        log_in()
        sent = {"sought": sought} | token_of(browser)
        services.messages.clear()
        return browser.post("/search", data=sent, headers=OWN, base_url=URL)

    return look_for


def test_the_only_thing_found_is_shown_at_once(look_for, services):
    services.answers["training.list_courses"] = {"items": [COURSE], "more": False}

    assert look_for("lyft").location == f"/courses/{COURSE['code']}"


def test_of_several_one_is_chosen(look_for, services):
    work = EXAMPLES["WorkOrderView"] | {"work_order_number": NUMBER}
    del services.failing["ordering.get_work_order"]
    services.answers["ordering.get_work_order"] = work
    services.answers["training.list_courses"] = {"items": [COURSE], "more": False}

    page = look_for(NUMBER).text

    assert f'href="/work-orders/{NUMBER}"' in page
    assert f'href="/courses/{COURSE["code"]}"' in page


@pytest.mark.parametrize("sought", ["lyft", NUMBER])
def test_each_service_is_asked_once(look_for, services, sought):
    look_for(sought)

    asked = sorted(name.split(".")[0] for name in services.messages)
    assert asked == ["maintenance", "ordering", "training"]


def test_nothing_found_says_what_to_look_for(look_for):
    assert "Ingenting hittades." in look_for("finns inte").text


def test_what_one_may_not_see_is_not_there(look_for, services):
    services.failing["ordering.list_devices"] = ROLE_MAY_NOT()

    assert "Ingenting hittades." in look_for("lyft").text


def test_a_service_that_is_silent_is_told_of(look_for, services):
    services.failing["training.list_courses"] = SERVICE_UNAVAILABLE()

    page = look_for("lyft").text

    assert "Allt är inte genomsökt." in page
    assert "Ingenting hittades." not in page
