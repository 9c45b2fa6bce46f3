"""What one use case of ordering reads and changes."""

from functools import cached_property

from chassis.database import Transaction
from contracts.devices import DeviceDeliveredV1, DeviceReturnedV1
from contracts.ordering import (
    AdaptationOrderedV1,
    ConsultationRequestedV1,
    OrderCancelledV1,
    OrderPlacedV1,
)
from services.ordering.adaptations.model import AdaptationOrdered
from services.ordering.adaptations.repository import AdaptationRepository
from services.ordering.catalogue.repository import ArticleRepository
from services.ordering.customers.repository import CustomerRepository
from services.ordering.devices.model import DeviceDelivered, DeviceReturned
from services.ordering.devices.repository import DeviceRepository
from services.ordering.gates.repository import GateRepository
from services.ordering.notices.repository import NoticeRepository
from services.ordering.orders.model import OrderCancelled, OrderPlaced
from services.ordering.orders.repository import OrderRepository
from services.ordering.patients.repository import PatientRepository
from services.ordering.work_orders.model import ConsultationRequested
from services.ordering.work_orders.repository import WorkOrderRepository


class OrderingTransaction(Transaction):
    contracts = {  # noqa: RUF012 - never changed
        OrderPlaced: OrderPlacedV1,
        OrderCancelled: OrderCancelledV1,
        ConsultationRequested: ConsultationRequestedV1,
        AdaptationOrdered: AdaptationOrderedV1,
        DeviceDelivered: DeviceDeliveredV1,
        DeviceReturned: DeviceReturnedV1,
    }

    @cached_property
    def customers(self) -> CustomerRepository:
        return CustomerRepository(self.connection)

    @cached_property
    def articles(self) -> ArticleRepository:
        return ArticleRepository(self.connection)

    @cached_property
    def patients(self) -> PatientRepository:
        return PatientRepository(self.connection, self.context)

    @cached_property
    def orders(self) -> OrderRepository:
        return OrderRepository(self.connection, self.context, self.write)

    @cached_property
    def gates(self) -> GateRepository:
        return GateRepository(self.connection)

    @cached_property
    def work_orders(self) -> WorkOrderRepository:
        return WorkOrderRepository(self.connection, self.context)

    @cached_property
    def devices(self) -> DeviceRepository:
        return DeviceRepository(self.connection, self.context)

    @cached_property
    def adaptations(self) -> AdaptationRepository:
        return AdaptationRepository(self.connection, self.context)

    @cached_property
    def notices(self) -> NoticeRepository:
        return NoticeRepository(self.connection)
