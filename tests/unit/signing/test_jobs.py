"""Adaptation documents sent, assessed and signed; who may see and do what."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.signing.pades import errors
from services.signing.processes import REFUSED
from tests.unit.signing.asks import (
    PDF,
    SECRETS,
    assess,
    built,
    cases,
    decline,
    expire,
    listed,
    look_at,
    not_acceptable,
    recall,
    refused,
    send,
    sign,
    upload,
)
from tests.unit.signing.asks import login as fresh
from tests.unit.signing.world import (
    ADAPTATION,
    ANNA,
    COLLEAGUE,
    ERIK,
    JOHAN,
    KARIN,
    PORTAL,
    SARA,
    STRANGER,
)

BOTH = {"signatories": [ANNA.hsa_id, ERIK.hsa_id]}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def job(world):
    built(world)
    return send(world)


def kinds(world):
    return [event_type.split(".")[2] for event_type, _ in world.told()]


@pytest.mark.rule("S-4")
def test_a_built_adaptation_waits_for_its_document_once(world):
    built(world)
    built(world)

    (case,) = cases(world, state="awaits_document")
    assert (case["adaptation_id"], case["job_id"]) == (str(ADAPTATION), None)


@pytest.mark.rule("S-5")
@pytest.mark.rule("S-6")
@pytest.mark.rule("S-9")
def test_the_prescriber_is_told_by_mail_with_a_direct_link(world, job):
    ((recipient, subject, body),) = world.mailed()

    assert recipient == ANNA.hsa_id
    assert "kräver din underskrift" in subject
    assert "När du och alla övriga signatärer har skrivit" in body
    assert f"{PORTAL}/signing/{job['job_id']}" in body
    assert "giltigt till 2024-05-17".replace("2024", "2026") in body
    assert "loggar in med SITHS inloggning med stöd för HSAid" in body


@pytest.mark.rule("S-7")
@pytest.mark.rule("X-24")
def test_a_job_is_valid_for_thirty_days_unless_told(world, job):
    recall(world, job)

    assert job["last_day"] == "2026-05-17"
    assert send(world, valid_days=5)["last_day"] == "2026-04-22"


@pytest.mark.rule("S-1")
def test_the_prescriber_is_always_among_the_signatories(world):
    built(world)

    with refused("signing.signatories.prescriber_missing"):
        send(world, signatories=[ERIK.hsa_id])
    assert [one["hsa_id"] for one in send(world, **BOTH)["signatories"]] == BOTH["signatories"]


def test_one_job_at_a_time(world, job):
    with refused("signing.case.job_out", version=1):
        send(world)


@pytest.mark.parametrize(("error", "refusal"), REFUSED.items())
def test_a_file_that_must_not_be_signed_is_refused_with_its_reason_and_forgotten(
    world, error, refusal
):
    def examine(_pdf):
        raise error("why")

    params = {"mebibytes": 25} if error is errors.TooLarge else {}
    with refused(refusal.code, **params):
        upload(world, examine=examine)
    assert world.files.kept == {}


def test_only_a_technician_uploads_and_sends(world):
    built(world)
    document = upload(world)

    for actor in (ANNA, KARIN):
        with refused("role.may_not"):
            upload(world, actor, pdf=b"%PDF another")
        with refused("role.may_not"):
            send(world, actor, document_id=document["document_id"])
    assert list(world.files.kept.values()) == [PDF]


@pytest.mark.rule("S-10")
def test_a_signatory_sees_title_number_description_status_and_document(world):
    built(world)
    job = send(world, **BOTH)

    seen = look_at(world, job, ERIK)

    assert (seen["title"], seen["description"]) == SECRETS[:2]
    assert (seen["work_order_number"], seen["version"]) == ("60000047", 1)
    assert [one["state"] for one in seen["signatories"]] == ["waiting", "waiting"]
    assert seen["document"]["pages"] == 3
    assert ("job.read", ADAPTATION, ERIK.hsa_id) in world.logged()


def test_a_job_is_seen_by_its_signatories_its_unit_and_the_supply_centre_alone(world, job):
    for actor in (ANNA, COLLEAGUE, JOHAN, SARA, KARIN):
        assert len(listed(world, actor)) == 1
        look_at(world, job, actor)
    for actor in (STRANGER, ERIK):
        assert listed(world, actor) == cases(world, actor) == []
        with refused("not_found"):
            look_at(world, job, actor)
        with refused("not_found"):
            decline(world, job, actor)
        with refused("not_found"):
            sign(world, job, actor)


def test_what_waits_for_me_is_listed(world):
    built(world)
    job = send(world, **BOTH)
    assess(world, job)
    sign(world, job)

    assert listed(world, ANNA, waits_for="me") == []
    assert len(listed(world, ERIK, waits_for="me")) == 1


@pytest.mark.parametrize("sort", ["sent_at", "work_order_number", "individual_number"])
def test_the_jobs_are_listed_as_they_are_asked_for(world, sort):
    for number, device in (("1042002", "HMC3"), ("1042001", "HMC2")):
        adaptation = uuid4()
        built(world, adaptation_id=adaptation, work_order_number=number, individual_number=device)
        send(world, adaptation_id=str(adaptation))

    upwards = [one[sort] for one in listed(world, sort=sort)]
    downwards = [one[sort] for one in listed(world, sort=f"-{sort}")]

    assert upwards == sorted(upwards) == downwards[::-1]
    assert len(upwards) == 2


def test_the_list_tells_which_assessment_a_job_has(world, job):
    [before] = listed(world)
    assess(world, job)
    [after] = listed(world)

    assert (before["assessment_version"], after["assessment_version"]) == (None, 1)


@pytest.mark.parametrize("sort", ["built_at", "work_order_number", "individual_number"])
def test_the_adaptations_are_listed_as_they_are_asked_for(world, sort):
    for number, device in (("1042002", "HMC3"), ("1042001", "HMC2")):
        told = {"work_order_number": number, "individual_number": device}
        built(world, adaptation_id=uuid4(), built_at=world.now(), **told)

    upwards = [one[sort] for one in cases(world, sort=sort)]
    downwards = [one[sort] for one in cases(world, sort=f"-{sort}")]

    assert upwards == sorted(upwards) == downwards[::-1]
    assert len(upwards) > 1


def test_one_adaptation_is_found_among_all(world):
    wanted = uuid4()
    for adaptation in (uuid4(), wanted, uuid4()):
        built(world, adaptation_id=adaptation)

    [found] = cases(world, adaptation_id=str(wanted))

    assert found["adaptation_id"] == str(wanted)
    assert cases(world, adaptation_id=str(uuid4())) == []


@pytest.mark.rule("S-1")
def test_nobody_signs_before_the_assessment(world, job):
    with refused("signing.assessment.missing"):
        sign(world, job)


@pytest.mark.rule("S-1")
def test_the_assessment_is_the_prescribers(world, job):
    for actor in (COLLEAGUE, JOHAN):
        with refused("signing.assessment.not_yours"):
            assess(world, job, actor)


@pytest.mark.rule("S-1")
def test_what_is_not_acceptable_cannot_be_signed_but_declined(world, job):
    not_acceptable(world, job)

    with refused("signing.assessment.not_acceptable"):
        sign(world, job)
    assert decline(world, job)["state"] == "declined"


@pytest.mark.parametrize(
    "wrong",
    [
        {"conclusion": "acceptable", "acceptable": False},
        {"conclusion": "not_acceptable", "acceptable": True},
        {"conclusion": "acceptable_with_measures", "measure": ""},
    ],
)
def test_a_conclusion_follows_from_its_risks(world, job, wrong):
    with refused("signing.assessment.contradicts"):
        assess(world, job, **wrong)


@pytest.mark.rule("S-1")
def test_an_assessment_made_again_is_another_version_with_another_hash(world, job):
    first = assess(world, job)["assessment"]
    second = assess(world, job, description="Fotplattan tar i mattan")["assessment"]

    assert (first["version"], second["version"]) == (1, 2)
    assert first["sha256"] != second["sha256"]
    with refused("signing.assessment.changed", version=2):
        sign(world, job, version=1)
    assert sign(world, job, version=2)["state"] == "signed"


def test_what_somebody_has_signed_is_not_assessed_anew(world):
    built(world)
    job = send(world, **BOTH)
    assess(world, job)
    sign(world, job)

    with refused("signing.assessment.signed"):
        assess(world, job)


@pytest.mark.rule("S-8")
@pytest.mark.parametrize("age", [4 * MINUTE, -2 * MINUTE])
def test_a_signature_wants_a_login_of_the_last_three_minutes(world, job, age):
    assess(world, job)

    with refused("signing.login.not_fresh", minutes=3):
        sign(world, job, login=fresh(world, age=age))
    with refused("signing.login.not_fresh", minutes=3):
        sign(world, job, login=None)
    assert sign(world, job, login=fresh(world, age=2 * MINUTE))["state"] == "signed"


@pytest.mark.rule("S-8")
def test_a_signature_wants_a_login_of_level_three_by_the_signatory(world, job):
    assess(world, job)

    with refused("signing.login.level"):
        sign(world, job, login=fresh(world, acr="http://id.sambi.se/loa/loa2"))
    with refused("signing.login.other_person"):
        sign(world, job, login=fresh(world, COLLEAGUE))
    with refused("signing.signatory.not_you"):
        sign(world, job, COLLEAGUE)


@pytest.mark.rule("S-11")
@pytest.mark.rule("S-12")
def test_the_last_signature_registers_the_document_and_tells_everybody(world, job):
    assess(world, job)
    signed = sign(world, job)

    assert (signed["state"], signed["diary_number"]) == ("signed", "HMC 2026-000001")
    ((event_type, event),) = world.told()
    assert event_type == "signing.document.signed.v1"
    assert event["diary_number"] == "HMC 2026-000001"
    assert {mail[0] for mail in world.mailed()[1:]} == {ANNA.hsa_id, JOHAN.hsa_id}
    assert cases(world, state="released")[0]["diary_number"] == "HMC 2026-000001"
    with refused("signing.case.released"):
        send(world)


@pytest.mark.rule("S-6")
def test_a_document_is_released_when_all_have_signed(world):
    built(world)
    job = send(world, **BOTH)
    assess(world, job)

    assert sign(world, job, ERIK)["state"] == "open"
    assert kinds(world) == []
    with refused("signing.signatory.signed"):
        sign(world, job, ERIK)
    assert sign(world, job, ANNA)["state"] == "signed"
    assert kinds(world) == ["signed"]


def test_who_signs_at_the_same_time_signs_the_others_file(world):
    built(world)
    job = send(world, **BOTH)
    assess(world, job)

    world.signer.meanwhile.append(lambda: sign(world, job, ERIK))
    done = sign(world, job, ANNA)

    assert done["state"] == "signed"
    last = max(world.files.kept.values(), key=len).decode()
    assert f"{ERIK.hsa_id} 1" in last
    assert f"{ANNA.hsa_id} 2" in last


def test_without_a_timestamp_nothing_is_signed(world, job):
    assess(world, job)
    world.signer.is_away = True

    with refused("signing.timestamp.unavailable"):
        sign(world, job)
    assert look_at(world, job)["signatures"] == 0
    world.signer.is_away = False
    assert sign(world, job)["diary_number"] == "HMC 2026-000001"


@pytest.mark.rule("S-10")
def test_a_declined_document_comes_back_as_a_new_version(world):
    built(world)
    job = send(world, **BOTH)
    assess(world, job)
    sign(world, job, ERIK)
    before = len(world.mailed())

    declined = decline(world, job)

    assert (declined["reason"], kinds(world)) == ("Plattan är för kort", ["declined"])
    told = {mail[0] for mail in world.mailed()[before:]}
    assert told == {ANNA.hsa_id, ERIK.hsa_id, JOHAN.hsa_id}
    again = send(world, **BOTH)
    assert (again["version"], again["assessment"]) == (2, None)
    assert [one["version"] for one in listed(world, adaptation_id=str(ADAPTATION))] == [2, 1]


def test_what_is_closed_stays_closed(world, job):
    assess(world, job)
    decline(world, job)

    for again in (assess, sign, decline, recall):
        with refused("signing.job.state", state="declined"):
            again(world, job)


def test_only_a_technician_recalls(world, job):
    for actor in (ANNA, KARIN):
        with refused("role.may_not"):
            recall(world, job, actor)
    assert recall(world, job, SARA)["state"] == "recalled"
    assert kinds(world) == []


@pytest.mark.rule("S-7")
def test_a_job_whose_time_is_over_is_not_signed_even_before_the_sweep(world, job):
    assess(world, job)
    world.time += 31 * DAY

    with refused("signing.job.expired", last_day="2026-05-17"):
        sign(world, job)


@pytest.mark.rule("S-7")
def test_a_job_expires_once_and_is_sent_again(world, job):
    world.time += 31 * DAY

    assert [expire(world), expire(world)] == [1, 0]
    assert kinds(world) == ["expired"]
    assert {mail[0] for mail in world.mailed()[1:]} == {ANNA.hsa_id, JOHAN.hsa_id}
    assert send(world)["version"] == 2


def test_neither_mails_nor_events_say_what_was_written(world, job):
    assess(world, job)
    decline(world, job)

    everything = repr([world.told(), world.mailed()])
    assert [secret for secret in SECRETS if secret in everything] == []
