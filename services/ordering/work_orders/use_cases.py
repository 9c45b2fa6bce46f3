"""Registering consultations, and following what booking tells of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from contracts.errors import ordering as errors
from services.ordering.customers import use_cases as customers
from services.ordering.customers.model import MAY_REGISTER_CONSULTATION, SYSTEM, require_role
from services.ordering.patients.use_cases import read_number
from services.ordering.use_cases import found, paged
from services.ordering.work_orders.model import HMC, ActivityUnknown, CustomerService, WorkOrder


class WorkOrders(Protocol):
    """The work orders; each change is logged, as they concern patients."""

    def add(self, work_order: WorkOrder) -> str: ...

    def of_activity(self, activity_id: UUID) -> WorkOrder | None: ...

    def save(self, work_order: WorkOrder) -> None: ...

    def of_unit(self, work_order_number: str, unit: str) -> WorkOrder | None: ...

    def patient_of(self, work_order_number: str, unit: str) -> Mapping[str, Any] | None: ...

    def newest(
        self, unit: str, state: str | None, limit: int, offset: int
    ) -> Sequence[WorkOrder]: ...

    def of_same_patient(
        self, number: str, unit: str, state: str | None, limit: int, offset: int
    ) -> Sequence[WorkOrder]: ...

    def after(self, number: int, limit: int) -> Sequence[WorkOrder]: ...


class Transaction(customers.Transaction, Protocol):
    @property
    def work_orders(self) -> WorkOrders: ...


def register_consultation(
    tx: Transaction, command: Mapping[str, Any], customer_service: CustomerService
) -> WorkOrder:
    """Open a work order for a consultation.

    Args:
        command: `RegisterConsultation`.
        customer_service: where acute cases are turned to.

    Raises:
        ContractError: as the rule that stands in the way says; nothing is registered.

    Source: B-4, B-5, O-7
    """
    require_role(tx.actor.role, MAY_REGISTER_CONSULTATION)
    if command["acute"]:
        raise customer_service.refusal()
    person = read_number(command["personal_identity_number"], "personal_identity_number")
    standing = customers.stand(tx, command["customer_number"], personal_identity_number=person)
    if standing.supplier != HMC:
        raise errors.CONSULTATION_NOT_OF_SUPPLIER(customer_number=standing.customer_number)
    work_order = WorkOrder(
        customer_number=standing.customer_number,
        unit=standing.unit,
        patient_id=standing.require_patient(),
        description=command["description"],
        orderer=tx.actor.hsa_id,
        registered_at=tx.now,
        iso_code=command["iso_code"],
    )
    number = tx.work_orders.add(work_order)
    tx.tell(work_order.stored(number, standing.principal, standing.agreement))
    return work_order


def get_work_order(tx: Transaction, work_order_number: str) -> WorkOrder:
    """
    Raises:
        NotFound: the actor's unit has no such work order.
    """
    return found(tx.work_orders.of_unit(work_order_number, tx.actor.unit))


def get_patient(tx: Transaction, work_order_number: str) -> Mapping[str, Any]:
    """Whom it is for, shaped as `WorkOrderPatientView`; the look is logged.

    Raises:
        Forbidden: the actor registers no consultations.
        NotFound: the actor's unit has no such work order.

    Source: P-3, P-4; HSLF-FS 2016:40 4 kap. 9 §
    """
    require_role(tx.actor.role, MAY_REGISTER_CONSULTATION)
    return found(tx.work_orders.patient_of(work_order_number, tx.actor.unit))


def list_work_orders(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the work orders of the actor's unit, newest first.

    Source: B-14
    """
    of_unit = tx.actor.unit, query.get("state")
    other = query.get("same_patient_as")

    def fetch(limit: int, offset: int) -> Sequence[WorkOrder]:
        if other is not None:
            return tx.work_orders.of_same_patient(other, *of_unit, limit, offset)
        return tx.work_orders.newest(*of_unit, limit, offset)

    return paged(query, fetch)


def list_work_order_states(tx: Transaction, *, after: int, limit: int) -> Sequence[WorkOrder]:
    """Those whose number comes after, in order of their numbers.

    Raises:
        Forbidden: somebody else than Rampen itself asks.

    Source: B-16
    """
    require_role(tx.actor.role, SYSTEM)
    return tx.work_orders.after(after, limit)


def note_booked(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `ActivityBookedV1`.

    Source: B-5, B-9
    """
    at = event["booked_at"]
    _note(tx, event, lambda known: known.book(event["booking_id"], event["start"], at))


def note_rebooked(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `ActivityRebookedV1`.

    Source: B-12, X-25
    """
    at = event["rebooked_at"]
    _note(tx, event, lambda known: known.rebook(event["booking_id"], event["start"], at))


def note_cancelled(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `ActivityCancelledV1`.

    Source: B-12
    """
    at = event["cancelled_at"]
    _note(tx, event, lambda known: known.reopen(event["booking_id"], at))


def note_closed(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `ActivityClosedV1`.

    Source: B-6
    """
    _note(tx, event, lambda known: known.close(event["cause"], event["closed_at"]))


def note_over(tx: Transaction, event: Mapping[str, Any], cause: str) -> None:
    """Close the work order of a visit that is over; open another one for what remains.

    Args:
        event: `ActivityHeldV1` or `ActivityMissedV1`.
        cause: of the closing.
    """
    work_order = _known(tx, event)
    if not work_order.close(cause, event["noted_at"]):
        return
    tx.work_orders.save(work_order)
    if event["follow_up"]:
        follow_up = work_order.follow_up(tx.now)
        number = tx.work_orders.add(follow_up)
        tx.tell(follow_up.stored(number, event["principal"], event.get("agreement")))


def note_reopened(tx: Transaction, event: Mapping[str, Any]) -> None:
    """
    Args:
        event: `ActivityReopenedV1`.

    Source: B-6
    """
    _note(tx, event, lambda known: known.open_again(event["reopened_at"]))


def _note(tx: Transaction, event: Mapping[str, Any], change: Callable[[WorkOrder], bool]) -> None:
    """
    Raises:
        ActivityUnknown: there is no work order for the activity; the event is tried again.
    """
    work_order = _known(tx, event)
    if change(work_order):
        tx.work_orders.save(work_order)


def _known(tx: Transaction, event: Mapping[str, Any]) -> WorkOrder:
    """
    Raises:
        ActivityUnknown: there is no work order for the activity; the event is tried again.
    """
    work_order = tx.work_orders.of_activity(event["activity_id"])
    if work_order is None:
        raise ActivityUnknown()
    return work_order
