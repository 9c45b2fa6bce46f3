"""The entrypoints about devices and their adaptations: decode, one use case, encode.

SUPPLY_CENTRE_UNITS   as in maintenance: the units of those who keep the devices
"""

from chassis import settings
from chassis.events import on_event
from chassis.rpc import command, query
from contracts import devices as contracts
from contracts.maintenance import AdaptationCancelledV1
from contracts.signing import (
    DocumentDeclinedV1,
    DocumentExpiredV1,
    DocumentSignedV1,
    DocumentTakenOnPaperV1,
)
from services.ordering.adaptations import use_cases as adaptations
from services.ordering.devices import use_cases
from services.ordering.devices.use_cases import SupplyCentre

CENTRE = SupplyCentre(settings.words("SUPPLY_CENTRE_UNITS"))


class DeviceEntrypoints:
    """A part of ordering's service."""

    @command(contracts.RegisterDevice)
    def register_device(self, tx, command) -> dict:
        return contracts.StoredDevice.write(use_cases.register_device(tx, command, CENTRE))

    @command(contracts.DeliverDevice)
    def deliver_device(self, tx, command) -> dict:
        return contracts.StoredDevice.write(use_cases.deliver_device(tx, command, CENTRE))

    @command(contracts.ReturnDevice)
    def return_device(self, tx, command) -> dict:
        return contracts.StoredDevice.write(use_cases.return_device(tx, command, CENTRE))

    @query(contracts.GetDevice)
    def get_device(self, tx, query) -> dict:
        found = use_cases.get_device(tx, query["individual_number"], CENTRE)
        return contracts.DeviceView.write(found)

    @query(contracts.ListDevices)
    def list_devices(self, tx, query) -> dict:
        return contracts.DevicePage.write(use_cases.list_devices(tx, query, CENTRE))

    @command(contracts.OrderAdaptation)
    def order_adaptation(self, tx, command) -> dict:
        return contracts.AdaptationSummary.write(adaptations.order_adaptation(tx, command))

    @query(contracts.GetAdaptation)
    def get_adaptation(self, tx, query) -> dict:
        found = adaptations.get_adaptation(tx, query["adaptation_id"], CENTRE)
        return contracts.AdaptationView.write(found)

    @query(contracts.ListAdaptations)
    def list_adaptations(self, tx, query) -> dict:
        return contracts.AdaptationPage.write(adaptations.list_adaptations(tx, query, CENTRE))

    @on_event(DocumentSignedV1)
    def note_signed(self, tx, event) -> None:
        adaptations.note_signed(tx, event)

    @on_event(DocumentTakenOnPaperV1)
    def note_taken_on_paper(self, tx, event) -> None:
        adaptations.note_taken_on_paper(tx, event)

    @on_event(DocumentDeclinedV1)
    def note_declined(self, tx, event) -> None:
        adaptations.note_declined(tx, event)

    @on_event(DocumentExpiredV1)
    def note_expired(self, tx, event) -> None:
        adaptations.note_expired(tx, event)

    @on_event(AdaptationCancelledV1)
    def note_called_off(self, tx, event) -> None:
        adaptations.note_called_off(tx, event)
