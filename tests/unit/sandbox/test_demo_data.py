import json
from collections import Counter
from datetime import date, time
from importlib.resources import files

import pytest

from contracts.identity import is_hsa_id, is_organisation_number, person_number
from contracts.ordering import ARTICLE_NUMBER, CUSTOMER_NUMBER
from sandbox.demo_data import ROLES, DemoData, build, write_people
from sandbox.demo_data.customers import PRESENT
from sandbox.demo_data.patients import test_numbers as published_numbers

MUNICIPALITIES = 12


@pytest.fixture(scope="module")
def data() -> DemoData:
    return build()


def test_the_same_seed_gives_the_same_data(data):
    assert build(seed=1) == data


def test_another_seed_gives_other_people_in_the_same_organisation(data):
    other = build(seed=2)

    assert (other.units, other.customers) == (data.units, data.customers)
    assert other.patients != data.patients
    assert other.people[:3] == data.people[:3]  # the headline people
    assert other.people != data.people


def test_it_has_the_sizes_of_a_small_region(data):
    assert Counter(one.kind for one in data.principals) == {
        "region": 1,
        "municipality": MUNICIPALITIES,
    }
    assert len(data.agreements) == 5
    assert len(data.articles) == 200
    assert len(data.patients) == 1000
    assert 40 <= len(data.people) <= 50


def test_everything_has_a_number_of_its_own(data):
    for many in (
        [one.hsa_id for one in (*data.principals, *data.units, *data.people)],
        [held.hsa_id for person in data.people for held in person.commissions],
        [one.number for one in data.customers],
        [one.number for one in data.stores],
        [one.number for one in data.articles],
        [one.email for one in data.people],
        [one.case_number for one in data.permissions],
        [one.id for one in data.patients],
        [one.personal_identity_number for one in data.patients],
    ):
        assert len(many) == len(set(many))


def test_numbers_have_the_form_that_the_contracts_ask_for(data):
    for customer in data.customers:
        CUSTOMER_NUMBER(customer.number)
    for article in data.articles:
        ARTICLE_NUMBER(article.number)
    for one in (*data.providers, *data.units, *data.people):
        assert is_hsa_id(one.hsa_id)
    for one in (*data.principals, *data.providers):
        assert is_organisation_number(one.organisation_number)


@pytest.mark.rule("P-13")
def test_every_role_is_there(data):
    held = {held.role for person in data.people for held in person.commissions}

    assert held == set(ROLES)


def test_several_people_have_two_commissions(data):
    assert sum(len(person.commissions) == 2 for person in data.people) >= 5


def test_the_three_headline_people_are_there(data):
    unit = {one.hsa_id: one.name for one in data.units}

    assert [
        (one.given_name, one.family_name, one.commissions[0].role, unit[one.commissions[0].unit])
        for one in data.people[:3]
    ] == [
        ("Anna", "Lindqvist", "prescriber", "Habilitering Borås"),
        ("Johan", "Bergström", "technician", "Hjälpmedelscentralen Borås"),
        ("Maria", "Ekdahl", "training_admin", "Försörjningsförvaltningen, hjälpmedel"),
    ]


def test_mail_goes_nowhere_real(data):
    assert all(person.email.endswith("@example.se") for person in data.people)


@pytest.mark.rule("O-2")
def test_every_customer_number_belongs_to_a_unit_with_an_agreement_in_force(data):
    unit = {one.hsa_id: one for one in data.units}
    engaged = {one.hsa_id for one in data.providers if one.engaged_until is None}
    in_force = {
        (one.principal, one.agreement)
        for one in data.memberships
        if one.starts <= PRESENT and (one.ends is None or one.ends >= PRESENT)
    }
    supplied = {(one.code, supplier) for one in data.agreements for supplier in one.suppliers}

    for customer in data.customers:
        assert unit[customer.unit].provider in engaged
        assert customer.agreements
        for code in customer.agreements:
            assert (unit[customer.unit].principal, code) in in_force
            assert (code, customer.supplier) in supplied


@pytest.mark.rule("O-2")
def test_a_unit_outside_the_cooperation_has_no_customer_number(data):
    outside = next(one.hsa_id for one in data.units if one.key == "outside/Kungälv")

    assert outside not in {one.unit for one in data.customers}


@pytest.mark.rule("O-29")
def test_a_municipality_has_one_number_for_personal_devices_in_social_services(data):
    principal = {one.hsa_id: one.principal for one in data.units}
    many = Counter(
        principal[one.unit] for one in data.customers if one.kind == "personal_social_services"
    )

    assert set(many.values()) == {1}
    assert len(many) == MUNICIPALITIES - 2  # one never took part, one has left


@pytest.mark.rule("O-33")
def test_basic_equipment_has_customer_numbers_of_its_own(data):
    basic = [one for one in data.customers if one.kind == "basic_equipment"]

    assert len(basic) == MUNICIPALITIES - 1
    assert {one.agreements for one in basic} == {("basic_equipment",)}


@pytest.mark.rule("X-18")
def test_memberships_start_and_end(data):
    assert {one.agreement for one in data.memberships} == {one.code for one in data.agreements}
    assert [one.ends for one in data.memberships if one.ends] == [date(2025, 12, 31)]


@pytest.mark.rule("O-84")
def test_a_store_serves_the_customers_linked_to_it(data):
    customer = {one.number: one for one in data.customers}

    for store in data.stores:
        assert store.unit in {customer[number].unit for number in store.customers}
    assert max(len(store.customers) for store in data.stores) > 1


def test_every_reference_resolves(data):
    principals = {one.hsa_id for one in data.principals}
    providers = {one.hsa_id for one in data.providers}
    units = {one.hsa_id for one in data.units}
    people = {one.hsa_id for one in data.people}
    municipalities = {one.municipality for one in data.units}

    assert {one.principal for one in (*data.providers, *data.units)} <= principals
    assert {one.principal for one in data.memberships} <= principals
    assert {one.provider for one in data.units} <= providers
    assert {one.unit for one in (*data.customers, *data.stores, *data.permissions)} <= units
    assert {held.unit for one in data.people for held in one.commissions} <= units
    assert {one.person for one in data.permissions} <= people
    assert set(data.consultants.values()) <= people
    assert {one.municipality for one in data.patients} <= municipalities


@pytest.mark.rule("P-2")
@pytest.mark.rule("P-3")
@pytest.mark.rule("P-4")
def test_permissions_are_of_three_types_and_some_are_not_in_force(data):
    assert {one.type for one in data.permissions} == {
        "orderer_to_unit",
        "orderer_health_care",
        "orderer_social_services",
    }
    assert [one.ends for one in data.permissions if one.ends] == [date(2025, 12, 31)]
    assert sum(one.starts > PRESENT for one in data.permissions) == 1
    anna = [one for one in data.permissions if one.person == data.people[0].hsa_id]
    assert [(one.type, one.ends) for one in anna] == [("orderer_health_care", None)]


@pytest.mark.rule("O-54")
def test_the_catalogue_has_every_status_class_and_kind(data):
    assert {one.status for one in data.articles} == {"active", "outgoing", "ended", "discontinued"}
    assert {one.delivery_class for one in data.articles} == {"within_7", "within_17", "over_17"}
    assert {one.kind for one in data.articles} == {
        "main_device",
        "accessory",
        "spare_part",
        "service",
    }
    assert {one.supplier for one in data.articles} == {"HMC", "LMN"}


def test_every_article_is_covered_by_an_agreement_with_its_supplier(data):
    covered = {
        (area, supplier, form)
        for one in data.agreements
        for area in one.product_areas
        for supplier in one.suppliers
        for form in one.supply_forms
    }

    for one in data.articles:
        assert (one.product_area, one.supplier, one.supply_form) in covered
        assert one.price > 0


def test_accessories_fit_an_article_and_rented_main_devices_are_marked(data):
    main = {one.number for one in data.articles if one.kind == "main_device"}

    for one in data.articles:
        assert one.fits is None or one.fits in main
        assert one.fits or one.kind in ("main_device", "service")
        assert one.individually_marked == (one.kind == "main_device" and one.supply_form == "rent")


@pytest.mark.rule("A-2")
def test_the_articles_of_the_safety_message_are_in_the_catalogue(data):
    crutches = {one.number for one in data.articles if "anatomiskt handtag" in one.name}

    assert crutches == {"62154", "62155", "62158", "62159", "79927", "79928"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_patient_has_a_number_that_could_be_somebodys(seed):
    numbers = {one.personal_identity_number for one in build(seed).patients}

    assert numbers <= set(published_numbers())


def test_the_published_numbers_are_valid_and_differ():
    numbers = published_numbers()

    assert len(numbers) == len(set(numbers)) > 1000
    assert all(person_number(one, today=PRESENT).value == one for one in numbers)


def test_patients_are_of_all_ages_and_some_are_protected(data):
    ages = [PRESENT.year - int(one.personal_identity_number[:4]) for one in data.patients]

    assert min(ages) < 18
    assert sum(age > 65 for age in ages) > 600
    assert sum(one.protected for one in data.patients) == 5


@pytest.mark.rule("B-8")
@pytest.mark.rule("B-13")
def test_each_place_offers_each_product_early_and_late(data):
    plan = data.consultations
    sites = [one["id"] for one in plan["sites"]]

    assert {"Borås", "Alingsås", "Uddevalla", "Vänersborg", "Göteborg", "Skövde", "Mölndal"} == {
        one["name"] for one in plan["sites"]
    }
    assert all(one["sites"] == sites for one in plan["services"])
    windows = [window for member in plan["staff"] for window in member["plan"]]
    assert {time.fromisoformat(window["ends"]) for window in windows} == {time(9, 30), time(16, 30)}


def test_consultants_visit_places_and_know_products_that_exist(data):
    sites = {one["id"] for one in data.consultations["sites"]}
    services = {one["id"] for one in data.consultations["services"]}

    assert set(data.consultants) == {one["id"] for one in data.consultations["staff"]}
    for member in data.consultations["staff"]:
        assert set(member["sites"]) <= sites
        assert set(member["services"]) <= services
        assert {window["site"] for window in member["plan"]} <= set(member["sites"])


def test_people_are_written_as_the_identity_provider_reads_them(data, tmp_path):
    write_people(tmp_path / "people.json")

    rows = json.loads((tmp_path / "people.json").read_text(encoding="utf-8"))
    assert len(rows) == len(data.people)
    assert rows[0] == {
        "employeeHsaId": data.people[0].hsa_id,
        "given_name": "Anna",
        "family_name": "Lindqvist",
        "email": "anna.lindqvist@example.se",
        "title": "Arbetsterapeut",
        "commissions": [
            {
                "commissionHsaId": data.people[0].commissions[0].hsa_id,
                "commissionPurpose": "Vård och behandling",
                "healthCareUnitHsaId": data.people[0].commissions[0].unit,
                "healthCareUnitName": "Habilitering Borås",
                "healthCareProviderHsaId": data.providers[0].hsa_id,
                "healthCareProviderName": "Västra Götalandsregionen",
                "role": "prescriber",
            }
        ],
    }


def test_the_people_that_the_sandbox_ships_are_those_of_the_data(tmp_path):
    write_people(tmp_path / "people.json")

    shipped = files("sandbox.demo_data").joinpath("people.json")
    assert shipped.read_text("utf-8") == (tmp_path / "people.json").read_text("utf-8"), (
        "run: python -c 'from sandbox.demo_data import write_people; "
        'write_people("sandbox/demo_data/people.json")\''
    )


@pytest.mark.rule("A-1")
def test_there_is_a_message_of_each_kind(data):
    kinds = [notice.kind for notice in data.notices]

    assert sorted(kinds) == ["message", "news", "safety"]
