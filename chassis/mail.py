"""Sends the mails that services' transactions have written; slow or dead SMTP slows nothing else.

The Message-ID is made from the row's id: a mail handed over twice, because the sender was killed in
between, is recognised by the receiver.
"""

import logging
import smtplib
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from threading import Event, Thread
from urllib.parse import unquote, urlsplit
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from chassis import metrics, settings
from contracts.errors import ContractError

BATCH = 50
IDLE = 1.0  # seconds
TIMEOUT = 10  # seconds, for each step of SMTP

#: Mail addresses by HSA-ID, for those of the HSA-IDs that have one.
Directory = Callable[[list[str]], Mapping[str, str]]

_DUE = text(
    "SELECT id, recipient FROM mails WHERE sent_at IS NULL AND due_at <= now()"
    " ORDER BY due_at LIMIT :batch"
)
_ONE = text(
    "SELECT id, subject, body, calendar, calendar_method FROM mails"
    " WHERE id = :id AND sent_at IS NULL FOR UPDATE SKIP LOCKED"
)
_SENT = text("UPDATE mails SET sent_at = now(), attempts = attempts + 1 WHERE id = :id")
_FAILED = text(
    "UPDATE mails SET attempts = attempts + 1, last_error = :error,"
    " due_at = now() + least(power(2, attempts), 3600) * interval '1 second' WHERE id = :id"
)
_AGE = text(
    "SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)"
    " FROM mails WHERE sent_at IS NULL"
)
#: Errors of one mail; any other is the server's, and the mail waits.
_REFUSED = (LookupError, smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
_log = logging.getLogger(__name__)


class Mailer:
    """Sends the mails of one service until told to stop.

    Args:
        directory: where addresses are looked up.
    """

    def __init__(self, source: str, engine: Engine, directory: Directory) -> None:
        self.source = source
        self._engine = engine
        self._directory = directory
        self._server = Server.from_settings()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=f"mail-{source}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=2 * TIMEOUT)

    def _run(self) -> None:
        while not self._stopping.is_set():
            sent = 0
            try:
                sent = self.send_batch()
            except (DBAPIError, ContractError, OSError, smtplib.SMTPException) as error:
                _log.warning("%s mails wait: %s", self.source, type(error).__name__)
            if sent < BATCH:
                self._stopping.wait(IDLE)

    def send_batch(self) -> int:
        """Send the mails that are due; return how many there were.

        Raises:
            ContractError: the addresses could not be looked up.
            OSError, SMTPException: there is no mail server.
        """
        with self._engine.connect() as connection:
            metrics.mail_age.labels(self.source).set(connection.execute(_AGE).scalar_one())
            mails = connection.execute(_DUE, {"batch": BATCH}).all()
        if mails:
            addresses = self._directory(sorted({mail.recipient for mail in mails}))
            with self._server.connect() as smtp:
                for mail in mails:
                    self._send(smtp, mail.id, addresses.get(mail.recipient))
        return len(mails)

    def _send(self, smtp: smtplib.SMTP, mail_id: UUID, address: str | None) -> None:
        """Send one mail and mark it, in a transaction of its own; another sender skips it."""
        with self._engine.begin() as connection:
            mail = connection.execute(_ONE, {"id": mail_id}).one_or_none()
            if mail is None:
                return
            try:
                if address is None:
                    raise LookupError("no address")
                smtp.send_message(message(mail, self._server.sender, address))
            except _REFUSED as error:
                connection.execute(_FAILED, {"id": mail.id, "error": type(error).__name__})
                metrics.mails.labels(self.source, "failed").inc()
            else:
                connection.execute(_SENT, {"id": mail.id})
                metrics.mails.labels(self.source, "sent").inc()


class Server:
    """The mail server of SMTP_URL.

    Args:
        sender: the address that mails come from.
    """

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        if self._url.scheme not in ("smtp", "smtps", "smtp+starttls") or not self._url.hostname:
            raise settings.SettingError("SMTP_URL", "must look like smtps://user:password@host:465")
        self.sender = sender

    @classmethod
    def from_settings(cls) -> "Server":
        return cls(
            settings.read("SMTP_URL"), settings.read("MAIL_FROM", default="rampen@localhost")
        )

    def connect(self) -> smtplib.SMTP:
        url = self._url
        kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
        smtp = kind(url.hostname or "", url.port or 0, timeout=TIMEOUT)
        if url.scheme == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
        if url.username:
            smtp.login(unquote(url.username), unquote(url.password or ""))
        return smtp


def message(mail, sender: str, address: str) -> EmailMessage:
    """The mail as it is sent, with its calendar entry as an invitation and as a file."""
    made = EmailMessage()
    made["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    made["Date"] = format_datetime(datetime.now(UTC))
    made["From"], made["To"], made["Subject"] = sender, address, mail.subject
    made.set_content(mail.body)
    if mail.calendar:
        entry = bytes(mail.calendar).decode()
        made.add_alternative(entry, subtype="calendar", params={"method": mail.calendar_method})
        made.add_attachment(
            bytes(mail.calendar), maintype="application", subtype="ics", filename="bokning.ics"
        )
    return made
