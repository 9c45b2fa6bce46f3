"""What the tests ask of ordering."""

from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest

from contracts.errors import ContractError
from contracts.ordering import ListOrders, PlaceOrder, RegisterConsultation
from services.ordering.orders import use_cases as orders
from services.ordering.work_orders import use_cases as work_orders
from services.ordering.work_orders.model import CustomerService
from tests.unit.ordering.world import ANNA, HMC_NUMBER, TOLVAN

TO_PATIENT = {"kind": "patient", "personal_identity_number": TOLVAN}
TO_UNIT = {"kind": "unit"}
TO_STORE = {"kind": "store", "store_number": "B301"}
LINES = [{"article_number": "20101", "quantity": 2}, {"article_number": "20105", "quantity": 1}]
CUSTOMER_SERVICE = CustomerService("031-390 06 00", "08:00–12:00 och 13:00–16:30")


def order_message(**changes):
    """`PlaceOrder` as a caller sends it."""
    usual = {"customer_number": HMC_NUMBER, "recipient": TO_UNIT, "lines": LINES}
    return {"command_id": str(uuid4())} | usual | changes


def consultation_message(**changes):
    """`RegisterConsultation` as a caller sends it."""
    usual = {"customer_number": HMC_NUMBER, "personal_identity_number": TOLVAN}
    return {"command_id": str(uuid4())} | usual | changes


def place(ordering, actor=ANNA, **changes):
    with ordering.transaction(actor) as tx:
        return orders.place_order(tx, PlaceOrder.read(order_message(**changes)))


def cancel(ordering, order_id: UUID, actor=ANNA):
    with ordering.transaction(actor) as tx:
        return orders.cancel_order(tx, order_id)


def look_at(ordering, order_id: UUID, actor=ANNA):
    with ordering.transaction(actor) as tx:
        return orders.get_order(tx, order_id)


def list_orders(ordering, actor=ANNA, **query):
    with ordering.transaction(actor) as tx:
        return orders.list_orders(tx, ListOrders.read(query))


def register(ordering, actor=ANNA, **changes):
    command = RegisterConsultation.read(consultation_message(**changes))
    with ordering.transaction(actor) as tx:
        return work_orders.register_consultation(tx, command, CUSTOMER_SERVICE)


@contextmanager
def refused(code: str, **params):
    """The block is refused with this code, and these values for its texts."""
    with pytest.raises(ContractError) as refusal:
        yield refusal
    assert (refusal.value.code, refusal.value.params) == (code, params)
    assert TOLVAN not in repr(refusal.value.args)
