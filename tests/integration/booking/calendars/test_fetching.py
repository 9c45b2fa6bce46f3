"""Fetching a calendar from an address that somebody has given."""

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contracts.errors import ContractError
from services.booking.calendars.fetching import Fetched, Fetcher
from services.booking.calendars.reading import read_all
from tests.integration.booking.calendars.server import CALENDAR, calendar_server

NOW = datetime(2026, 5, 18, tzinfo=UTC)
HERE = Fetcher(frozenset({"127.0.0.1"}), largest=200_000)
IMPATIENT = replace(HERE, patience=0.2)


@pytest.fixture
def server():
    with calendar_server() as found:
        found.content = CALENDAR.format(start=NOW, end=NOW + timedelta(hours=1)).encode()
        yield found


def refusal(fetcher, address) -> str:
    with pytest.raises(ContractError) as caught:
        fetcher.fetch(address, None)
    return caught.value.code.removeprefix("booking.feed.")


def test_what_is_at_an_allowed_address_is_fetched_with_its_etag(server):
    assert HERE.fetch(server.url, None) == Fetched(server.content, '"1"')


def test_what_has_not_changed_is_not_fetched_again(server):
    assert HERE.fetch(server.url, '"1"') == Fetched(None, '"1"')


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://2130706433:{port}/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[64:ff9b::a00:1]/",
        "ftp://example.se/calendar.ics",
        "file:///etc/passwd",
        "http://user:word@127.0.0.1:{port}/",
    ],
)
def test_an_internal_address_is_not_even_asked(server, address):
    assert refusal(Fetcher(), address.format(port=server.port)) == "address"
    assert server.asked == []


def test_a_redirect_to_an_internal_address_is_not_followed(server):
    with calendar_server() as inner:
        server.status, server.location = 302, f"http://localhost:{inner.port}/"

        assert refusal(HERE, server.url) == "address"
        assert inner.asked == []


def test_a_name_that_leads_inwards_is_refused_whatever_it_is_called(server, monkeypatch):
    inward = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inward)

    assert refusal(Fetcher(), f"http://calendar.example.se:{server.port}/") == "address"


def test_the_machine_that_was_checked_is_the_one_that_is_asked(server, monkeypatch):
    answers = iter(["127.0.0.1", "10.0.0.1"])  # a name that changes its mind

    def look_up(*_args, **_options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), server.port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    name = f"calendar.example.se:{server.port}"
    monkeypatch.setattr(socket, "create_connection", _connected_to(server.port))

    fetcher = replace(HERE, allowed=frozenset({"calendar.example.se"}))
    assert fetcher.fetch(f"http://{name}/", None).content == server.content
    assert server.hosts == [name]


def _connected_to(port):
    def connect(address, *_args, **_options):
        assert address == ("127.0.0.1", port)
        found = socket.socket()
        found.connect(address)
        return found

    return connect


def test_redirects_without_end_are_given_up(server):
    server.status, server.location = 302, server.url

    assert refusal(HERE, server.url) == "refused"
    assert len(server.asked) == HERE.redirects + 1


def test_a_redirect_within_what_is_allowed_is_followed(server):
    with calendar_server() as other:
        other.content = server.content
        server.status, server.location = 301, other.url

        assert HERE.fetch(server.url, None).content == other.content


def test_a_calendar_of_fifty_megabytes_is_left_unread(server):
    server.size = 50_000_000

    assert refusal(HERE, server.url) == "too_large"


def test_a_server_that_never_answers_is_given_up(server):
    server.content = None

    assert refusal(IMPATIENT, server.url) == "no_answer"


def test_a_server_that_is_not_there_is_no_answer():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert refusal(HERE, f"http://127.0.0.1:{free.getsockname()[1]}/") == "no_answer"


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500])
def test_an_address_that_does_not_give_the_calendar_says_so(server, status):
    server.status = status

    assert refusal(HERE, server.url) == "refused"


def question(server, **changed):
    return {
        "address": server.url,
        "etag": None,
        "start": NOW.isoformat(),
        "end": (NOW + timedelta(days=7)).isoformat(),
        "allowed": ["127.0.0.1"],
        "largest": 5_000_000,
    } | changed


@pytest.mark.rule("B-16")
def test_calendars_are_read_in_processes_of_their_own(server):
    found, unchanged, refused = read_all(
        [question(server), question(server, etag='"1"'), question(server, allowed=[])]
    )

    assert (found.busy, found.etag) == (((NOW, NOW + timedelta(hours=1)),), '"1"')
    assert (unchanged.busy, unchanged.problem) == (None, None)
    assert refused.problem == "booking.feed.address"


def test_a_reading_that_takes_too_long_is_ended(server):
    server.content = None

    (found,) = read_all([question(server)], longest=0.1)

    assert found.problem == "booking.feed.no_answer"
