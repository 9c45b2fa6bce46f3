"""What the database itself holds, whatever the code does."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from contracts.errors import Conflict
from services.ordering import tables
from services.ordering.orders import use_cases as orders
from tests.unit.ordering import test_notices, test_patients
from tests.unit.ordering.asks import TO_PATIENT, TO_STORE, cancel, place, register
from tests.unit.ordering.world import ANNA, BORAS, OPERATOR, SKOVDE, TOLVAN


def change(ordering, statement, **values):
    with ordering.engine.begin() as connection:
        connection.execute(text(statement), values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET person = 'nobody'",
        "UPDATE access_log SET reason = reason",
        "DELETE FROM access_log",
        "TRUNCATE access_log",
        "TRUNCATE patients CASCADE",
    ],
)
def test_the_access_log_is_append_only(ordering, statement):
    test_patients.find(ordering)

    with pytest.raises(ProgrammingError, match="access_log is append-only"):
        change(ordering, statement)

    assert len(ordering.logged()) == 1


def test_an_entry_of_the_access_log_says_in_what_role_for_which_request_and_when(ordering):
    test_patients.find(ordering)

    log = tables.access_log.c
    ((role, request_id, recent),) = ordering.rows(
        text("SELECT role, request_id, at > now() - interval '1 minute' FROM access_log")
    )
    assert (role, request_id, recent) == ("prescriber", "4f6c2d0e", True)
    assert log.at.nullable is False


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE orders SET state = 'lost'",
        "UPDATE orders SET state = 'cancelled'",  # without a time
        "UPDATE orders SET patient_id = NULL",
        "UPDATE orders SET recipient_kind = 'unit'",
        "UPDATE orders SET store_number = 'B301'",
        f"UPDATE orders SET unit = '{SKOVDE}'",  # not that of the customer number
        "UPDATE orders SET customer_number = '9999'",
        "UPDATE orders SET customer_number = NULL",
        "UPDATE order_lines SET quantity = 0",
        "UPDATE order_lines SET article_number = '99999'",
        "DELETE FROM articles WHERE number = '20101'",
        "DELETE FROM patients",
        "UPDATE articles SET status = 'new'",
        "UPDATE work_orders SET state = 'closed'",  # without time and cause
        "UPDATE work_orders SET state = 'booked'",  # without start
        "UPDATE work_orders SET number = 99999",
        "UPDATE patients SET personal_identity_number = '1912-1212121'",
        "INSERT INTO order_lines SELECT order_id, position, '20101', 1, 'within_7'"
        " FROM order_lines",
    ],
)
def test_what_cannot_be_is_refused(ordering, statement):
    place(ordering, recipient=TO_PATIENT)
    register(ordering)

    with pytest.raises(IntegrityError):
        change(ordering, statement)


def test_a_store_must_be_linked_to_the_customer_number(ordering):
    place(ordering, recipient=TO_STORE)

    with pytest.raises(IntegrityError):
        change(ordering, "UPDATE orders SET store_number = 'B302'")


@pytest.mark.rule("P-2")
def test_a_person_has_one_permission_for_a_unit_at_a_time(ordering):
    again = (
        "INSERT INTO permissions (person, unit, first_day, type)"
        " VALUES (:person, :unit, '2026-05-01', 'orderer_to_unit')"
    )

    with pytest.raises(IntegrityError, match="permissions_one_at_a_time"):
        change(ordering, again, person=ANNA.hsa_id, unit=BORAS)


@pytest.mark.rule("X-18")
def test_a_membership_is_not_counted_twice(ordering):
    again = (
        "INSERT INTO memberships (principal, agreement, first_day)"
        " SELECT principal, agreement, '2024-05-01' FROM memberships WHERE last_day IS NULL"
    )

    with pytest.raises(IntegrityError, match="memberships_one_at_a_time"):
        change(ordering, again)


def test_a_stale_order_is_not_saved(ordering):
    order_id = place(ordering).order_id
    with ordering.transaction() as tx:
        stale = tx.orders.of_unit(order_id, BORAS)
    cancel(ordering, order_id)

    stale.cancel(stale.placed_at)
    with pytest.raises(Conflict, match="changed_meanwhile"), ordering.transaction() as tx:
        tx.orders.save(stale)


def test_a_stale_work_order_is_not_saved(ordering):
    work_order = register(ordering)
    with ordering.transaction() as tx:
        tx.work_orders.save(tx.work_orders.of_activity(work_order.activity_id))

    with pytest.raises(Conflict, match="changed_meanwhile"), ordering.transaction() as tx:
        tx.work_orders.save(work_order)


def test_the_failure_of_a_statement_does_not_tell_its_values(ordering):
    """A statement that fails is logged; it must not tell whose number was in it."""
    with pytest.raises(DBAPIError) as failed:
        change(ordering, "SELECT 1 / (:number - :number)", number=int(TOLVAN))

    assert TOLVAN not in str(failed.value)


def test_orders_are_of_the_unit_that_asks(ordering):
    order_id = place(ordering).order_id

    with ordering.transaction() as tx:
        assert tx.orders.of_unit(order_id, SKOVDE) is None
        assert orders.get_order(tx, order_id)


def test_the_tables_are_those_that_the_migrations_make(ordering):
    """Columns, their kinds, and which may be empty."""
    inspector = inspect(ordering.engine)
    for table in tables.metadata.sorted_tables:
        real = {column["name"]: column for column in inspector.get_columns(table.name)}
        assert real.keys() == set(table.c.keys())
        for column in table.c:
            kind = column.type.compile(ordering.engine.dialect)
            assert (kind, column.nullable) == (
                real[column.name]["type"].compile(ordering.engine.dialect),
                real[column.name]["nullable"],
            ), column


@pytest.mark.rule("A-1")
@pytest.mark.parametrize("statement", ["UPDATE notices SET title = 'x'", "DELETE FROM notices"])
def test_what_a_notice_said_is_never_changed(ordering, statement):
    test_notices.publish(ordering)

    with pytest.raises(ProgrammingError, match="notices is append-only"):
        change(ordering, statement)


def test_of_two_corrections_at_once_one_is_refused(ordering):
    notice = test_notices.publish(ordering)
    with ordering.transaction(OPERATOR) as first:
        known = first.notices.versions(notice["notice_id"])[0]
        test_notices.correct(ordering, notice, title="Någon annans")

        with pytest.raises(IntegrityError):
            first.notices.add(known.withdraw(OPERATOR.hsa_id, first.now))
        first.connection.rollback()

    assert test_notices.titles(ordering) == ["Någon annans"]


@pytest.mark.rule("A-1")
def test_a_notice_that_is_read_twice_at_once_is_noted_once(ordering):
    notice = test_notices.publish(ordering)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: test_notices.mark_as_read(ordering, notice), range(8)))

    readings = ordering.rows(select(tables.notice_readings.c["person", "version"]))
    assert [tuple(row) for row in readings] == [(ANNA.hsa_id, 1)]
