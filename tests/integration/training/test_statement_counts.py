"""How many SQL statements each use case takes, whatever the number of people or rows.

A connection that has just been opened asks the server a few things of its own: not counted.
"""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.integration.training.asks import announce, enrol, give_back, sweep, withdraw
from tests.unit.training.world import ANNA, BO


@contextmanager
def statements(training):
    """Count what reaches the database in a block."""
    training.statements.clear()
    counted = []
    yield counted
    counted.extend(training.statements)


@pytest.mark.parametrize("people", [1, 30])
def test_enrolling_withdrawing_and_giving_back_do_not_grow_with_the_people(training, people):
    occasion_id = announce(training, seats=1)
    first, *_ = [
        enrol(training, occasion_id, replace(ANNA, hsa_id=f"SE2321000131-Q{at}"))
        for at in range(people)
    ]

    with statements(training) as enrolled:
        enrol(training, occasion_id, BO)
    with statements(training) as given_back:
        give_back(training, first, replace(ANNA, hsa_id="SE2321000131-Q0"))
    with statements(training) as withdrawn:
        withdraw(training, occasion_id)

    assert (len(enrolled), len(given_back), len(withdrawn)) == (5, 4, 4)


@pytest.mark.parametrize("occasions", [1, 20])
def test_a_sweep_takes_the_same_whatever_is_due(training, occasions):
    for _ in range(occasions):
        occasion_id = announce(training, seats=1)
        seat = enrol(training, occasion_id, ANNA)
        enrol(training, occasion_id, BO)
        give_back(training, seat, ANNA)
    training.do("UPDATE occasions SET offered_until = now() - interval '1 second'")
    training.do("UPDATE enrolments SET offered_until = now() WHERE state = 'offered'")

    with statements(training) as counted:
        assert sweep(training) == occasions

    assert len(counted) == 4


def test_a_sweep_with_nothing_due_takes_one_statement(training):
    with statements(training) as counted:
        assert sweep(training) == 0

    assert len(counted) == 1
