"""Signing as its callers see it: its process over the broker, with real certificates."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from chassis import migrations, settings
from services.signing.pades.verification import verify
from tests.fixtures.databases import execute
from tests.fixtures.processes import wait_until
from tests.integration.signing import live
from tests.unit.signing.asks import refused
from tests.unit.signing.pades.files import document, with_attachment
from tests.unit.signing.world import ANNA, ERIK, JOHAN, STRANGER


@pytest.fixture(scope="module")
def service(database_url, module_vhost, authorities, timestamp_authority, tmp_path_factory):
    """One process for the tests of this module."""
    folder, name = tmp_path_factory.mktemp("signing"), f"test_signing_{uuid4().hex[:8]}"
    url = f"{database_url}/{name}"
    migrations.upgrade("signing", settings.postgres(url))
    told = live.settings(authorities, timestamp_authority, folder / "blobs", url)
    with live.running(url, module_vhost.uri, folder, told) as service:
        yield service
    execute(database_url, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.rule("S-1")
@pytest.mark.rule("S-11")
@pytest.mark.rule("S-12")
def test_a_document_is_signed_registered_and_reported(service, roots):
    job_id = service.assessed()
    signed = service.sign(job_id)
    report = service.call("get_validation_report", job_id=job_id)

    assert signed["state"] == "signed"
    found = verify(service.file(job_id), roots)
    assert found.holds
    (one,) = found.signatures
    assert one.material.diary_number == signed["diary_number"]
    assert one.material.assessment_sha256 == signed["assessment"]["sha256"]
    assert (report["holds"], report["signatures"][0]["level"]) == (True, "B-LT")
    assert report["signatures"][0]["hsa_id"] == ANNA.hsa_id


def test_the_same_signature_ten_times_at_once_is_one(service, roots):
    job_id, command_id = service.assessed(), str(uuid4())

    with ThreadPoolExecutor(10) as callers:
        answers = list(callers.map(lambda _: service.sign(job_id, ANNA, command_id), range(10)))

    assert answers == answers[:1] * 10
    assert len(verify(service.file(job_id), roots).signatures) == 1


@pytest.mark.rule("S-6")
def test_two_who_sign_at_once_are_both_in_the_file(service, roots):
    job_id = service.assessed([ANNA.hsa_id, ERIK.hsa_id])

    with ThreadPoolExecutor(2) as callers:
        list(callers.map(lambda actor: service.sign(job_id, actor), (ANNA, ERIK)))

    found = verify(service.file(job_id), roots)
    assert found.holds
    assert {one.hsa_id for one in found.signatures} == {ANNA.hsa_id, ERIK.hsa_id}
    assert service.call("get_signing_job", job_id=job_id)["state"] == "signed"


@pytest.mark.rule("S-4")
def test_a_file_with_attachments_is_refused_and_the_same_upload_is_the_same(service):
    with refused("signing.document.embedded_content"):
        service.upload(with_attachment())

    assert service.upload(document("ett")) != service.upload(document("ett"))


def test_what_is_anothers_is_not_found(service):
    job_id = service.sent()

    for method in ("get_signing_job", "get_job_document", "get_validation_report"):
        with refused("not_found"):
            service.call(method, STRANGER, job_id=job_id)
    with refused("signing.report.not_signed"):
        service.call("get_validation_report", JOHAN, job_id=job_id)


@pytest.mark.rule("S-7")
def test_a_job_expires_by_the_sweep(service):
    job_id = service.sent()

    with service.world.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE jobs SET expires_at = now() WHERE state = 'open'")

    wait_until(
        lambda: service.call("get_signing_job", job_id=job_id)["state"] == "expired",
        "the sweep has closed it",
    )
