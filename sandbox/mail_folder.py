"""Mails as files: one for each Message-ID, with a note of when and how often it came."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path
from threading import Lock
from typing import Any

from icalendar import Calendar

from sandbox.files import write_private


@dataclass
class Note:
    """What the envelope told of a mail.

    Args:
        copies: how many times a mail with this Message-ID has come; more than one is a
            repetition that the recipient does not see.
    """

    id: str
    number: int  # in order of arrival
    received_at: str
    recipients: list[str]
    copies: int = 1


class MailFolder:
    """The mails in `folder`; what has been taken in is there after a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        notes = (Note(**json.loads(path.read_text())) for path in folder.glob("*.json"))
        self._notes = {note.id: note for note in notes}
        self._lock = Lock()

    def keep(self, content: bytes, recipients: list[str]) -> None:
        """Keep a mail; one whose Message-ID is known already is counted, not kept again."""
        message_id = message_from_bytes(content)["Message-ID"]
        key = hashlib.sha256(message_id.encode() if message_id else content).hexdigest()[:24]
        with self._lock:
            if note := self._notes.get(key):
                note.copies += 1
            else:
                note = Note(key, len(self._notes) + 1, datetime.now(UTC).isoformat(), recipients)
                self._file(key).write_bytes(content)
                self._notes[key] = note
            write_private(self.folder / f"{key}.json", json.dumps(asdict(note)))

    def newest_first(self, recipient: str | None = None) -> list[Note]:
        """The mails to `recipient`, or all."""
        wanted = (recipient or "").casefold()
        notes = [
            note
            for note in self._notes.values()
            if not wanted or wanted in map(str.casefold, note.recipients)
        ]
        return sorted(notes, key=lambda note: note.number, reverse=True)

    def note(self, key: str) -> Note | None:
        return self._notes.get(key)

    def message(self, note: Note) -> EmailMessage:
        return message_from_bytes(self._file(note.id).read_bytes(), policy=policy.default)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.eml"


def readable(note: Note, message: EmailMessage) -> dict[str, Any]:
    """A mail as tests and pages want it."""
    body = message.get_body(("plain", "html"))
    return asdict(note) | {
        "message_id": message["Message-ID"],
        "from": message["From"],
        "to": message["To"],
        "subject": message["Subject"],
        "body": body.get_content() if body else "",
        "attachments": list(_attachments(message, body)),
    }


def parts(message: EmailMessage) -> list[EmailMessage]:
    """The parts of a mail that carry content, in order."""
    return [part for part in message.walk() if not part.is_multipart()]


def content(part: Message) -> bytes:
    """What a part carries, as it was before it was encoded for mail."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(message: EmailMessage, body: Message | None) -> Iterator[dict[str, Any]]:
    for number, part in enumerate(parts(message)):
        if part is not body:
            calendar = part.get_content_type() == "text/calendar"
            yield {
                "number": number,
                "filename": part.get_filename() or ("inbjudan.ics" if calendar else "bilaga"),
                "content_type": part.get_content_type(),
                "size": len(content(part)),
                "events": list(_events(part)) if calendar else [],
            }


def _events(part: EmailMessage) -> Iterator[dict[str, Any]]:
    """The entries of a calendar, their times as ISO 8601."""
    calendar = Calendar.from_ical(content(part))
    for entry in calendar.walk("VEVENT"):
        yield {
            "method": str(calendar.get("METHOD", "PUBLISH")),
            "uid": str(entry.get("UID")),
            "summary": str(entry.get("SUMMARY", "")),
            "location": str(entry.get("LOCATION", "")),
            "description": str(entry.get("DESCRIPTION", "")),
            "status": str(entry.get("STATUS", "")),
            "start": entry.decoded("DTSTART").isoformat(),
            "end": entry.decoded("DTEND").isoformat() if "DTEND" in entry else None,
        }
