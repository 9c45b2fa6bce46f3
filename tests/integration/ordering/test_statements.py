"""How many SQL statements each use case takes, whatever the number of lines or rows.

A connection prepares its frequent statements when it first carries them out, in the same trip.
"""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import event

from contracts.ordering import CancelOrder, ListOrders, PlaceOrder, RegisterConsultation
from services.ordering.orders import use_cases as orders
from services.ordering.work_orders import use_cases as work_orders
from tests.unit.ordering import (
    test_catalogue,
    test_consultations,
    test_customers,
    test_notices,
    test_patients,
)
from tests.unit.ordering.asks import (
    CUSTOMER_SERVICE,
    TO_PATIENT,
    TO_STORE,
    TO_UNIT,
    consultation_message,
    list_orders,
    look_at,
    order_message,
    place,
    register,
)

#: Orders of the only unit that has any, and then as many of another.
MANY_MORE = """
    INSERT INTO units SELECT 'SE1', 'Annan enhet', provider FROM units LIMIT 1;
    INSERT INTO customer_numbers VALUES (90001, 'unit', 'HMC', 'SE1');
    WITH two AS (SELECT customer_number, unit FROM orders UNION ALL SELECT '90001', 'SE1')
    INSERT INTO orders (id, customer_number, unit, recipient_kind, reference, state, orderer,
        placed_at)
    SELECT gen_random_uuid(), customer_number, unit, 'unit', '', 'placed', 'somebody', now()
    FROM two, generate_series(1, 2000) ORDER BY unit = 'SE1';
    ANALYZE orders;
"""


@pytest.fixture
def statements(ordering):
    """Count what reaches the database in a block: `with statements() as counted`."""
    seen = []
    event.listen(ordering.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))

    @contextmanager
    def count():
        seen.clear()
        counted = []
        yield counted
        counted.extend(seen)

    return count


def carry_out(ordering, name, command, use_case):
    """As the chassis carries a command out."""
    answer = {"answer": "kept"}
    at_once = name == "place_order"
    return ordering.database().once(name, command, lambda tx: use_case(tx) and answer, at_once)


def lines(count):
    return [{"article_number": "20101", "quantity": at} for at in range(1, count + 1)]


@pytest.mark.parametrize("recipient", [TO_PATIENT, TO_UNIT, TO_STORE], ids=lambda to: to["kind"])
@pytest.mark.parametrize("count", [1, 3, 100])
def test_placing_an_order_takes_two_statements(ordering, statements, recipient, count):
    def place_it():
        command = PlaceOrder.read(order_message(recipient=recipient, lines=lines(count)))
        carry_out(ordering, "place_order", command, lambda tx: orders.place_order(tx, command))

    with statements() as first:
        place_it()
    with statements() as next_:
        place_it()

    assert len(first) == len(next_) == 2


def test_taking_an_order_back_takes_three_statements(ordering, statements):
    order_id = place(ordering, recipient=TO_PATIENT).order_id
    command = CancelOrder.read({"command_id": str(uuid4()), "order_id": str(order_id)})

    with statements() as counted:
        carry_out(ordering, "cancel_order", command, lambda tx: orders.cancel_order(tx, order_id))

    assert len(counted) == 3


def test_registering_a_consultation_takes_three_statements(ordering, statements):
    command = RegisterConsultation.read(consultation_message())
    place(ordering)

    def register_it(tx):
        return work_orders.register_consultation(tx, command, CUSTOMER_SERVICE)

    with statements() as counted:
        carry_out(ordering, "register_consultation", command, register_it)

    assert len(counted) == 3


def test_reading_a_notice_and_listing_what_is_new_takes_one_statement_each(ordering, statements):
    notice = test_notices.publish(ordering)

    with statements() as counted:
        test_notices.read(ordering, scope="unread")
        test_notices.mark_as_read(ordering, notice)

    assert len(counted) == 2


@pytest.mark.parametrize("rows", [1, 20])
def test_a_list_takes_one_statement(ordering, statements, rows):
    for _ in range(rows):
        place(ordering)
        register(ordering)

    for ask in (
        list_orders,
        test_consultations.list_work_orders,
        test_catalogue.search,
        test_customers.list_customers,
    ):
        with statements() as counted:
            ask(ordering)
        assert len(counted) == 1


@pytest.mark.parametrize("recipient", [TO_PATIENT, TO_UNIT], ids=lambda to: to["kind"])
def test_looking_at_an_order_takes_one_statement_its_log_included(ordering, statements, recipient):
    order = place(ordering, recipient=recipient, lines=lines(100))
    look_at(ordering, order.order_id)

    with statements() as counted:
        look_at(ordering, order.order_id)

    assert len(counted) == 1


def test_finding_a_patient_takes_two_statements(ordering, statements):
    with statements() as counted:
        test_patients.find(ordering)

    assert len(counted) == 2


def test_noting_what_booking_tells_takes_two_statements(ordering, statements):
    work_order = register(ordering)

    with statements() as counted:
        test_consultations.hear_closed(ordering, work_order, work_order.registered_at)

    assert len(counted) == 2


def test_a_unit_that_has_not_ordered_for_long_is_not_searched_for_among_all_orders(ordering):
    order = place(ordering)
    with ordering.engine.begin() as connection:
        connection.exec_driver_sql(MANY_MORE)

    with ordering.database().reading() as tx:
        assert tx.orders.summaries(order.unit, ListOrders.read({}), limit=21, offset=0)
        name = tx.connection.info["prepared"]["orders_of_unit_all_by_last_order_number"]
        explained = f"EXPLAIN EXECUTE {name} ('{order.unit}', 21, 0)"
        plan = tx.connection.exec_driver_sql(explained).scalars().all()

    limit = next(at for at, line in enumerate(plan) if "Limit" in line)
    assert any("orders_of_unit" in line for line in plan[limit:])
    assert not any("Sort" in line for line in plan[limit:])  # but for the page itself
