"""What operators ask of every service: its outbox, and the dead letters of its handlers."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pika
import pytest

from chassis import dead_letters, events
from chassis.context import Context
from chassis.publisher import NotConfirmed
from contracts.actor import Actor
from contracts.errors import Conflict, Forbidden, Invalid, NotFound
from tests.fixtures.processes import ACTOR, Process, wait_until
from tests.fixtures.toys import Toys, engine, rows

QUEUE = "evt-mirror-hear"
DEAD = f"dead.{QUEUE}"
OPERATOR = Actor("SE2120001111-O001", "operator", "SE-U9", "SE-P9")
PATIENCE = 60  # seconds


@dataclass
class Desk:
    """Where an operator asks the toys."""

    toys: Toys
    mirror: Process

    def ask(self, method, service="mirror", actor=OPERATOR, **message):
        return self.toys.rpc.call(service, method, message, Context(actor), PATIENCE)

    def settle(self, method, **message):
        """Have dead letters of mirror's only handler replayed or discarded."""
        return self.ask(method, **({"command_id": str(uuid4()), "handler": "hear"} | message))

    def letters(self, **query):
        return self.ask("list_dead_letters", **query)["items"]

    def ids(self):
        return [letter["event_id"] for letter in self.letters()]

    def handled(self, name, times=1):
        """Wait until mirror has handled so many events of this name."""
        count = partial(self.toys.count, name, "mirror")
        wait_until(lambda: count() >= times, f"{name} is handled", PATIENCE)
        wait_until(lambda: self.waiting(QUEUE) == 0, "what was double is taken", PATIENCE)
        assert count() == times

    def waiting(self, queue):
        with dead_letters.channel(self.toys.amqp_uri) as channel:
            return dead_letters.count(channel, [queue])[queue]


@pytest.fixture
def desk(toys):
    """On toys of its own, which may be hurt."""
    return Desk(toys, toys.start("MirrorService"))


@pytest.fixture(scope="module")
def shared_mirror(shared_toys):
    return Desk(shared_toys, shared_toys.start("MirrorService"))


@pytest.fixture
def shared(shared_mirror):
    """On toys that the tests of this module share, without dead letters."""
    with dead_letters.channel(shared_mirror.toys.amqp_uri) as channel:
        channel.queue_purge(DEAD)
    return shared_mirror


def bury(toys, *names, event_id=None):
    """Put events among the dead letters as a handler that gives up does; return their ids."""
    ids = [event_id or str(uuid4()) for _ in names]
    with dead_letters.channel(toys.amqp_uri) as channel:
        for event_id, name in zip(ids, names, strict=True):
            marks = {
                events.ATTEMPT: 5,
                events.REASON: "ValueError",
                events.FAILED_AT: int(datetime.now(UTC).timestamp()),
                events.QUEUE: QUEUE,
            }
            properties = pika.BasicProperties(
                message_id=event_id, type="tally.tally.added.v1", delivery_mode=2, headers=marks
            )
            body = json.dumps({"name": name}).encode()
            channel.basic_publish("", DEAD, body, properties, mandatory=True)
    return ids


def test_an_event_that_failed_is_seen_replayed_and_handled_once(quick_retries, desk):
    desk.toys.start("TallyService")
    desk.toys.relay().start()
    desk.toys.add("poison-7")  # one attempt, five retries: two are missing
    (letter,) = wait_until(desk.letters, "there is a dead letter", PATIENCE)

    assert (letter["handler"], letter["event_type"]) == ("hear", "tally.tally.added.v1")
    assert (letter["reason"], letter["attempts"]) == ("ValueError", 5)
    assert datetime.now(UTC) - datetime.fromisoformat(letter["failed_at"]) < timedelta(minutes=5)
    assert "poison" not in json.dumps(letter)

    replayed = desk.settle("replay_dead_letters", event_id=letter["event_id"])

    assert replayed == {"count": 1, "waiting": 0}
    desk.handled("poison-7")
    assert desk.letters() == []
    assert rows(engine(desk.toys.mirror_url), "inbox") == 1


def test_what_is_replayed_though_it_was_handled_has_no_second_effect(shared):
    (event_id,) = bury(shared.toys, "once")
    shared.settle("replay_dead_letters", event_id=event_id)
    shared.handled("once")
    bury(shared.toys, "once", event_id=event_id)

    shared.settle("replay_dead_letters", event_id=event_id)

    bury(shared.toys, "after")
    shared.settle("replay_dead_letters")
    shared.handled("after")
    shared.handled("once")


def test_looking_leaves_everything_where_it_is(shared):
    ids = bury(shared.toys, "one", "two", "three", "four", "five")

    pages = [shared.ask("list_dead_letters", limit=2, page=page) for page in (1, 2, 3)]

    assert [page["more"] for page in pages] == [True, True, False]
    assert [page["waiting"] for page in pages] == [5, 5, 5]
    assert [one["event_id"] for page in pages for one in page["items"]] == ids


def test_operators_who_look_at_once_all_see_everything(shared):
    ids = bury(shared.toys, *"abcdefghij")

    with ThreadPoolExecutor(4) as operators:
        seen = list(operators.map(lambda _: shared.ids(), range(8)))

    assert seen == [ids] * 8


def test_all_of_a_handler_are_replayed_at_once(shared):
    bury(shared.toys, "all", "all", "all")

    assert shared.settle("replay_dead_letters") == {"count": 3, "waiting": 0}

    shared.handled("all", 3)
    assert shared.letters() == []


def test_the_same_command_twice_replays_once(shared):
    command_id = str(uuid4())
    bury(shared.toys, "first")
    answer = shared.settle("replay_dead_letters", command_id=command_id)
    (later,) = bury(shared.toys, "later")

    assert shared.settle("replay_dead_letters", command_id=command_id) == answer

    assert shared.ids() == [later]
    with pytest.raises(Conflict):
        shared.settle("discard_dead_letter", command_id=command_id, event_id=later)


def test_a_discarded_event_is_gone_and_the_others_stay(shared):
    gone, kept = bury(shared.toys, "gone", "kept")

    assert shared.settle("discard_dead_letter", event_id=gone) == {"count": 1, "waiting": 1}

    assert shared.ids() == [kept]
    with pytest.raises(NotFound) as refused:
        shared.settle("replay_dead_letters", event_id=gone)
    assert refused.value.code == "operating.dead_letter_gone"


def test_the_log_tells_who_replayed_and_who_discarded(shared):
    first, second = bury(shared.toys, "first", "second")

    shared.settle("replay_dead_letters", event_id=first)
    shared.settle("discard_dead_letter", event_id=second)

    told = shared.mirror.log.read_text()
    assert f"replay_dead_letters by {OPERATOR.hsa_id}: {first} of {DEAD}, 1" in told
    assert f"discard_dead_letter by {OPERATOR.hsa_id}: {second} of {DEAD}, 1" in told


def test_what_has_no_event_id_can_be_settled_too(shared):
    with dead_letters.channel(shared.toys.amqp_uri) as channel:
        channel.basic_publish("", QUEUE, b"\xff{", pika.BasicProperties(), mandatory=True)

    (letter,) = wait_until(shared.letters, "there is a dead letter", PATIENCE)

    assert (letter["event_id"], letter["event_type"], letter["attempts"]) == ("", "", 0)
    assert shared.settle("discard_dead_letter", event_id="")["count"] == 1
    assert shared.letters() == []


@pytest.mark.parametrize("handler", ["nobody", "get_outbox"])
def test_a_handler_that_there_is_not_is_not_found(shared, handler):
    with pytest.raises(NotFound) as refused:
        shared.settle("replay_dead_letters", handler=handler)

    assert refused.value.code == "operating.handler_unknown"


def test_a_handler_is_a_name_and_nothing_else(shared):
    with pytest.raises(Invalid):
        shared.settle("replay_dead_letters", handler="hear; x")


@pytest.mark.rule("P-2")
def test_nobody_but_an_operator_is_answered(shared):
    (kept,) = bury(shared.toys, "kept")
    command = {"command_id": str(uuid4()), "handler": "hear", "event_id": kept}

    for method, message in [
        ("get_outbox", {}),
        ("list_dead_letters", {}),
        ("replay_dead_letters", command),
        ("discard_dead_letter", command),
    ]:
        with pytest.raises(Forbidden):
            shared.ask(method, actor=ACTOR, **message)

    assert shared.ids() == [kept]


def test_the_outbox_tells_how_much_waits_and_since_when(shared):
    assert shared.ask("get_outbox", "tally") == {"waiting": 0, "oldest_at": None}
    for _ in range(3):
        shared.toys.add("waits")

    outbox = shared.ask("get_outbox", "tally")

    assert outbox["waiting"] == 3
    assert datetime.now(UTC) - datetime.fromisoformat(outbox["oldest_at"]) < timedelta(minutes=5)
    shared.toys.relay().start()
    wait_until(lambda: shared.ask("get_outbox", "tally")["waiting"] == 0, "all is told", PATIENCE)


def test_a_replay_that_dies_between_its_two_steps_loses_and_doubles_nothing(desk):
    bury(desk.toys, "half", "half", "half")

    def die(_tag):
        raise NotConfirmed("killed here")

    def replay():
        with dead_letters.channel(desk.toys.amqp_uri) as channel:
            channel.basic_ack = die  # the first is published, and not yet taken off
            dead_letters.replay(channel, [DEAD], None)

    with pytest.raises(NotConfirmed):
        replay()

    wait_until(lambda: desk.waiting(DEAD) == 3, "what it held is back", PATIENCE)
    assert desk.settle("replay_dead_letters")["count"] == 3
    desk.handled("half", 3)
    assert rows(engine(desk.toys.mirror_url), "inbox") == 3


def test_a_service_killed_while_it_replays_loses_and_doubles_nothing(desk):
    bury(desk.toys, *["many"] * 150)

    with ThreadPoolExecutor(1) as operator:
        replaying = operator.submit(desk.settle, "replay_dead_letters")
        wait_until(lambda: desk.waiting(DEAD) < 150, "it is at it", PATIENCE)
        desk.mirror.kill()
        desk.toys.start("MirrorService")
        replaying.exception()  # whether it was answered is no matter

    wait_until(lambda: _replayed_rest(desk) == 150, "all are handled", PATIENCE)
    desk.handled("many", 150)
    assert rows(engine(desk.toys.mirror_url), "inbox") == 150


def _replayed_rest(desk) -> int:
    """What died with the process goes back to its queue in its own time."""
    desk.settle("replay_dead_letters")
    return desk.toys.count("many", "mirror")
