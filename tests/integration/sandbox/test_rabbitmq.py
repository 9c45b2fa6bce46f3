"""The private RabbitMQ node keeps what it confirmed, and keeps to itself."""

from contextlib import closing
from pathlib import Path

import httpx
import pika
import pytest

from sandbox import process


def channel(uri):
    connection = pika.BlockingConnection(pika.URLParameters(uri))
    channel = connection.channel()
    channel.confirm_delivery()
    return closing(connection), channel


@pytest.fixture(scope="module")
def node(private_rabbitmq):
    return private_rabbitmq


def test_a_confirmed_message_survives_a_kill(node):
    uri = node.uri
    connection, publisher = channel(uri)
    with connection:
        publisher.queue_declare("kept", durable=True, arguments={"x-queue-type": "quorum"})
        publisher.basic_publish("", "kept", b"still here", pika.BasicProperties(delivery_mode=2))
    process.wait_until(lambda: is_known(node, "kept"), what="the queue's name on disk", timeout=60)

    node.kill()
    node.start()

    assert node.uri == uri
    connection, consumer = channel(uri)
    with connection:
        assert consumer.basic_get("kept", auto_ack=True)[2] == b"still here"


def test_nothing_listens_beyond_this_machine(node):
    addresses = {address for address, port in listeners() if port in node.ports.values()}

    assert addresses <= {"127.0.0.1", "::1"}


def test_guest_is_refused(node):
    response = httpx.get(
        f"http://127.0.0.1:{node.ports['api']}/api/overview", auth=("guest", "guest")
    )

    assert response.status_code == 401


def test_a_kill_leaves_no_process_behind(node):
    everyone = [node.process.pid, *process.descendants(node.process.pid)]

    node.kill()
    process.wait_until(lambda: not any(map(is_alive, everyone)), what="their end", timeout=60)

    node.start()


def is_known(node, queue):
    """Whether the node has written down that the quorum queue exists."""
    names = next(node.folder.glob("data/*/quorum/*/names.dets"))
    return f"rampen_{queue}".encode() in names.read_bytes()


def listeners():
    """Address and port of every TCP socket of this machine that listens."""
    for family in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{family}").read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, port = local.split(":")
            if state == "0A":
                yield readable(address), int(port, 16)


def readable(address):
    known = {"0100007F": "127.0.0.1", "00000000000000000000000001000000": "::1"}
    return known.get(address, address)


def is_alive(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
