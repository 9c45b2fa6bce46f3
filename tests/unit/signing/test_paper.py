"""The paper path: the same states, and somebody else who verifies."""

import pytest

from tests.unit.signing.asks import (
    assess,
    built,
    cases,
    not_acceptable,
    refused,
    reject,
    send,
    sign,
    submit_paper,
    verify,
)
from tests.unit.signing.world import ANNA, ERIK, JOHAN, KARIN, SARA

IN_SCAN = {"assessment_in_scan": True}


@pytest.fixture(autouse=True)
def is_built(world):
    built(world)


@pytest.mark.rule("S-3")
@pytest.mark.rule("S-12")
@pytest.mark.parametrize("verifier", [KARIN, SARA])
def test_a_verified_paper_is_registered(world, verifier):
    paper = submit_paper(world, **IN_SCAN)
    assert cases(world)[0]["state"] == "awaits_verification"

    verified = verify(world, paper, verifier)

    assert (verified["state"], verified["diary_number"]) == ("signed", "HMC 2026-000001")
    assert [kind for kind, _ in world.told()] == ["signing.document.taken_on_paper.v1"]
    assert cases(world)[0]["state"] == "released"


@pytest.mark.rule("S-3")
def test_nobody_verifies_what_she_sent_in_or_signed(world):
    paper = submit_paper(world, signatories=[ANNA.hsa_id, KARIN.hsa_id], **IN_SCAN)

    for actor in (JOHAN, KARIN):
        with refused("signing.paper.own"):
            verify(world, paper, actor)
        with refused("signing.paper.own"):
            reject(world, paper, actor)
    with refused("role.may_not"):
        verify(world, paper, ANNA)


@pytest.mark.rule("S-1")
def test_paper_wants_the_prescribers_assessment_too(world):
    paper = submit_paper(world)
    assert world.mailed()[-1][0] == ANNA.hsa_id

    with refused("signing.assessment.missing"):
        verify(world, paper)
    not_acceptable(world, paper)
    with refused("signing.assessment.not_acceptable"):
        verify(world, paper)
    assess(world, paper)
    assert verify(world, paper)["state"] == "signed"


@pytest.mark.rule("S-3")
def test_a_rejected_paper_is_sent_in_again_or_signed_digitally(world):
    rejected = reject(world, submit_paper(world, **IN_SCAN))
    assert (rejected["state"], rejected["reason"]) == ("declined", "Underskriften saknas")

    assert send(world)["version"] == 2


def test_paper_is_not_signed_and_digital_not_verified(world):
    paper = submit_paper(world, **IN_SCAN)
    with refused("signing.job.medium"):
        sign(world, paper)
    reject(world, paper)

    with refused("signing.job.medium"):
        verify(world, send(world))


@pytest.mark.parametrize("day", ["2026-04-16", "2026-04-18"])
def test_paper_is_signed_after_the_adaptation_and_not_in_times_to_come(world, day):
    with refused("signing.paper.day_ahead"):
        submit_paper(world, signed_day=day)


def test_the_prescriber_is_among_those_who_signed(world):
    with refused("signing.signatories.prescriber_missing"):
        submit_paper(world, signatories=[ERIK.hsa_id])
