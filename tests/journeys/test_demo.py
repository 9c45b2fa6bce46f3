"""The demo is a test too: it plays the whole story against the running suite."""

import pytest


@pytest.mark.timeout(300)
@pytest.mark.rule("B-4")
@pytest.mark.rule("B-5")
@pytest.mark.rule("B-6")
@pytest.mark.rule("B-8")
@pytest.mark.rule("B-9")
@pytest.mark.rule("B-11")
@pytest.mark.rule("S-1")
@pytest.mark.rule("S-8")
@pytest.mark.rule("S-10")
@pytest.mark.rule("T-1")
@pytest.mark.rule("T-31")
def test_a_case_goes_from_order_to_booking_and_closing_whatever_is_killed_meanwhile(suite):
    told = suite.command("sandbox.demo")

    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.endswith("Everything is so.\n")
    assert "NOT SO" not in told.stdout
