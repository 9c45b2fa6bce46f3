"""Devices (Swedish: hjälpmedel) that are marked one by one: what ordering takes, answers and tells.

Ordering owns them. A device with an unsigned adaptation is blocked: it is delivered to nobody.
"""

import re

from marshmallow import fields, validate

from contracts.base import Command, Event, Flag, PagedQuery, Part, Query, Reply, page_of, sorted_by
from contracts.errors.maintenance import INDIVIDUAL_NUMBER_WRONG
from contracts.ordering import ARTICLE_NUMBER, CUSTOMER_NUMBER, PERSONAL_IDENTITY_NUMBER

DEVICE_STATES = ("in_stock", "delivered")
ADAPTATION_STATES = ("ordered", "signed", "on_paper", "cancelled")
SETBACKS = ("declined", "expired")
#: As people write it; `individual_number` reads it.
INDIVIDUAL_NUMBER = validate.Length(1, 20)
_INDIVIDUAL_NUMBER = re.compile(r"[A-Z]{0,3}[0-9]{5,10}", re.ASCII)


def individual_number(text: str) -> str:
    """The number as it is marked on the device, without spaces and in capitals.

    Raises:
        Invalid: it does not have the form of one.

    Source: U-5, U-21
    """
    number = re.sub(r"[\s-]", "", text).upper()
    if not _INDIVIDUAL_NUMBER.fullmatch(number):
        raise INDIVIDUAL_NUMBER_WRONG(fields={"individual_number": "Har inte rätt form."})
    return number


class RegisterDevice(Command):
    """Take a marked device into the supply centre's stock."""

    individual_number = fields.String(required=True, validate=INDIVIDUAL_NUMBER)
    article_number = fields.String(required=True, validate=ARTICLE_NUMBER)


class DeliverDevice(Command):
    """Deliver a device to a customer number's unit, or to a patient of it.

    Source: S-1, O-18
    """

    individual_number = fields.String(required=True, validate=INDIVIDUAL_NUMBER)
    customer_number = fields.String(required=True, validate=CUSTOMER_NUMBER)
    personal_identity_number = fields.String(validate=PERSONAL_IDENTITY_NUMBER)


class ReturnDevice(Command):
    """Take a delivered device back into stock."""

    individual_number = fields.String(required=True, validate=INDIVIDUAL_NUMBER)


class GetDevice(Query):
    """One device; the look is logged when it is with a patient."""

    individual_number = fields.String(required=True, validate=INDIVIDUAL_NUMBER)


class ListDevices(PagedQuery):
    """The supply centre's devices, or those with the actor's unit."""

    sort = sorted_by("individual_number", "article_name", "changed_at")
    state = fields.String(validate=validate.OneOf(DEVICE_STATES))
    search = fields.String(load_default="", validate=validate.Length(max=20))


class FunctionalRisk(Part):
    """One risk in how the device is used, and what is done about it (Swedish: funktionell risk).

    Source: U-10, U-11
    """

    description = fields.String(required=True, validate=validate.Length(3, 1000))
    measure = fields.String(required=True, validate=validate.Length(1, 1000))


class OrderAdaptation(Command):
    """Order a custom adaptation (Swedish: specialanpassning); the device is blocked from now on.

    Source: S-1, U-10, U-11
    """

    customer_number = fields.String(required=True, validate=CUSTOMER_NUMBER)
    individual_number = fields.String(required=True, validate=INDIVIDUAL_NUMBER)
    personal_identity_number = fields.String(validate=PERSONAL_IDENTITY_NUMBER)
    instruction = fields.String(required=True, validate=validate.Length(3, 4000))
    risks = fields.List(
        fields.Nested(FunctionalRisk), required=True, validate=validate.Length(1, 30)
    )
    cost_proposal_wanted = Flag(load_default=False)


class GetAdaptation(Query):
    """One adaptation with its instruction; the look is logged when it concerns a patient."""

    adaptation_id = fields.UUID(required=True)


class ListAdaptations(PagedQuery):
    """The adaptations of the actor's unit, to the supply centre everybody's.

    The newest come first unless told.
    """

    sort = sorted_by("-work_order_number", "individual_number", "ordered_at")
    state = fields.String(validate=validate.OneOf(ADAPTATION_STATES))


class StoredDevice(Reply):
    """The answer to what moves a device.

    Args:
        unit: HSA-ID of whose it is now; None in stock.
    """

    individual_number = fields.String(required=True)
    article_number = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(DEVICE_STATES))
    customer_number = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    changed_at = fields.AwareDateTime(required=True)


class DeviceView(StoredDevice):
    """A device (Swedish: individmärkt hjälpmedel), without patient data.

    Args:
        adaptation_id: of the unsigned adaptation that blocks it.
    """

    article_name = fields.String(required=True)
    with_patient = fields.Boolean(required=True)
    is_blocked = fields.Boolean(required=True)
    adaptation_id = fields.UUID(required=True, allow_none=True)


class AdaptationSummary(Reply):
    """An adaptation without its texts.

    Args:
        setback: how the newest document came back, if one did; the adaptation stays ordered.
    """

    adaptation_id = fields.UUID(required=True)
    work_order_number = fields.String(required=True)
    individual_number = fields.String(required=True)
    customer_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    prescriber = fields.String(required=True)  # HSA-ID
    state = fields.String(required=True, validate=validate.OneOf(ADAPTATION_STATES))
    setback = fields.String(required=True, allow_none=True, validate=validate.OneOf(SETBACKS))
    ordered_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    diary_number = fields.String(required=True, allow_none=True)


class FunctionalRiskView(Reply):
    description = fields.String(required=True)
    measure = fields.String(required=True)


class AdaptationView(AdaptationSummary):
    """An adaptation with what the technician builds by.

    Source: U-10
    """

    instruction = fields.String(required=True)
    risks = fields.List(fields.Nested(FunctionalRiskView), required=True)
    cost_proposal_wanted = fields.Boolean(required=True)


DevicePage = page_of(DeviceView)
AdaptationPage = page_of(AdaptationSummary)


class DeviceDeliveredV1(Event):
    """A device was delivered to a unit, or to a patient of it."""

    event_type = "ordering.device.delivered.v1"

    individual_number = fields.String(required=True)
    article_number = fields.String(required=True)
    customer_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID
    delivered_at = fields.AwareDateTime(required=True)


class DeviceReturnedV1(Event):
    """A device came back into stock."""

    event_type = "ordering.device.returned.v1"

    individual_number = fields.String(required=True)
    article_number = fields.String(required=True)
    unit = fields.String(required=True)  # HSA-ID of who had it
    returned_at = fields.AwareDateTime(required=True)
