"""An operator sees whether every part answers."""

import pytest
from playwright.sync_api import expect

from sandbox import control

pytestmark = pytest.mark.timeout(240)
ADAM, ANNA = "Adam Ström", "Anna Lindqvist"


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


def test_nobody_else_sees_it(visit):
    anna = visit(ANNA)

    assert anna.page.goto(f"{anna.url}/operations").status == 403
