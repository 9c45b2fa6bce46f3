"""A web server for calendars that behaves as badly as one wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTAMP:20260501T080000Z\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
    "DTEND:{end:%Y%m%dT%H%M%SZ}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@dataclass
class CalendarServer:
    """
    Args:
        content: what it serves, under the ETag; None: it never answers.
        size: when not 0, it sends that many bytes more.
        asked: the If-None-Match of each request.
    """

    content: bytes | None = b""
    status: int = 200
    etag: str = '"1"'
    location: str = ""
    size: int = 0
    asked: list[str | None] = field(default_factory=list)
    hosts: list[str | None] = field(default_factory=list)
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/calendar.ics"


class Handler(BaseHTTPRequestHandler):
    told: CalendarServer

    def do_GET(self) -> None:
        self.told.asked.append(self.headers["If-None-Match"])
        self.told.hosts.append(self.headers["Host"])
        if self.told.content is None:
            self.told.over.wait(60)
        elif self.headers["If-None-Match"] == self.told.etag:
            self.send_response(304)
            self.end_headers()
        else:
            self._head()
            self._body()

    def _head(self) -> None:
        self.send_response(self.told.status)
        self.send_header("ETag", self.told.etag)
        if self.told.location:
            self.send_header("Location", self.told.location)
        self.end_headers()

    def _body(self) -> None:
        with suppress(OSError):  # the reader has had enough
            self.wfile.write(self.told.content or b"")
            for _ in range(self.told.size // 65536):
                self.wfile.write(b"x" * 65536)

    def log_message(self, *_args: object) -> None:
        """Nobody reads it."""


@contextmanager
def calendar_server() -> Iterator[CalendarServer]:
    told = CalendarServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Handler,), {"told": told}))
    told.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield told
    finally:
        told.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
