"""The entrypoints about reconciliation: decode, one use case, encode."""

from functools import partial

from nameko.timer import timer

from chassis.calendar import STOCKHOLM
from chassis.rpc import command, query
from contracts import booking_reconciliation as contract
from services.booking.reconciliation import use_cases, views
from services.booking.reconciliation.looking import Reconciling
from services.booking.reconciliation.ordering import work_orders
from services.booking.reconciliation.settings import Settings

SETTINGS = Settings.read()


class ReconciliationEntrypoints:
    """A part of booking's service."""

    @command(contract.StartReconciliation)
    def start_reconciliation(self, tx, command):
        return views.run(use_cases.start(tx, command["command_id"]))

    @query(contract.GetReconciliation)
    def get_reconciliation(self, tx, query):
        return views.run(use_cases.get(tx, query["reconciliation_id"]))

    @query(contract.ListReconciliations)
    def list_reconciliations(self, tx, query):
        found, more = use_cases.list_runs(tx, **query)
        return {"items": [views.run(one) for one in found], "more": more}

    @query(contract.ListDifferences)
    def list_differences(self, tx, query):
        found, more = use_cases.list_differences(tx, **query)
        return {"items": [views.difference(one) for one in found], "more": more}

    @timer(interval=SETTINGS.every)
    def look_for_differences(self):
        if SETTINGS.hour is not None:
            with self.database.transaction() as tx:
                use_cases.start_nightly(tx, tx.now.astimezone(STOCKHOLM), SETTINGS.hour)
        ordering = partial(work_orders, self.calls)
        Reconciling(self.database, self.scheduler, ordering, SETTINGS.grace).run()
