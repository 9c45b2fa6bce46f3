"""Where the sandbox puts things, and what the user's environment changes about it."""

import json
import socket

import pytest

from sandbox import site
from sandbox.errors import SandboxError
from sandbox.files import PORTS, is_free, remembered_ports, stored_secret
from sandbox.site import Site
from sandbox.virtual_hosts import create_virtual_host


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_ports_are_remembered_while_they_are_free(tmp_path):
    first = remembered_ports(tmp_path / "ports.json", "a", "b")

    assert remembered_ports(tmp_path / "ports.json", "a", "b") == first
    assert set(first.values()) <= set(PORTS)


def test_a_remembered_port_that_is_taken_is_replaced(tmp_path, taken_port):
    (tmp_path / "ports.json").write_text(json.dumps({"a": taken_port}))

    port = remembered_ports(tmp_path / "ports.json", "a")["a"]

    assert port != taken_port
    assert is_free(port)


def test_a_secret_is_made_once_and_for_no_one_else_to_read(tmp_path):
    secret = stored_secret(tmp_path / "deep" / "secret")

    assert stored_secret(tmp_path / "deep" / "secret") == secret
    assert (tmp_path / "deep" / "secret").stat().st_mode & 0o077 == 0


def test_a_port_that_was_asked_for_and_is_taken_is_refused_in_a_sentence(tmp_path, taken_port):
    with pytest.raises(SandboxError, match=f"Port {taken_port} is taken: choose another"):
        Site(tmp_path, {"PORT": str(taken_port)})


def test_the_first_free_port_is_taken_when_none_was_asked_for(tmp_path, taken_port, monkeypatch):
    monkeypatch.setattr(site, "FIRST_PORT", taken_port)

    assert Site(tmp_path, {}).port > taken_port


def test_a_server_named_in_the_environment_is_used_and_none_is_started(tmp_path):
    given = {"DATABASE_URL": "postgresql://db:5432/", "AMQP_URI": "amqp://mq/rampen"}

    own = Site(tmp_path, given)

    assert (own.postgres, own.rabbitmq) == (None, None)
    assert own.database_url == "postgresql://db:5432"
    assert own.environment()["AMQP_URI"] == "amqp://mq/rampen"


def test_what_the_user_sets_wins_and_reaches_every_process(tmp_path):
    environment = Site(tmp_path, {"ACTIVITY_WINDOW": "5", "SMTP_URL": "smtp://mail"}).environment()

    assert environment["ACTIVITY_WINDOW"] == "5"
    assert environment["SMTP_URL"] == "smtp://mail"
    assert environment["SANDBOX"] == "1"


@pytest.mark.parametrize(
    ("uri", "vhost"),
    [
        ("amqp://u:p@mq:5672/rampen", "rampen"),
        ("amqp://u:p@mq:5672/%2F", "/"),
        ("amqp://u:p@mq:5672", "/"),
    ],
)
def test_the_virtual_host_and_the_management_plugin_are_found_from_the_address(
    tmp_path, uri, vhost
):
    own = Site(tmp_path, {"AMQP_URI": uri})

    assert own.vhost == vhost
    assert own.rabbitmq_api_uri == "http://u:p@mq:15672"


def test_a_broker_without_its_management_plugin_is_refused_in_a_sentence():
    with pytest.raises(SandboxError, match="set RABBITMQ_API_URI") as refusal:
        create_virtual_host("http://u:secret@127.0.0.1:1", "rampen")

    assert "secret" not in str(refusal.value)
