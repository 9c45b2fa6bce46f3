"""Maintenance's entrypoints: decode, one use case, encode.

The settings are read when the process starts: see settings.py.
"""

import logging

from nameko.timer import timer

from chassis.database import Database
from chassis.events import on_event
from chassis.rpc import command, query
from chassis.service import Service
from contracts import maintenance as contract
from contracts.ordering import AdaptationOrderedV1
from contracts.signing import DocumentSignedV1, DocumentTakenOnPaperV1
from services.maintenance import adapting, reading, sweeping, use_cases, views
from services.maintenance.model.happenings import What
from services.maintenance.repository import MaintenanceTransaction
from services.maintenance.settings import Settings

SETTINGS = Settings.read()
RULES = SETTINGS.rules
RECOMPUTE_EVERY = 3600  # seconds

_log = logging.getLogger(__name__)


class MaintenanceService(Service):
    """Takes work orders on devices from registered to finished, and minds their clocks."""

    name = "maintenance"

    database = Database(MaintenanceTransaction)

    @command(contract.RegisterMaintenance)
    def register_maintenance(self, tx, command) -> dict:
        return views.summary(use_cases.register(tx, command, RULES), RULES, tx.now)

    @command(contract.AssignTechnician)
    def assign_technician(self, tx, command) -> dict:
        return views.summary(use_cases.assign(tx, command, RULES), RULES, tx.now)

    @command(contract.StartWork)
    def start_work(self, tx, command) -> dict:
        return self._carry_on(tx, What.STARTED, command)

    @command(contract.PauseWork)
    def pause_work(self, tx, command) -> dict:
        return self._carry_on(tx, What.PAUSED, command)

    @command(contract.ResumeWork)
    def resume_work(self, tx, command) -> dict:
        return self._carry_on(tx, What.RESUMED, command)

    @command(contract.FinishWork)
    def finish_work(self, tx, command) -> dict:
        return self._carry_on(tx, What.FINISHED, command)

    @command(contract.CancelWork)
    def cancel_work(self, tx, command) -> dict:
        return views.summary(use_cases.cancel(tx, command, RULES), RULES, tx.now)

    @command(contract.HandOutDevice)
    def hand_out_device(self, tx, command) -> dict:
        return views.summary(use_cases.hand_out(tx, command, RULES), RULES, tx.now)

    @on_event(AdaptationOrderedV1)
    def open_adaptation(self, tx, event) -> None:
        adapting.take_in(tx, event, RULES)

    @on_event(DocumentSignedV1)
    def release_signed(self, tx, event) -> None:
        adapting.release(tx, event, "signed")

    @on_event(DocumentTakenOnPaperV1)
    def release_on_paper(self, tx, event) -> None:
        adapting.release(tx, event, "on_paper")

    @query(contract.GetMaintenanceOrder)
    def get_maintenance_order(self, tx, query) -> dict:
        found = reading.look_at(tx, query["work_order_number"], RULES)
        return views.whole(found, RULES, tx.now)

    @query(contract.ListMaintenanceOrders)
    def list_maintenance_orders(self, tx, query) -> dict:
        found, more = reading.page(tx, query, RULES)
        return {"items": [views.summary(one, RULES, tx.now) for one in found], "more": more}

    @query(contract.GetFulfilment)
    def get_fulfilment(self, tx, query) -> dict:
        return views.fulfilment(reading.fulfilment(tx, query, RULES))

    @timer(interval=SETTINGS.sweep_every)
    def warn_technicians(self) -> None:
        if warned := sweeping.warn(self.database):
            _log.info("told of %s clocks that run out soon", warned)

    @timer(interval=SETTINGS.sweep_every)
    def tell_prescribers(self) -> None:
        if told := sweeping.tell_overdue(self.database):
            _log.info("told of %s repairs that are late", told)

    @timer(interval=RECOMPUTE_EVERY, eager=True)
    def recompute_clocks(self) -> None:
        if changed := sweeping.recompute(self.database, RULES):
            _log.info("kept other times for %s work orders", changed)

    def _carry_on(self, tx, what: What, command) -> dict:
        return views.summary(use_cases.carry_on(tx, what, command, RULES), RULES, tx.now)
