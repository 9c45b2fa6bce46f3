"""Entrypoints of ordering: decode, one use case, encode."""

from datetime import date
from functools import cache

from chassis import settings
from chassis.database import Database
from chassis.events import on_event
from chassis.rpc import command, query
from chassis.service import Service
from contracts import ordering as contracts
from contracts.booking import (
    ActivityBookedV1,
    ActivityCancelledV1,
    ActivityClosedV1,
    ActivityHeldV1,
    ActivityMissedV1,
    ActivityRebookedV1,
    ActivityReopenedV1,
)
from contracts.training import (
    GateClosedV1,
    GateOpenedV1,
    GatesConfirmedV1,
    RequirementSetDefinedV1,
)
from services.ordering.catalogue import use_cases as catalogue
from services.ordering.customers import use_cases as customers
from services.ordering.devices.service import DeviceEntrypoints
from services.ordering.gates import use_cases as gates
from services.ordering.gates.model import GATE_FROM
from services.ordering.notices.service import NoticeEntrypoints
from services.ordering.orders import use_cases as orders
from services.ordering.patients import use_cases as patients
from services.ordering.repository import OrderingTransaction
from services.ordering.work_orders import use_cases as work_orders
from services.ordering.work_orders.model import CustomerService


def customer_service() -> CustomerService:
    """Where acute cases are turned to.

    Source: B-4, A-7
    """
    return CustomerService(
        settings.read("CUSTOMER_SERVICE_TELEPHONE", default="031-390 06 00"),  # nobody's: PTS
        settings.read("CUSTOMER_SERVICE_HOURS", default="08:00–12:00 och 13:00–16:30"),
    )


@cache  # it is asked for at every order
def gate_from() -> date:
    """The first day on which who prescribes needs an open gate.

    Source: T-2
    """
    return settings.read("GATE_FROM", "date", default=GATE_FROM)


class OrderingService(DeviceEntrypoints, NoticeEntrypoints, Service):
    """Takes in orders and consultations (Swedish: beställning) and follows what becomes of them."""

    name = "ordering"

    database = Database(OrderingTransaction)

    @command(contracts.PlaceOrder, at_once=True)
    def place_order(self, tx, command) -> dict:
        return contracts.PlacedOrder.write(orders.place_order(tx, command, gate_from()))

    @command(contracts.CancelOrder)
    def cancel_order(self, tx, command) -> dict:
        return contracts.PlacedOrder.write(orders.cancel_order(tx, command["order_id"]))

    @query(contracts.GetOrder)
    def get_order(self, tx, query) -> dict:
        return contracts.OrderView.write(orders.get_order(tx, query["order_id"]))

    @query(contracts.ListOrders)
    def list_orders(self, tx, query) -> dict:
        return contracts.OrderPage.write(orders.list_orders(tx, query))

    @command(contracts.RegisterConsultation)
    def register_consultation(self, tx, command) -> dict:
        registered = work_orders.register_consultation(tx, command, customer_service())
        return contracts.RegisteredConsultation.write(registered)

    @query(contracts.GetWorkOrder)
    def get_work_order(self, tx, query) -> dict:
        found = work_orders.get_work_order(tx, query["work_order_number"])
        return contracts.WorkOrderView.write(found)

    @query(contracts.GetWorkOrderPatient)
    def get_work_order_patient(self, tx, query) -> dict:
        found = work_orders.get_patient(tx, query["work_order_number"])
        return contracts.WorkOrderPatientView.write(found)

    @query(contracts.ListWorkOrders)
    def list_work_orders(self, tx, query) -> dict:
        return contracts.WorkOrderPage.write(work_orders.list_work_orders(tx, query))

    @query(contracts.ListWorkOrderStates)
    def list_work_order_states(self, tx, query) -> dict:
        found = work_orders.list_work_order_states(tx, **query)
        return contracts.WorkOrderStates.write({"items": found})

    @query(contracts.ListArticles)
    def list_articles(self, tx, query) -> dict:
        return contracts.ArticlePage.write(catalogue.list_articles(tx, query))

    @query(contracts.ListCustomers)
    def list_customers(self, tx, query) -> dict:
        return contracts.Customers.write({"items": customers.list_customers(tx)})

    @query(contracts.FindPatient)
    def find_patient(self, tx, query) -> dict:
        return contracts.PatientView.write(patients.find_patient(tx, **query))

    @query(contracts.FindContacts)
    def find_contacts(self, tx, query) -> dict:
        return contracts.Contacts.write({"mail": customers.find_contacts(tx, query["hsa_ids"])})

    @query(contracts.FindNames)
    def find_names(self, tx, query) -> dict:
        return contracts.Names.write({"names": customers.find_names(tx, query["hsa_ids"])})

    @query(contracts.ListGates)
    def list_gates(self, tx, query) -> dict:
        return contracts.Gates.write(gates.list_gates(tx))

    @on_event(ActivityBookedV1)
    def note_booked(self, tx, event) -> None:
        work_orders.note_booked(tx, event)

    @on_event(ActivityRebookedV1)
    def note_rebooked(self, tx, event) -> None:
        work_orders.note_rebooked(tx, event)

    @on_event(ActivityCancelledV1)
    def note_cancelled(self, tx, event) -> None:
        work_orders.note_cancelled(tx, event)

    @on_event(ActivityClosedV1)
    def note_closed(self, tx, event) -> None:
        work_orders.note_closed(tx, event)

    @on_event(ActivityHeldV1)
    def note_held(self, tx, event) -> None:
        work_orders.note_over(tx, event, "held")

    @on_event(ActivityMissedV1)
    def note_missed(self, tx, event) -> None:
        work_orders.note_over(tx, event, "no_show")

    @on_event(ActivityReopenedV1)
    def note_reopened(self, tx, event) -> None:
        work_orders.note_reopened(tx, event)

    @on_event(RequirementSetDefinedV1)
    def note_requirement(self, tx, event) -> None:
        gates.note_requirement(tx, event)

    @on_event(GateOpenedV1)
    def note_gate_opened(self, tx, event) -> None:
        gates.note_gate(tx, event)

    @on_event(GateClosedV1)
    def note_gate_closed(self, tx, event) -> None:
        gates.note_gate(tx, event)

    @on_event(GatesConfirmedV1)
    def note_confirmed(self, tx, event) -> None:
        gates.note_confirmed(tx, event)
