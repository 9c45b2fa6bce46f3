"""Dated messages: who reads them, who writes them, and what is kept of them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.errors import ContractError
from contracts.notices import (
    CorrectNotice,
    ListNotices,
    NoticeHistory,
    NoticePage,
    NoticeView,
    PublishNotice,
    ReadNotice,
)
from services.ordering.customers.model import day_of
from services.ordering.notices import use_cases
from tests.unit.ordering.asks import refused
from tests.unit.ordering.world import ANNA, KIM, OPERATOR, TEKLA

#: Two days from now is another day wherever midnight falls while a test runs.
TODAY = day_of(datetime.now(UTC))
BEFORE, LATER = TODAY - timedelta(days=2), TODAY + timedelta(days=2)
WORDING = {
    "kind": "message",
    "title": "Telefonsupporten är stängd",
    "text": "Ärenden kan som vanligt skickas med e-post.",
    "valid_from": BEFORE.isoformat(),
}
UNREAD = {"is_unread": True}
ENGLISH = {"english_title": "Telephone support is closed", "english_text": "Send a mail."}


def publish(ordering, actor=OPERATOR, **changes):
    command = PublishNotice.read({"command_id": str(uuid4())} | WORDING | changes)
    with ordering.transaction(actor) as tx:
        return NoticeView.write(use_cases.publish_notice(tx, command))


def correct(ordering, notice, actor=OPERATOR, version=None, **changes):
    named = {"notice_id": str(notice["notice_id"]), "version": version or notice["version"]}
    command = CorrectNotice.read({"command_id": str(uuid4())} | WORDING | named | changes)
    with ordering.transaction(actor) as tx:
        return NoticeView.write(use_cases.correct_notice(tx, command))


def withdraw(ordering, notice, actor=OPERATOR):
    with ordering.transaction(actor) as tx:
        return NoticeView.write(use_cases.withdraw_notice(tx, UUID(str(notice["notice_id"]))))


def mark_as_read(ordering, notice, actor=ANNA, version=None):
    named = {"notice_id": str(notice["notice_id"]), "version": version or notice["version"]}
    command = ReadNotice.read({"command_id": str(uuid4())} | named)
    with ordering.transaction(actor) as tx:
        use_cases.read_notice(tx, command["notice_id"], command["version"])


def read(ordering, actor=ANNA, **query):
    with ordering.transaction(actor) as tx:
        return NoticePage.write(use_cases.list_notices(tx, ListNotices.read(query)))


def titles(ordering, actor=ANNA, **query):
    return [notice["title"] for notice in read(ordering, actor, **query)["items"]]


def history(ordering, notice, actor=OPERATOR):
    with ordering.transaction(actor) as tx:
        return NoticeHistory.write(use_cases.get_notice(tx, UUID(str(notice["notice_id"]))))[
            "items"
        ]


@pytest.mark.rule("A-1")
@pytest.mark.parametrize("actor", [ANNA, TEKLA, OPERATOR], ids=lambda actor: actor.role)
def test_a_notice_is_read_by_everybody(ordering, actor):
    published = publish(ordering)

    assert read(ordering, actor) == {"items": [published | UNREAD], "more": False}


@pytest.mark.rule("A-1")
@pytest.mark.rule("A-5")
@pytest.mark.parametrize("actor", [OPERATOR, KIM], ids=lambda actor: actor.role)
def test_operators_and_customer_service_write_them(ordering, actor):
    notice = publish(ordering, actor)

    assert history(ordering, notice, actor)[0]["written_by"] == actor.hsa_id


@pytest.mark.rule("A-1")
@pytest.mark.parametrize("actor", [ANNA, TEKLA], ids=lambda actor: actor.role)
def test_others_may_not(ordering, actor):
    notice = publish(ordering)

    for attempt in (
        lambda: publish(ordering, actor),
        lambda: correct(ordering, notice, actor),
        lambda: withdraw(ordering, notice, actor),
        lambda: history(ordering, notice, actor),
        lambda: read(ordering, actor, scope="all"),
    ):
        with refused("role.may_not"):
            attempt()

    assert read(ordering)["items"] == [notice | UNREAD]


@pytest.mark.rule("A-1")
def test_safety_comes_first_then_the_newest(ordering):
    day_before = (BEFORE - timedelta(days=1)).isoformat()
    publish(ordering, title="Nyheter", kind="news")
    publish(ordering, title="Kryckor", kind="safety", valid_from=day_before)
    publish(ordering, title="Äldre", valid_from=day_before)
    publish(ordering, title="Rollator", kind="safety")

    assert titles(ordering) == ["Rollator", "Kryckor", "Nyheter", "Äldre"]


@pytest.mark.rule("A-1")
def test_a_notice_is_shown_on_its_days_alone(ordering):
    publish(ordering, title="Snart", valid_from=LATER.isoformat())
    publish(ordering, title="Nyss", valid_until=BEFORE.isoformat())
    publish(ordering, title="Idag", valid_until=LATER.isoformat())

    assert titles(ordering) == ["Idag"]


@pytest.mark.parametrize(
    ("day", "state"), [(BEFORE, "coming"), (TODAY, "current"), (LATER, "ended")]
)
def test_the_first_and_the_last_day_belong_to_it(day, state):
    command = PublishNotice.read({"command_id": str(uuid4())} | WORDING)
    wording = use_cases._wording(command) | {"valid_from": TODAY, "valid_until": TODAY}

    notice = use_cases.Notice.publish(wording, "somebody", datetime.now(UTC))

    assert notice.state(day) == state


@pytest.mark.rule("A-1")
def test_a_notice_is_for_the_roles_that_it_names(ordering):
    publish(ordering, title="Till tekniker", roles=["technician", "orderer"])

    assert titles(ordering, TEKLA) == ["Till tekniker"]
    assert titles(ordering, ANNA) == titles(ordering, OPERATOR) == []
    assert titles(ordering, OPERATOR, scope="all") == ["Till tekniker"]


@pytest.mark.rule("A-1")
def test_a_correction_is_read_and_what_was_said_before_is_kept(ordering):
    notice = publish(ordering)

    corrected = correct(ordering, notice, KIM, title="Telefonsupporten är öppen", **ENGLISH)

    assert read(ordering)["items"] == [corrected | UNREAD]
    assert (corrected["version"], corrected["english_title"]) == (2, ENGLISH["english_title"])
    kept = [(one["version"], one["title"], one["written_by"]) for one in history(ordering, notice)]
    assert kept == [
        (2, "Telefonsupporten är öppen", KIM.hsa_id),
        (1, WORDING["title"], OPERATOR.hsa_id),
    ]


@pytest.mark.rule("A-1")
def test_a_withdrawn_notice_is_read_by_nobody_and_kept(ordering):
    notice = publish(ordering)

    withdraw(ordering, notice)

    assert titles(ordering) == []
    assert [one["state"] for one in history(ordering, notice)] == ["withdrawn", "current"]
    assert [one["state"] for one in read(ordering, OPERATOR, scope="all")["items"]] == ["withdrawn"]
    with refused("ordering.notice.withdrawn"):
        correct(ordering, notice, version=2)
    with refused("ordering.notice.withdrawn"):
        withdraw(ordering, notice)


def test_a_correction_of_what_somebody_else_has_corrected_is_refused(ordering):
    notice = publish(ordering)
    correct(ordering, notice, title="Först")

    with refused("changed_meanwhile"):
        correct(ordering, notice, title="Sedan", version=1)

    assert titles(ordering) == ["Först"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"valid_until": "2020-01-01"}, "ordering.notice.period_wrong", "valid_until"),
        ({"english_title": "Closed"}, "ordering.notice.half_english", "english_text"),
        ({"english_text": "Closed"}, "ordering.notice.half_english", "english_title"),
    ],
)
def test_a_notice_that_makes_no_sense_is_refused_beside_its_field(ordering, changes, code, field):
    with refused(code) as refusal:
        publish(ordering, **changes)

    assert set(refusal.value.fields) == {field}
    assert titles(ordering) == []


def test_a_notice_that_there_is_not_is_not_found(ordering):
    unknown = {"notice_id": uuid4(), "version": 1}

    for attempt in (correct, withdraw, history):
        with refused("not_found"):
            attempt(ordering, unknown)


def test_all_of_them_come_a_page_at_a_time(ordering):
    for number in range(3):
        publish(ordering, title=f"Nummer {number}")

    first, second = read(ordering, limit=2), read(ordering, limit=2, page=2)

    assert (len(first["items"]), first["more"]) == (2, True)
    assert (len(second["items"]), second["more"]) == (1, False)


@pytest.mark.parametrize("wrong", [{"kind": "joke"}, {"title": "x" * 121}, {"roles": ["king"]}])
def test_what_breaks_the_contract_is_refused(ordering, wrong):
    with pytest.raises(ContractError):
        publish(ordering, **wrong)


@pytest.mark.rule("A-1")
def test_what_somebody_has_read_is_new_to_her_no_more_and_stays(ordering):
    notice = publish(ordering)

    for _ in range(2):
        mark_as_read(ordering, notice)

    assert read(ordering)["items"] == [notice | {"is_unread": False}]
    assert titles(ordering, scope="unread") == []


@pytest.mark.rule("A-1")
def test_what_one_has_read_is_still_new_to_others(ordering):
    notice = publish(ordering)

    mark_as_read(ordering, notice, ANNA)

    assert read(ordering, TEKLA, scope="unread")["items"] == [notice | UNREAD]


@pytest.mark.rule("A-1")
def test_a_corrected_notice_is_new_again(ordering):
    notice = publish(ordering, kind="safety")
    mark_as_read(ordering, notice)

    correct(ordering, notice, kind="safety", title="Rättad")

    assert titles(ordering, scope="unread") == ["Rättad"]
    mark_as_read(ordering, notice)  # what was on the screen, while it was corrected
    assert titles(ordering, scope="unread") == ["Rättad"]
    mark_as_read(ordering, notice, version=2)
    assert titles(ordering, scope="unread") == []


def test_unread_ones_come_a_page_at_a_time_without_those_that_were_read(ordering):
    first = publish(ordering, title="Nummer 1")
    publish(ordering, title="Nummer 2")
    publish(ordering, title="Nummer 3", kind="safety")
    mark_as_read(ordering, first)

    page = read(ordering, scope="unread", limit=1)

    assert ([one["title"] for one in page["items"]], page["more"]) == (["Nummer 3"], True)
    assert titles(ordering, scope="unread", limit=1, page=2) == ["Nummer 2"]


@pytest.mark.rule("A-1")
def test_what_one_is_not_to_read_cannot_be_marked_as_read(ordering):
    notices = [
        publish(ordering, roles=["technician"]),
        publish(ordering, valid_from=LATER.isoformat()),
        withdraw(ordering, publish(ordering)),
        {"notice_id": uuid4(), "version": 1},
        publish(ordering) | {"version": 2},
    ]

    for notice in notices:
        with refused("not_found"):
            mark_as_read(ordering, notice)


def test_to_who_writes_them_only_those_for_herself_are_new(ordering):
    publish(ordering, title="Till tekniker", roles=["technician"])
    publish(ordering, title="Till alla")
    publish(ordering, title="Snart", valid_from=LATER.isoformat())

    new = {one["title"]: one["is_unread"] for one in read(ordering, OPERATOR, scope="all")["items"]}

    assert new == {"Till tekniker": False, "Till alla": True, "Snart": False}
