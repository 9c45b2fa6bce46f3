"""Files in and out, and the fresh login that a signature wants."""

import time
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.api import files
from tests.unit.gateway import identity
from tests.unit.gateway.conftest import OWN, URL

JOB = "7e3a5c1b-02d7-4e86-b3f4-5d90a1c6e822"
OTHER_JOB = "0c3f0d7e-8b64-4a3e-9c55-21f0be7f7a10"
PDF = b"%PDF-1.7 make-believe %%EOF"
KEY = {"Idempotency-Key": "first"}
SIGNED = {"assessment_version": 1}


@pytest.fixture
def signing(services):
    """Signing as far as the gateway needs it: it remembers what it is asked."""
    for name in ("register_document", "sign_job", "get_job_document"):
        setattr(services, f"_{name}", lambda message: services.answer)
    services.answer = {}
    return services


@pytest.fixture
def step_up(app, browser):
    """Go through the login for a job; return what the callback answers."""

    def step_up(job_id=JOB, at=None, **claims):
        answer = browser.get(f"/login/signing/{job_id}", base_url=URL)
        sent = parse_qs(urlsplit(answer.location).query)
        told = {"auth_time": at or int(time.time())} | claims
        token = {"id_token": identity.id_token(sent["nonce"][0], **told), "access_token": "unused"}
        app.extensions["identity"].client.fetch_access_token = lambda **_: token
        query = {"code": "one", "state": sent["state"][0]}
        return sent, browser.get("/login/callback", query_string=query, base_url=URL)

    return step_up


def sign(client, job_id=JOB):
    return client.post(
        f"/api/v1/signing-jobs/{job_id}/signature",
        json=SIGNED,
        headers=KEY | OWN,
        base_url=URL,
    )


def login_sent(services):
    name, message, _ = services.asked[-1]
    assert name == "signing.sign_job"
    return message["login"]


@pytest.mark.rule("S-8")
def test_a_signature_carries_the_login_made_for_its_job(browser, log_in, step_up, signing):
    log_in()
    sent, answer = step_up()
    sign(browser)

    assert (sent["prompt"], sent["max_age"]) == (["login"], ["0"])
    assert answer.location == f"/signing/{JOB}"
    login = login_sent(signing)
    assert login["hsa_id"] == identity.ANNA["employeeHsaId"]
    assert (login["given_name"], login["acr"]) == ("Anna", identity.LOA3)


@pytest.mark.rule("S-8")
def test_a_login_is_good_for_its_own_job_alone(browser, log_in, step_up, signing):
    log_in()
    sign(browser)
    assert login_sent(signing) is None

    step_up()
    sign(browser, OTHER_JOB)
    assert login_sent(signing) is None


@pytest.mark.rule("S-8")
def test_a_login_by_somebody_else_is_refused_and_noted_nowhere(browser, log_in, step_up, signing):
    log_in()

    _, answer = step_up(employeeHsaId="SE2321009314-P000000000999")

    assert answer.status_code == 403
    sign(browser)
    assert login_sent(signing) is None


def test_nobody_steps_up_without_being_logged_in(browser):
    assert browser.get(f"/login/signing/{JOB}", base_url=URL).status_code == 401


@pytest.mark.rule("S-8")
def test_a_program_shows_when_its_person_logged_in(app, signing):
    client = app.test_client()
    for auth_time, expected in ((None, None), (1_790_000_000, "2026-09-21T14:13:20+00:00")):
        token = identity.access_token(auth_time=auth_time)
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        sign(client)
        login = login_sent(signing)
        assert (login and login["authenticated_at"]) == expected


def test_a_file_goes_by_the_blob_store(app, program, signing):
    signing.answer = {"document_id": JOB}
    answer = program.post(
        "/api/v1/signing-documents", data=PDF, content_type="application/pdf", headers=KEY
    )

    assert answer.status_code == 201
    _, claim, _ = signing.asked[-1]
    assert claim["size"] == len(PDF)
    assert b"".join(app.extensions["blobs"].read(claim["key"])) == PDF


def test_a_file_of_another_kind_or_too_large_is_refused(program, signing, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    address = "/api/v1/signing-documents"

    wrong = program.post(address, json={}, headers=KEY)
    large = program.post(address, data=PDF, content_type="application/pdf", headers=KEY)

    assert (wrong.status_code, wrong.json["code"]) == (415, "request.not_pdf")
    assert (large.status_code, large.json["code"]) == (413, "request.too_large")
    assert signing.asked == []


@pytest.mark.rule("S-10")
def test_the_document_is_streamed_to_who_may_see_it(app, program, signing):
    blob = app.extensions["blobs"].put(BytesIO(PDF), limit=100)
    signing.answer = vars(blob) | {"file_name": "Specialanpassningsanvisning 60000047.pdf"}

    answer = program.get(f"/api/v1/signing-jobs/{JOB}/document")
    again = program.get(
        f"/api/v1/signing-jobs/{JOB}/document", headers={"If-None-Match": answer.headers["ETag"]}
    )

    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert "60000047.pdf" in answer.headers["Content-Disposition"]
    assert again.status_code == 304
