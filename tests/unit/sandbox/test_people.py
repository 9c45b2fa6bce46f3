"""Who can log in, and what is told of her."""

import pytest

from sandbox.people import People
from tests.fixtures.nodes import ROOT

ASA = "SE2321000131-E000000000001"


@pytest.fixture
def people():
    return People.read(ROOT / "tests" / "fixtures" / "people.json")


def test_each_commission_is_a_login_of_its_own(people):
    assert [login.role for login in people] == ["Förskrivare", "Kostnadsansvarig", "Tekniker"]


def test_a_person_is_found_by_her_hsa_id_and_in_a_commission_by_both(people):
    assert people.get(ASA).commission["role"] == "prescriber"
    assert people.get(f"{ASA}/SE2321000131-M000000000002").commission["role"] == "cost_responsible"
    assert people.get("SE2321000131-E999") is None


@pytest.mark.rule("P-13")
def test_the_claims_tell_person_and_commission_but_not_her_other_commissions(people):
    claims = people.get(ASA).claims()

    assert claims["sub"] == claims["employeeHsaId"] == ASA
    assert claims["role"] == "prescriber"
    assert "commissions" not in claims
