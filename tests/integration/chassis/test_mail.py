"""Mail: written with its transaction, sent once, and never lost while SMTP is away."""

from collections.abc import Iterator
from email import message_from_bytes
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import create_engine, text

from chassis import settings, tables
from chassis.mail import Mailer
from contracts.errors.common import SERVICE_UNAVAILABLE
from tests.fixtures.processes import free_port, wait_until

ADDRESSES = {"SE-1": "anna@example.se", "SE-2": "bo@example.se"}


class Mailbox:
    """Takes mails in, and refuses those of one recipient."""

    def __init__(self) -> None:
        self.mails = []
        self.refused = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address == self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def engine(empty_database):
    engine = create_engine(settings.postgres(empty_database))
    tables.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def port(monkeypatch) -> int:
    port = free_port()
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("MAIL_FROM", "rampen@example.se")
    return port


@pytest.fixture
def mailbox(port) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    yield mailbox
    server.stop()


@pytest.fixture
def start(engine):
    """Start mailers, which end with the test."""
    started = []

    def start(directory=lambda hsa_ids: ADDRESSES) -> Mailer:
        started.append(Mailer("toy", engine, directory))
        started[-1].start()
        return started[-1]

    yield start
    for mailer in started:
        mailer.stop()


def write(engine, recipient="SE-1", subject="Hej", **calendar) -> None:
    row = {"recipient": recipient, "subject": subject, "body": "Åter en rad", **calendar}
    with engine.begin() as connection:
        connection.execute(tables.mails.insert().values(row))


def unsent(engine) -> int:
    with engine.connect() as connection:
        return connection.execute(
            text("SELECT count(*) FROM mails WHERE sent_at IS NULL")
        ).scalar_one()


def test_a_mail_is_sent_once_to_the_address_behind_the_hsa_id(engine, mailbox, start):
    write(engine)
    start()

    wait_until(lambda: unsent(engine) == 0, "the mail is sent")

    (mail,) = mailbox.mails
    assert mail["To"] == "anna@example.se"
    assert mail.get_payload(decode=True).decode() == "Åter en rad\r\n"


def test_two_senders_send_each_mail_once(engine, mailbox, start):
    for number in range(40):
        write(engine, subject=str(number))

    start()
    start()

    wait_until(lambda: unsent(engine) == 0, "all are sent")
    assert sorted(int(mail["Subject"]) for mail in mailbox.mails) == list(range(40))


def test_a_mail_sent_again_has_the_same_message_id(engine, mailbox, start):
    write(engine)
    start()
    wait_until(lambda: unsent(engine) == 0, "the mail is sent")

    with engine.begin() as connection:  # as if the sender had been killed before it marked it
        connection.execute(text("UPDATE mails SET sent_at = NULL"))
    wait_until(lambda: len(mailbox.mails) == 2, "it is sent again")

    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1


def test_mails_wait_while_there_is_no_mail_server(engine, port, start):
    write(engine)
    mailer = start()
    wait_until(lambda: mailer._thread.is_alive(), "the sender tries")

    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()

    wait_until(lambda: unsent(engine) == 0, "the mail is sent")
    server.stop()
    assert len(mailbox.mails) == 1


def test_mails_wait_while_addresses_cannot_be_looked_up(engine, mailbox, start):
    write(engine)
    asked = []

    def directory(hsa_ids):
        asked.append(hsa_ids)
        if len(asked) == 1:
            raise SERVICE_UNAVAILABLE()
        return ADDRESSES

    start(directory)

    wait_until(lambda: unsent(engine) == 0, "the mail is sent")
    assert asked == [["SE-1"], ["SE-1"]]


def test_a_mail_that_is_refused_does_not_hold_up_the_others(engine, mailbox, start):
    mailbox.refused = "bo@example.se"
    write(engine, recipient="SE-2")
    write(engine, recipient="SE-3")  # nobody knows her
    write(engine, recipient="SE-1")

    start()

    wait_until(lambda: len(mailbox.mails) == 1, "the one that can be sent is sent")
    wait_until(lambda: unsent(engine) == 2, "the others are kept")
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT recipient, last_error, attempts > 0 FROM mails WHERE sent_at IS NULL")
        ).all()
    assert sorted(kept) == [
        ("SE-2", "SMTPRecipientsRefused", True),
        ("SE-3", "LookupError", True),
    ]


def test_an_invitation_is_part_of_the_mail_and_a_file(engine, mailbox, start):
    entry = f"BEGIN:VCALENDAR\r\nX-ID:{uuid4()}\r\nEND:VCALENDAR\r\n".encode()
    write(engine, calendar=entry, calendar_method="REQUEST")

    start()

    wait_until(lambda: mailbox.mails, "the mail is sent")
    invitation, file = (
        next(part for part in mailbox.mails[0].walk() if part.get_content_type() == kind)
        for kind in ("text/calendar", "application/ics")
    )
    assert invitation.get_param("method") == "REQUEST"
    assert file.get_filename() == "bokning.ics"
    assert file.get_payload(decode=True) == entry
