"""The login that a signature wants: a fresh one, made for one job and good for it alone.

`/login/signing/<job>` sends the person to the identity provider, which is to ask for her card again
(prompt=login, max_age=0). What it answers is noted in the session beside the job; the signature's
command carries the note, and signing decides whether it suffices.

Source: S-5, S-8; OpenID Connect Core 1.0 §3.1.2.1
"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask import g, session

from gateway.auth.claims import Login

WANTED = {"prompt": "login", "max_age": "0"}
_JOB, _NOTE = "signing_job", "signing_login"


def begin(job_id: str) -> None:
    """The login that follows is for this job; what was noted for another is forgotten."""
    session.pop(_NOTE, None)
    session[_JOB] = job_id


def wanted_for() -> str | None:
    """The job that the present login was begun for, asked for once."""
    job_id: str | None = session.pop(_JOB, None)
    return job_id


def note(job_id: str, login: Login) -> None:
    session[_NOTE] = {"job": job_id, **asdict(login)}


def login_for(job_id: str) -> dict[str, Any] | None:
    """The fresh login for that job, as the contract SignJob has it; None where there is none.

    A program shows by its token when its person logged in.
    """
    login: dict[str, Any] | None = None
    if g.person.login is not None:
        login = asdict(g.person.login)
    elif session.get(_NOTE, {}).get("job") == job_id:
        login = {name: value for name, value in session[_NOTE].items() if name != "job"}
    if login is None or not login["authenticated_at"]:
        return None
    moment = datetime.fromtimestamp(login["authenticated_at"], UTC)
    return login | {"authenticated_at": moment.isoformat()}
