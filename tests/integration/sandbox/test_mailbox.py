"""The mailbox keeps every mail once, and shows what is in it."""

import smtplib
from email.message import EmailMessage

import httpx
import pytest

from sandbox.files import free_port

INVITATION = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Rampen//SV
METHOD:REQUEST
BEGIN:VEVENT
UID:activity-1@rampen
DTSTAMP:20261001T080000Z
DTSTART:20261005T070000Z
DTEND:20261005T080000Z
SUMMARY:Konsultation rullstol
LOCATION:Borås
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
"""


class Mailbox:
    """A mailbox that can be written to and read."""

    def __init__(self, address, smtp_port):
        self.address, self.smtp_port = address, smtp_port

    def send(self, recipient, *, message_id, calendar=None):
        mail = EmailMessage()
        mail["To"], mail["From"] = recipient, "rampen@example.se"
        mail["Subject"], mail["Message-ID"] = "Tid bokad på hjälpmedelscentralen", message_id
        mail.set_content("Välkommen måndag kl. 9 <hej>.")
        if calendar:
            mail.add_attachment(calendar, subtype="calendar", filename="tid.ics")
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as smtp:
            smtp.send_message(mail)

    def mails(self, recipient):
        return self.get("/api/mails", recipient=recipient).json()

    def get(self, path, **parameters):
        return httpx.get(self.address + path, params=parameters)


@pytest.fixture(scope="module")
def run_mailbox(run_module):
    def run(folder):
        smtp_port = free_port()
        arguments = ["--smtp-port", smtp_port, "--folder", folder]
        return run_module("sandbox.mailbox", *arguments), smtp_port

    return run


@pytest.fixture(scope="module")
def mailbox(run_mailbox, tmp_path_factory):
    server, smtp_port = run_mailbox(tmp_path_factory.mktemp("mailbox"))
    with server as address:
        yield Mailbox(address, smtp_port)


def test_a_mail_sent_twice_is_one_and_says_so(mailbox):
    mailbox.send("asa@example.se", message_id="<same@rampen>")
    mailbox.send("asa@example.se", message_id="<same@rampen>")

    [mail] = mailbox.mails("Asa@example.se")
    assert (mail["message_id"], mail["copies"]) == ("<same@rampen>", 2)


def test_the_newest_mail_comes_first_and_each_person_has_her_own(mailbox):
    mailbox.send("lars@example.se", message_id="<first@rampen>")
    mailbox.send("other@example.se", message_id="<other@rampen>")
    mailbox.send("lars@example.se", message_id="<second@rampen>")

    assert [mail["message_id"] for mail in mailbox.mails("lars@example.se")] == [
        "<second@rampen>",
        "<first@rampen>",
    ]


def test_a_calendar_entry_is_readable_as_data_and_on_the_page(mailbox):
    mailbox.send("eva@example.se", message_id="<invitation@rampen>", calendar=INVITATION)

    [mail] = mailbox.mails("eva@example.se")
    [attachment] = mail["attachments"]
    [event] = attachment["events"]
    page = mailbox.get(f"/mails/{mail['id']}").text
    assert event["start"] == "2026-10-05T07:00:00+00:00"
    assert "2026-10-05 09:00" in page  # in Sweden
    assert "Konsultation rullstol (Bekräftad)" in page
    assert "&lt;hej&gt;" in page
    download = mailbox.get(f"/mails/{mail['id']}/parts/{attachment['number']}")
    assert "UID:activity-1@rampen" in download.text


def test_the_list_shows_subject_and_recipient(mailbox):
    mailbox.send("sven@example.se", message_id="<list@rampen>")

    page = mailbox.get("/", recipient="sven@example.se").text
    assert "sven@example.se" in page
    assert "Tid bokad på hjälpmedelscentralen" in page


def test_mails_and_their_count_survive_a_restart(run_mailbox, tmp_path):
    server, smtp_port = run_mailbox(tmp_path)
    with server as address:
        Mailbox(address, smtp_port).send("asa@example.se", message_id="<kept@rampen>")

    server, smtp_port = run_mailbox(tmp_path)
    with server as address:
        mailbox = Mailbox(address, smtp_port)
        mailbox.send("asa@example.se", message_id="<kept@rampen>")
        mailbox.send("asa@example.se", message_id="<new@rampen>")

        assert [(mail["message_id"], mail["copies"]) for mail in mailbox.mails(None)] == [
            ("<new@rampen>", 1),
            ("<kept@rampen>", 2),
        ]
