"""An operator sees whether every part answers, and settles what was given up on."""

import json
import re
from uuid import uuid4

import pika
import pytest
from playwright.sync_api import expect

from chassis import dead_letters
from sandbox import control
from sandbox.rabbitmq import RabbitMQ
from tests.fixtures.processes import wait_until
from tests.journeys.pages.keyboard import Keyboard

pytestmark = pytest.mark.timeout(240)
ADAM, ANNA = "Adam Ström", "Anna Lindqvist"


@pytest.fixture
def unreadable(suite):
    """Have booking told an event that nobody can read; return its id."""

    def tell() -> str:
        event_id = str(uuid4())
        properties = pika.BasicProperties(
            message_id=event_id, type="ordering.consultation.requested.v1", delivery_mode=2
        )
        with dead_letters.channel(_broker(suite.folder)) as channel:
            queue = "evt-booking-open_activity"
            channel.basic_publish("", queue, b"no JSON", properties, mandatory=True)
        return event_id

    return tell


def test_an_operator_sees_that_a_part_is_silent_and_that_it_answers_again(visit, suite):
    adam = visit(ADAM)
    adam.open("/")
    adam.follow("Se hur delarna mår")
    expect(adam.page.get_by_role("row", name="Utbildning Svarar")).to_be_visible()
    adam.looks_right("operations")

    with control.paused(suite.folder, "training"):
        adam.open("/operations")
        adam.sees("Svarar inte")

    adam.open("/operations")
    expect(adam.page.get_by_text("Svarar inte")).to_have_count(0)


def test_an_operator_replays_and_discards_a_dead_letter_by_keyboard_alone(visit, unreadable):
    adam = visit(ADAM)
    adam.open("/operations")
    event_id = unreadable()
    adam.sees(event_id)  # the list renews itself
    adam.sees("ordering.consultation.requested.v1")
    adam.looks_right("operations-dead-letter")
    keys = Keyboard(adam.page)

    keys.go_to(re.compile(rf"Spela om\s+{event_id}"))
    keys.press("Enter")

    adam.sees("Återlämnade till mottagaren: 1.")
    wait_until(lambda: _is_listed(adam, event_id), "it is given up on again", 60)
    keys.go_to(re.compile(rf"Kasta …\s+{event_id}"))
    keys.press("Enter")
    adam.is_at("Kasta ett dött brev")
    adam.sees("Det går inte att ångra.")
    adam.looks_right("operations-disposal")
    keys.go_to("Kasta för gott")
    keys.press("Enter")
    adam.sees("Det döda brevet är kastat.")
    expect(adam.page.get_by_text(event_id)).to_have_count(0)


def test_nobody_else_sees_it(visit):
    anna = visit(ANNA)

    assert anna.page.goto(f"{anna.url}/operations").status == 403
    assert anna.page.goto(f"{anna.url}/operations/disposal?service=booking").status == 403


def _is_listed(visitor, event_id: str) -> bool:
    visitor.open("/operations")
    return visitor.page.get_by_text(event_id).count() > 0


def _broker(folder) -> str:
    """Where the suite's broker answers: it runs, so its ports must not be chosen anew."""
    node = RabbitMQ(folder / "rabbitmq")
    node.ports = json.loads((folder / "rabbitmq" / "ports.json").read_text())
    return node.uri
