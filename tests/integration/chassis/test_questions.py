"""Several questions in one message, over a real broker and a real database."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from chassis.rpc_client import RemoteFailure, result
from contracts.errors import Invalid
from contracts.questions import MOST
from tests.fixtures.toys import engine

NAPPING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND state = 'active' AND query LIKE 'SELECT pg_sleep%'"
)


def ask(toys, *questions, **options):
    """The replies to questions of a method and its message."""
    asked = [{"method": method, "message": message} for method, message in questions]
    return toys.call("answer_all", questions=asked, **options)["items"]


def count(name, **message):
    return "count", {"name": name} | message


def test_each_question_has_its_own_answer_in_their_order(shared_toys):
    shared_toys.add("one")
    for _ in range(2):
        shared_toys.add("two")

    answers = ask(shared_toys, count("two"), count("one"), count("none"))

    assert [result(one) for one in answers] == [{"count": 2}, {"count": 1}, {"count": 0}]


def test_a_question_that_is_refused_spoils_no_other(shared_toys):
    shared_toys.add("beside")

    wrong, right = ask(shared_toys, ("count", {"typo": 1}), count("beside"))

    assert result(right) == {"count": 1}
    with pytest.raises(Invalid) as refused:
        result(wrong)
    assert set(refused.value.fields) == {"name", "typo"}


def test_a_question_that_fails_spoils_no_other_and_says_nothing_of_why(shared_toys):
    shared_toys.add("sound")

    broken, sound = ask(shared_toys, count("a\0text"), count("sound"))

    assert result(sound) == {"count": 1}
    with pytest.raises(RemoteFailure) as failed:
        result(broken)
    assert "text" not in str(failed.value)


@pytest.mark.parametrize("method", ["add", "answer_all", "nothing", "database", "__init__"])
def test_nothing_but_questions_is_asked_so(shared_toys, method):
    with pytest.raises(Invalid):
        result(ask(shared_toys, (method, {"name": "never"}))[0])

    assert shared_toys.count("never") == 0


@pytest.mark.parametrize("questions", [0, MOST + 1])
def test_none_and_too_many_are_refused(shared_toys, questions):
    with pytest.raises(Invalid) as refused:
        ask(shared_toys, *[count("x")] * questions)

    assert set(refused.value.fields) == {"questions"}


def test_questions_that_wait_for_another_system_wait_at_once(shared_toys):
    started = time.monotonic()

    ask(shared_toys, *[("doze", {"name": "x", "nap": 2.0})] * 4)

    assert time.monotonic() - started < 5  # one after the other they would take 8


def test_several_questions_take_one_connection_to_the_database(shared_toys):
    asked = [count("x", nap=0.3)] * 4
    afresh = engine(shared_toys.tally_url).execution_options(isolation_level="AUTOCOMMIT")
    with ThreadPoolExecutor(1) as caller, afresh.connect() as connection:
        answers = caller.submit(ask, shared_toys, *asked)
        napping = [connection.execute(NAPPING).scalar_one()]
        while not answers.done():
            napping.append(connection.execute(NAPPING).scalar_one())

    assert len(answers.result()) == 4
    assert max(napping) == 1
