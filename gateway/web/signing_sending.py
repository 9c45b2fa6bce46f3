"""A technician sends an adaptation's document: to be signed, or as it was signed on paper."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from contracts.errors import signing as errors
from contracts.errors.common import NOT_FOUND
from gateway import bus
from gateway.api import files
from gateway.bus import Method
from gateway.web import times
from gateway.web.forms import Form
from gateway.web.language import gettext as _
from gateway.web.pages import room, show

TEXTS = 256 * 1024  # bytes of a form beside its file
ABOUT_FILE = (
    errors.NOT_PDF,
    errors.DAMAGED,
    errors.TOO_LARGE,
    errors.TOO_COMPLEX,
    errors.NO_PAGES,
    errors.ENCRYPTED,
    errors.ACTIVE_CONTENT,
    errors.EMBEDDED_CONTENT,
    errors.ALREADY_SIGNED,
    errors.DOCUMENT_UNKNOWN,
)
BESIDE = (
    {f"signatories/{at}": "signatories" for at in range(10)}
    | {one.code: "file" for one in ABOUT_FILE}
    | {
        "document_id": "file",
        errors.PRESCRIBER_NOT_AMONG.code: "signatories",
        errors.DAY_AHEAD.code: "signed_day",
    }
)
WAYS: dict[str, tuple[Method, str]] = {
    "document": (bus.signing.send_for_signing, "Handlingen är skickad för underskrift."),
    "paper": (bus.signing.submit_paper, "Handlingen är inskickad. En kollega kontrollerar den."),
}


def _make_room() -> None:
    """Let the file in, which is larger than other forms.

    Raises:
        Invalid: it is larger than any that is signed.
    """
    if (request.content_length or 0) > files.LARGEST + TEXTS:
        raise errors.TOO_LARGE(mebibytes=files.LARGEST >> 20)
    request.max_content_length = files.LARGEST + TEXTS


pages = room("signing_sending", _make_room)


@pages.get("/signing/cases/<uuid:case_id>/<any(document,paper):way>")
def new(case_id: UUID, way: str) -> tuple[str, int]:
    """The form, with the prescriber as signatory."""
    case = _known(str(case_id))
    values = MultiDict({"signatories": case["prescriber"], "signed_day": str(times.today())})
    return show("signing_new.html", case=case, way=way, form=Form(values=values))


@pages.post("/signing/cases/<uuid:case_id>/<any(document,paper):way>")
def send(case_id: UUID, way: str) -> ResponseReturnValue:
    """Take the file in, and send it.

    Source: S-3, S-4
    """
    method, done = WAYS[way]
    form = Form.sent()
    if not _takes_file(form) or not form.send(method, _message(form, str(case_id), way), BESIDE):
        return show("signing_new.html", form.status, case=_known(str(case_id)), way=way, form=form)
    flash(_(done))
    return redirect(f"/signing/{form.answer['job_id']}", 303)


def _takes_file(form: Form) -> bool:
    """Register the file that came, if one did; whether there is nothing wrong with it.

    It stays with the form, so that nobody chooses it again because a title was missing.
    """
    file = request.files.get("file")
    if not file or not file.filename:
        return True
    upload = Form()
    form.values["document_id"] = form.values["document_name"] = ""
    if not upload.send(bus.signing.register_document, vars(files.kept(file.stream)), BESIDE):
        form.refusal, form.errors = upload.refusal, upload.errors
        return False
    form.values["document_id"] = upload.answer["document_id"]
    form.values["document_name"] = file.filename
    return True


def _message(form: Form, case_id: str, way: str) -> dict[str, Any]:
    common = {
        "adaptation_id": case_id,
        **form.given("document_id", "title"),
        "signatories": form.text("signatories").split(),
    }
    if way == "paper":
        is_in_scan = form.is_checked("assessment_in_scan")
        return common | form.given("signed_day") | {"assessment_in_scan": is_in_scan}
    days = {"valid_days": form.number("valid_days")} if form.text("valid_days") else {}
    return common | form.given("description") | days


def _known(case_id: str) -> dict[str, Any]:
    """The built adaptation with this id.

    Raises:
        NotFound: there is none that waits for a document.
    """
    question = {"state": "awaits_document", "adaptation_id": case_id}
    for one in bus.signing.list_signing_cases(question)["items"]:
        return dict(one)
    raise NOT_FOUND()
