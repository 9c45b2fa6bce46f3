"""Occasions and enrolments on PostgreSQL: seats, waiting lists, offers, mails."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest

from contracts.errors import ContractError
from contracts.training import (
    EnrolmentPage,
    ListEnrolments,
    ListOccasions,
    OccasionCancelledV1,
    OccasionPage,
    OccasionView,
)
from services.training import use_cases
from tests.integration.training.asks import (
    EVERYTHING,
    START,
    accept,
    announce,
    complete,
    enrol,
    give_back,
    sweep,
    withdraw,
)
from tests.unit.training.world import ADMIN, ANNA, BO, CILLA, OTHER_ADMIN, RESPONSIBLE

PAST = (START - timedelta(days=60)).isoformat()


def refused(code):
    return pytest.raises(ContractError, match=code.replace(".", r"\."))


def states(training):
    rows = training.rows("SELECT participant, state FROM enrolments ORDER BY position")
    return [(row.participant, row.state) for row in rows]


def taken(training):
    return training.rows("SELECT taken FROM occasions")[0].taken


def look_at(training, occasion_id):
    with training.database().reading() as tx:
        return OccasionView.write(use_cases.get_occasion(tx, occasion_id))


def expire_all(training):
    training.do("UPDATE occasions SET offered_until = now() - interval '1 second'")
    training.do("UPDATE enrolments SET offered_until = now() WHERE state = 'offered'")


@pytest.mark.rule("T-29")
def test_who_answers_for_a_course_gets_its_occasions_into_the_calendar(training):
    announce(training)

    assert training.mails() == [(RESPONSIBLE, "Utannonserat")]
    ((entry,),) = training.rows("SELECT convert_from(calendar, 'UTF8') FROM mails")
    assert "METHOD:REQUEST" in entry
    assert "LOCATION:Borås" in entry


@pytest.mark.rule("T-39")
def test_who_takes_a_seat_and_who_waits_are_told(training):
    occasion_id = announce(training)
    training.forget()

    enrol(training, occasion_id, ANNA)
    enrol(training, occasion_id, BO)

    assert states(training) == [(ANNA.hsa_id, "enrolled"), (BO.hsa_id, "waiting")]
    assert set(training.mails()) == {
        (ANNA.hsa_id, "Du har en plats"),
        (BO.hsa_id, "Du står i kö"),
    }
    shown = look_at(training, occasion_id)
    assert (shown["free_seats"], shown["waiting"]) == (0, 1)


@pytest.mark.rule("T-39")
def test_a_seat_given_back_goes_to_the_waiting_list_by_an_offer(training):
    occasion_id = announce(training)
    seat = enrol(training, occasion_id, ANNA)
    first = enrol(training, occasion_id, BO)
    enrol(training, occasion_id, CILLA)
    training.forget()

    give_back(training, seat, ANNA)

    assert [state for _, state in states(training)] == ["cancelled", "offered", "waiting"]
    assert set(training.mails()) == {
        (ANNA.hsa_id, "Avanmäld"),
        (BO.hsa_id, "En plats är ledig"),
    }
    accept(training, first, BO)
    assert states(training)[1] == (BO.hsa_id, "enrolled")


@pytest.mark.rule("T-39")
def test_the_sweep_ends_offers_by_the_clock_of_the_database(training, time_machine):
    occasion_id = announce(training)
    seat, first = (enrol(training, occasion_id, one) for one in (ANNA, BO))
    enrol(training, occasion_id, CILLA)
    give_back(training, seat, ANNA)
    time_machine.move_to("2999-01-01")  # a process whose clock is far ahead
    assert sweep(training) == 0
    training.forget()

    expire_all(training)

    assert sweep(training) == 1
    assert [state for _, state in states(training)] == ["cancelled", "expired", "offered"]
    assert set(training.mails()) == {
        (BO.hsa_id, "Platsen har gått vidare"),
        (CILLA.hsa_id, "En plats är ledig"),
    }
    with refused("training.offer.expired"):
        accept(training, first, BO)
    assert sweep(training) == 0


def test_four_sweeps_at_once_end_each_offer_once(training):
    for _ in range(30):
        occasion_id = announce(training)
        seat = enrol(training, occasion_id, ANNA)
        enrol(training, occasion_id, BO)
        give_back(training, seat, ANNA)
    expire_all(training)
    together = Barrier(4)

    def run(_):
        together.wait()
        return sweep(training)

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(run, range(4)))

    assert sum(ended) + sweep(training) == 30
    assert training.mails().count((BO.hsa_id, "Platsen har gått vidare")) == 30


@pytest.mark.rule("T-39")
@pytest.mark.parametrize("seats", [1, 3])
def test_many_who_want_the_last_seats_at_once_get_no_more_than_there_are(training, seats):
    occasion_id = announce(training, seats=seats)
    people = [replace(ANNA, hsa_id=f"SE2321000131-Q{at}") for at in range(8)]
    together = Barrier(len(people))

    def run(person):
        together.wait()
        return enrol(training, occasion_id, person).state.value

    with ThreadPoolExecutor(len(people)) as pool:
        outcomes = sorted(pool.map(run, people))

    assert outcomes.count("enrolled") == seats == taken(training)
    assert outcomes.count("waiting") == len(people) - seats


@pytest.mark.rule("T-39")
def test_two_admins_who_take_the_last_seat_at_once_make_one_enrolment_of_it(training):
    occasion_id = announce(training)
    together = Barrier(2)

    def run(admin_and_person):
        together.wait()
        return enrol(training, occasion_id, *admin_and_person).state.value

    with ThreadPoolExecutor(2) as pool:
        outcomes = pool.map(run, [(ADMIN, ANNA.hsa_id), (OTHER_ADMIN, BO.hsa_id)])

    assert sorted(outcomes) == ["enrolled", "waiting"]
    assert taken(training) == 1


def test_two_admins_who_enrol_the_same_person_at_once_enrol_her_once(training):
    occasion_id = announce(training, seats=5)

    def run(admin):
        try:
            return enrol(training, occasion_id, admin, ANNA.hsa_id).state.value
        except ContractError as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(run, [ADMIN, OTHER_ADMIN]))

    assert outcomes == ["enrolled", "training.enrolment.already"]


@pytest.mark.rule("T-36")
def test_a_course_with_a_digital_part_takes_who_has_completed_that(training):
    occasion_id = announce(training, course="powered_on_site")
    with pytest.raises(ContractError, match=r"training\.enrolment\.prerequisite") as refusal:
        enrol(training, occasion_id, ANNA)
    assert refusal.value.params == {"lacking": "Kompetens powered_digital"}

    complete(training, "powered_web", ANNA)

    assert enrol(training, occasion_id, ANNA).state.value == "enrolled"


@pytest.mark.rule("T-38")
@pytest.mark.rule("T-41")
def test_a_withdrawn_occasion_is_told_and_everybody_concerned_gets_a_mail(training):
    occasion_id = announce(training)
    enrol(training, occasion_id, ANNA)
    enrol(training, occasion_id, ADMIN, BO.hsa_id)
    training.forget()

    withdraw(training, occasion_id, "procurement")

    assert {recipient for recipient, _ in training.mails()} == {
        RESPONSIBLE,
        ANNA.hsa_id,
        BO.hsa_id,
        ADMIN.hsa_id,
    }
    ((event_type, data),) = training.told()
    assert event_type == OccasionCancelledV1.event_type
    assert OccasionCancelledV1.read(data)["cause"] == "procurement"
    assert (taken(training), look_at(training, occasion_id)["state"]) == (0, "cancelled")
    entries = training.rows("SELECT calendar_method FROM mails")
    assert {row.calendar_method for row in entries} == {"CANCEL"}


def test_another_persons_enrolment_is_not_there_except_for_admins(training):
    enrolment = enrol(training, announce(training), ANNA)

    with refused("not_found"):
        give_back(training, enrolment, BO)
    assert give_back(training, enrolment, ADMIN).state.value == "cancelled"


@pytest.mark.rule("T-30")
def test_only_admins_announce_withdraw_and_enrol_others(training):
    occasion_id = announce(training)
    for ask in (
        lambda: announce(training, BO),
        lambda: enrol(training, occasion_id, BO, ANNA.hsa_id),
        lambda: complete(training, "hoists", ANNA, actor=BO),
    ):
        with refused("role.may_not"):
            ask()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"course": "nothing"}, "training.course.unknown"),
        ({"start": PAST}, "training.occasion.times"),
        ({"end": PAST}, "training.occasion.times"),
        ({"seats": 3, "smallest_number": 4}, "training.occasion.smallest_number"),
    ],
)
def test_an_occasion_that_does_not_fit_together_is_refused(training, changes, code):
    with refused(code):
        announce(training, **changes)


def test_what_is_not_there_is_not_found(training):
    with refused("not_found"):
        enrol(training, uuid4(), ANNA)
    with refused("not_found"), training.database().reading() as tx:
        use_cases.get_occasion(tx, uuid4())


def test_lists_show_what_is_to_come_and_ones_own(training):
    later = announce(training, start=(START + timedelta(hours=1)).isoformat())
    sooner = announce(training)
    enrol(training, sooner, BO)
    enrol(training, sooner, ANNA)

    with training.database(ANNA).reading() as tx:
        coming = OccasionPage.write(use_cases.list_occasions(tx, ListOccasions.read({})))["items"]
        none = use_cases.list_occasions(tx, ListOccasions.read({"course": "powered_web"}))["items"]
        (own,) = EnrolmentPage.write(_enrolments(tx))["items"]
        (there,) = _enrolments(tx, occasion_id=sooner)["items"]
        elsewhere = _enrolments(tx, occasion_id=later)["items"]
    with training.database(ADMIN).reading() as tx:
        asked = EVERYTHING | {"occasion_id": sooner}
        participants = use_cases.list_participants(tx, asked)["items"]

    assert [one["occasion_id"] for one in coming] == [str(sooner), str(later)]
    assert none == []
    assert (own["state"], own["waiting_place"]) == ("waiting", 1)
    assert (there["occasion_id"], elsewhere) == (sooner, [])
    assert [one["participant"] for one in participants] == [BO.hsa_id, ANNA.hsa_id]


def _enrolments(tx, **query):
    return use_cases.list_enrolments(tx, ListEnrolments.read(query))


def test_lists_are_sorted_as_they_are_asked_for(training):
    hours = [START + timedelta(hours=hour) for hour in range(3)]
    boras = announce(training, place="Borås", start=hours[2].isoformat())
    alingsas = announce(training, place="Alingsås", start=hours[0].isoformat())
    again = announce(training, place="Borås", start=hours[1].isoformat())
    for occasion in (again, boras, alingsas):
        enrol(training, occasion, ANNA)

    with training.database(ANNA).reading() as tx:

        def places(sort, page=1):
            query = ListOccasions.read({"sort": sort, "limit": 2, "page": page})
            return [one["occasion_id"] for one in use_cases.list_occasions(tx, query)["items"]]

        def own(sort):
            return [one["occasion_id"] for one in _enrolments(tx, sort=sort)["items"]]

        assert (places("place"), places("place", page=2)) == ([alingsas, again], [boras])
        assert (places("-place"), places("-start")) == ([again, boras], [boras, again])
        assert places("course_title") == places("-course_title") == [alingsas, again]
        assert own("-changed_at") == [alingsas, boras, again]
        assert own("changed_at") == [again, boras, alingsas]
        assert own("start") == [alingsas, again, boras]
        assert own("place")[0] == own("-place")[-1] == alingsas
        assert set(own("course_title")) == {alingsas, again, boras}
