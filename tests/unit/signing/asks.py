"""What the tests ask of signing."""

from contextlib import contextmanager
from hashlib import sha256
from uuid import uuid4

import pytest

from contracts import signing as contract
from contracts.errors import ContractError
from services.signing import reading, use_cases, views
from services.signing.pades.examination import Facts
from services.signing.processes import Signing, Uploading
from tests.unit.signing.world import (
    ADAPTATION,
    ANNA,
    BUILT,
    JOHAN,
    KARIN,
    LETTERS,
    LOA3,
    RISK,
    RULES,
)

PDF = b"%PDF-1.7 a make-believe document %%EOF"
SECRETS = ("Specialanpassad fotplatta", "Förlängd fotplatta", "tröskeln", "för kort")


def built(world, **changes):
    with world.transaction(JOHAN) as tx:
        use_cases.open_case(tx, BUILT | changes)


def facts(pdf):
    return Facts(pages=3, size=len(pdf), sha256=sha256(pdf).hexdigest())


def upload(world, actor=JOHAN, pdf=PDF, examine=facts, command_id=None):
    kept = world.files.keep(pdf)
    told = {"command_id": command_id or str(uuid4()), **vars(kept)}
    uploading = Uploading(world.database(actor), world.files, RULES, examine)
    return uploading.register(contract.RegisterDocument.read(told), b"mark")


def send(world, actor=JOHAN, **changes):
    told = {
        "command_id": str(uuid4()),
        "adaptation_id": str(ADAPTATION),
        "title": SECRETS[0],
        "description": SECRETS[1],
    } | changes
    if "document_id" not in told:
        told["document_id"] = upload(world)["document_id"]
    with world.transaction(actor) as tx:
        command = contract.SendForSigning.read(told)
        return views.job_view(use_cases.send_for_signing(tx, command, RULES, LETTERS))


def submit_paper(world, actor=JOHAN, **changes):
    told = {
        "command_id": str(uuid4()),
        "adaptation_id": str(ADAPTATION),
        "document_id": upload(world)["document_id"],
        "title": SECRETS[0],
        "signatories": [ANNA.hsa_id],
        "signed_day": "2026-04-17",
    } | changes
    with world.transaction(actor) as tx:
        command = contract.SubmitPaper.read(told)
        return views.job_view(use_cases.submit_paper(tx, command, RULES, LETTERS))


def assess(world, job, actor=ANNA, conclusion="acceptable", **changes):
    told = _of(job) | {"risks": [RISK | changes], "conclusion": conclusion}
    with world.transaction(actor) as tx:
        return views.job_view(use_cases.assess_risk(tx, contract.AssessRisk.read(told), RULES))


def not_acceptable(world, job):
    return assess(world, job, conclusion="not_acceptable", acceptable=False)


def login(world, actor=ANNA, age=None, **changes):
    moment = world.now() if age is None else world.now() - age
    return {
        "hsa_id": actor.hsa_id,
        "given_name": "Anna",
        "family_name": "Lindqvist",
        "acr": LOA3,
        "authenticated_at": moment.isoformat(),
    } | changes


def sign(world, job, actor=ANNA, version=1, command_id=None, **changes):
    told = {"assessment_version": version, "login": login(world, actor)} | changes
    told |= {"job_id": job["job_id"], "command_id": command_id or str(uuid4())}
    signing = Signing(world.database(actor), world.files, world.signer, LETTERS, RULES)
    return signing.sign(contract.SignJob.read(told), b"mark")


def decline(world, job, actor=ANNA, reason="Plattan är för kort"):
    return _do(world, use_cases.decline, contract.DeclineJob, job, actor, reason=reason)


def recall(world, job, actor=JOHAN, reason="Fel handling"):
    return _do(world, use_cases.recall, contract.RecallJob, job, actor, reason=reason)


def verify(world, job, actor=KARIN):
    return _do(world, use_cases.verify_paper, contract.VerifyPaper, job, actor)


def reject(world, job, actor=KARIN, reason="Underskriften saknas"):
    return _do(world, use_cases.reject_paper, contract.RejectPaper, job, actor, reason=reason)


def expire(world):
    return use_cases.expire(world.database(), LETTERS)


def look_at(world, job, actor=ANNA):
    with world.transaction(actor) as tx:
        return views.job_view(reading.look_at(tx, _id(job), RULES))


def listed(world, actor=ANNA, **query):
    with world.transaction(actor) as tx:
        found, _ = reading.jobs(tx, contract.ListSigningJobs.read(query), RULES)
        return [views.job_summary(one) for one in found]


def cases(world, actor=JOHAN, **query):
    with world.transaction(actor) as tx:
        found, _ = reading.page(tx, contract.ListSigningCases.read(query), RULES)
        return [views.case_view(one) for one in found]


@contextmanager
def refused(code: str, **params):
    """The block is refused with this code, and these values for its texts."""
    with pytest.raises(ContractError) as refusal:
        yield refusal
    assert (refusal.value.code, refusal.value.params) == (code, params)
    assert not [secret for secret in SECRETS if secret in repr(refusal.value.args)]


def _do(world, use_case, takes, job, actor, **more):
    with world.transaction(actor) as tx:
        return views.job_view(use_case(tx, takes.read(_of(job) | more), RULES, LETTERS))


def _of(job):
    return {"command_id": str(uuid4()), "job_id": job["job_id"]}


def _id(job):
    return contract.GetSigningJob.read({"job_id": job["job_id"]})["job_id"]
