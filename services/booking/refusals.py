"""What the scheduler refuses, in the words of our contracts."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from contracts.errors import ContractError
from contracts.errors.booking import (
    CONSULTANT_UNKNOWN,
    HOLD_EXPIRED,
    SERVICE_PRODUCT_UNKNOWN,
    SLOT_NOT_OPEN,
    SLOT_TAKEN,
)
from contracts.errors.common import CHANGED_MEANWHILE, SERVICE_UNAVAILABLE
from services.booking.schedule import (
    HoldExpired,
    SchedulerError,
    SchedulerRefused,
    SlotTaken,
)

#: The scheduler's codes for what an orderer can do something about; the rest is ours to mend.
KNOWN = {
    "service_unknown": SERVICE_PRODUCT_UNKNOWN,
    "too_late": SLOT_NOT_OPEN,
    "not_on_duty": SLOT_NOT_OPEN,
    "field_invalid": SLOT_NOT_OPEN,
    "http_400": SLOT_NOT_OPEN,
    "booking_changed": CHANGED_MEANWHILE,  # by staff, in the scheduler itself
    "staff_unknown": CONSULTANT_UNKNOWN,
    "staff_absent": SLOT_TAKEN,
}
_log = logging.getLogger(__name__)


@contextmanager
def as_contract_errors() -> Iterator[None]:
    """Turn an error of the scheduler into the refusal that a caller gets."""
    try:
        yield
    except SchedulerError as error:
        raise refusal(error) from error


def refusal(error: SchedulerError) -> ContractError:
    if isinstance(error, SlotTaken):
        return SLOT_TAKEN()
    if isinstance(error, HoldExpired):
        return HOLD_EXPIRED()
    if isinstance(error, SchedulerRefused):
        if known := KNOWN.get(error.code):
            return known()
        _log.error("the scheduler refused: %s", error.code)
    else:
        _log.warning("the scheduler does not answer: %s", type(error).__name__)
    return SERVICE_UNAVAILABLE()
