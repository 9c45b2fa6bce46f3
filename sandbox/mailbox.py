"""A mail server that delivers to nobody: it keeps every mail, and shows it on a page.

    python -m sandbox.mailbox --port 9001 --smtp-port 9025 --folder var/mailbox

`/` shows the mails, `/api/mails?recipient=` lists them as JSON, newest first.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from aiosmtpd.controller import Controller
from flask import Flask, Response, abort, render_template, request

from sandbox.mail_folder import MailFolder, Note, content, parts, readable
from sandbox.web import serve

SHOWN = 200  # mails on the page
HERE = ZoneInfo("Europe/Stockholm")
STATES = {"CONFIRMED": "Bekräftad", "CANCELLED": "Inställd", "TENTATIVE": "Preliminär"}


class Receiver:
    """Takes mails in; the sender hears that one is accepted when it is on disk."""

    def __init__(self, mails: MailFolder) -> None:
        self.mails = mails

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.mails.keep(envelope.content, envelope.rcpt_tos)
        return "250 OK"


def create_app(mails: MailFolder) -> Flask:
    """The pages over `mails`."""
    app = Flask(__name__)
    app.add_template_filter(_local_time, "local_time")
    app.add_template_filter(lambda state: STATES.get(state, state), "state")

    def read(note: Note) -> dict:
        return readable(note, mails.message(note))

    @app.get("/")
    def page():
        recipient = request.args.get("recipient")
        notes = mails.newest_first(recipient)[:SHOWN]
        return render_template("mails.html", mails=map(read, notes), recipient=recipient)

    @app.get("/api/mails")
    def listing():
        return [read(note) for note in mails.newest_first(request.args.get("recipient"))]

    @app.get("/mails/<key>")
    def mail(key: str):
        return render_template("mail.html", mail=read(mails.note(key) or abort(404)))

    @app.get("/mails/<key>/parts/<int:number>")
    def part(key: str, number: int):
        return _download(parts(mails.message(mails.note(key) or abort(404))), number)

    return app


def _download(found: list, number: int) -> Response:
    if number >= len(found):
        abort(404)
    name = found[number].get_filename() or "inbjudan.ics"
    response = Response(content(found[number]))
    response.content_type = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _local_time(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(HERE):%Y-%m-%d %H:%M}"


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--smtp-port", type=int, required=True)
@click.option("--folder", type=click.Path(path_type=Path), required=True)
def main(port: int, smtp_port: int, folder: Path) -> None:
    """Run the mailbox."""
    mails = MailFolder(folder)
    smtp = Controller(Receiver(mails), hostname="127.0.0.1", port=smtp_port)
    smtp.start()
    try:
        serve(create_app(mails), port)
    finally:
        smtp.stop()


if __name__ == "__main__":
    main()
