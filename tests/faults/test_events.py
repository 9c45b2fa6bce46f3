"""Events: kept, handled once, tried again, and never lost in silence."""

import json
import signal
from datetime import UTC, datetime, timedelta

import pika
import pytest
from click.testing import CliRunner

from chassis import dead_letters, topology
from chassis.amqp import parameters
from chassis.cli import main
from chassis.publisher import NotConfirmed
from tests.fixtures.processes import wait_until
from tests.fixtures.toys import engine, rows

QUEUE = "evt-mirror-hear"


@pytest.fixture
def letters(monkeypatch, toys):
    """The dead letters of mirror, as the command shows them."""
    monkeypatch.setenv("AMQP_URI", toys.amqp_uri)

    def run(*arguments: str):
        return CliRunner().invoke(main, ["dead-letters", *arguments, "--queue", QUEUE])

    def list_letters():
        return [json.loads(line) for line in run("list", "--json").output.splitlines()]

    list_letters.run = run
    return list_letters


def test_an_event_told_while_no_handler_runs_is_kept(toys):
    toys.start("MirrorService").kill()
    toys.start("TallyService")
    toys.add("kept")
    toys.relay().start()
    wait_until(lambda: toys.unpublished() == 0, "the event is published")

    toys.start("MirrorService")

    wait_until(lambda: toys.count("kept", "mirror") == 1, "mirror has heard of it")


def test_an_event_told_before_any_handler_ever_ran_is_not_dropped(toys):
    toys.start("TallyService")
    with dead_letters.channel(toys.amqp_uri) as channel:
        for queue in topology.shared_queues():
            dead_letters.declare(channel, queue)
    toys.add("early")
    toys.relay().start()
    wait_until(lambda: toys.unpublished() == 0, "the event is published")

    assert _waiting(toys, topology.UNROUTED) == 1


def test_a_relay_killed_between_publishing_and_marking_loses_nothing(toys, monkeypatch):
    toys.start("MirrorService")
    toys.start("TallyService")
    for _ in range(5):
        toys.add("again")
    relay = toys.relay()
    publish, published = relay._publisher.publish, []

    def die_the_first_time(messages):
        publish(messages)
        published.append(len(messages))
        if len(published) == 1:
            raise NotConfirmed("killed here")

    monkeypatch.setattr(relay._publisher, "publish", die_the_first_time)
    relay.start()

    wait_until(lambda: toys.unpublished() == 0, "all is published, for the second time")
    assert published == [5, 5]
    wait_until(lambda: _waiting(toys, QUEUE) == 0, "mirror has handled everything")
    wait_until(lambda: toys.count("again", "mirror") == 5, "each once")
    assert rows(engine(toys.mirror_url), "inbox") == 5


def test_a_relay_process_killed_again_and_again_loses_and_doubles_nothing(toys):
    toys.start("MirrorService")
    toys.start("TallyService")
    for number in range(60):
        toys.add("hard")
        if number % 20 == 10:
            relay = _relay_process(toys)
            wait_until(lambda: toys.unpublished() < 10, "it publishes")
            relay.kill()
    _relay_process(toys)

    wait_until(lambda: toys.unpublished() == 0, "all is published")
    wait_until(lambda: _waiting(toys, QUEUE) == 0, "all is handled")
    wait_until(lambda: toys.count("hard", "mirror") == 60, "each once")


def test_two_relays_publish_each_event_once_and_in_order(toys):
    toys.start("TallyService")
    with dead_letters.channel(toys.amqp_uri) as channel:
        channel.exchange_declare("tally.events", "topic", durable=True)
        channel.queue_declare("seen", durable=True)
        channel.queue_bind("seen", "tally.events", "#")
        for _ in range(2):
            toys.relay().start()
        for number in range(100):
            toys.add(f"n{number}")
        wait_until(lambda: toys.unpublished() == 0, "all is published")

        seen = [json.loads(channel.basic_get("seen", auto_ack=True)[2])["name"] for _ in range(100)]
        assert channel.basic_get("seen")[0] is None

    assert seen == [f"n{number}" for number in range(100)]


def test_two_processes_of_a_service_handle_each_event_once(toys):
    for _ in range(2):
        toys.start("MirrorService")
    toys.start("TallyService")
    toys.relay().start()

    for _ in range(50):
        toys.add("shared")

    wait_until(lambda: toys.count("shared", "mirror") == 50, "all are handled")
    assert rows(engine(toys.mirror_url), "inbox") == 50


def test_a_handler_killed_in_the_middle_handles_the_event_when_it_is_back(toys):
    mirror = toys.start("MirrorService")
    toys.start("TallyService")
    relay = toys.relay()
    relay.start()
    mirror.signal(signal.SIGSTOP)  # events are delivered to it, and not handled
    for _ in range(10):
        toys.add("stopped")
    wait_until(lambda: toys.unpublished() == 0, "all is published")
    mirror.kill()

    toys.start("MirrorService")

    wait_until(lambda: toys.count("stopped", "mirror") == 10, "all are handled")


def test_a_failing_handler_is_tried_again_until_it_succeeds(toys, quick_retries, letters):
    mirror = toys.start("MirrorService")
    toys.start("TallyService")
    toys.relay().start()

    toys.add("poison-3")

    wait_until(lambda: toys.count("poison-3", "mirror") == 1, "the fourth attempt succeeded")
    assert f'events_handled_total{{handler="{QUEUE}",outcome="retried"}} 3.0' in mirror.metrics()
    assert letters() == []


def test_an_event_that_never_succeeds_is_a_dead_letter_with_its_reason(
    toys, quick_retries, letters
):
    mirror = toys.start("MirrorService")
    toys.start("TallyService")
    toys.relay().start()

    toys.add("poison")

    (letter,) = wait_until(letters, "there is a dead letter")
    assert letter["queue"] == QUEUE
    assert letter["event_type"] == "tally.tally.added.v1"
    assert letter["reason"] == "ValueError"
    assert letter["attempts"] == topology.RETRIES
    assert datetime.now(UTC) - datetime.fromisoformat(letter["failed_at"]) < timedelta(minutes=5)
    assert toys.count("poison", "mirror") == 0
    assert "must not show" not in json.dumps(letter)
    assert 'outcome="dead"} 1.0' in mirror.metrics()


def test_looking_at_dead_letters_leaves_them_and_replaying_gives_them_back(
    toys, quick_retries, letters
):
    mirror = toys.start("MirrorService")
    toys.start("TallyService")
    toys.relay().start()
    toys.add("poison-7")  # one attempt, five retries: two are missing
    (letter,) = wait_until(letters, "there is a dead letter")
    assert letters() == [letter]

    replayed = letters.run("replay", letter["event_id"])

    assert replayed.output == "1 replayed\n"
    wait_until(lambda: toys.count("poison-7", "mirror") == 1, "it has succeeded")
    assert letters() == []
    assert mirror.is_alive()


def test_a_dead_letter_can_be_discarded_and_an_unknown_one_is_said_to_be_unknown(
    toys, quick_retries, letters
):
    toys.start("MirrorService")
    toys.start("TallyService")
    toys.relay().start()
    toys.add("poison")
    (letter,) = wait_until(letters, "there is a dead letter")

    assert letters.run("discard", letter["event_id"], "--yes").output == "discarded\n"

    assert letters() == []
    assert letters.run("replay", letter["event_id"]).exit_code == 1


def test_a_message_that_cannot_be_read_is_a_dead_letter_at_once(toys, letters):
    toys.start("MirrorService")
    with dead_letters.channel(toys.amqp_uri) as channel:
        properties = pika.BasicProperties(message_id="not-json", type="tally.tally.added.v1")
        channel.basic_publish("", QUEUE, b"\xff{", properties, mandatory=True)

    (letter,) = wait_until(letters, "there is a dead letter")

    assert letter["event_id"] == "not-json"
    assert letter["attempts"] == 0


def test_what_was_published_can_be_published_again_after_a_restore_without_double_effect(
    toys, monkeypatch
):
    toys.start("MirrorService")
    toys.start("TallyService")
    toys.relay().start()
    toys.add("restored")
    wait_until(lambda: toys.count("restored", "mirror") == 1, "mirror has heard of it")

    monkeypatch.setenv("TALLY_DATABASE_URL", toys.tally_url)
    yesterday = datetime.now(UTC) - timedelta(hours=24)
    since = f"{yesterday:%Y-%m-%dT%H:%M}"
    told = CliRunner().invoke(main, ["publish-again", "tally", "--since", since])

    assert told.output == "1 events of tally will be published again\n"
    wait_until(lambda: toys.unpublished() == 0, "it is published again")
    wait_until(lambda: _waiting(toys, QUEUE) == 0, "and taken")
    assert toys.count("restored", "mirror") == 1


def _relay_process(toys):
    process = toys.make(
        "-m", "chassis.cli", "relay", "tally",
        AMQP_URI=toys.amqp_uri, TALLY_DATABASE_URL=toys.tally_url, SMTP_URL="smtp://127.0.0.1:9",
    )  # fmt: skip
    process.start()
    return process


def _waiting(toys, queue: str) -> int:
    connection = pika.BlockingConnection(parameters(toys.amqp_uri))
    try:
        return connection.channel().queue_declare(queue, passive=True).method.message_count
    finally:
        connection.close()
