"""Any order of commands, of repetitions and of times told: the history stays a true one."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contracts.errors import ContractError
from services.maintenance import sweeping
from services.maintenance.model.happenings import BESIDE, What
from services.maintenance.model.work_order import CAN_HAPPEN, State
from tests.unit.maintenance.asks import assign, cancel, do, look_at, reported
from tests.unit.maintenance.fakes import InMemoryMaintenance
from tests.unit.maintenance.world import HOURS, JOHAN, NOW, RULES

PAST = NOW - timedelta(days=60)
REFUSED = {"maintenance.work.state", "maintenance.time.before_last", "maintenance.time.future"}
minutes = st.integers(-200, 5000)


class Interleavings(RuleBasedStateMachine):
    """One work order; `expected` is its state by a model of its own."""

    @initialize(kind=st.sampled_from(["corrective", "acute_corrective"]))
    def register(self, kind):
        self.world = InMemoryMaintenance()
        self.last = PAST
        self.order = reported(self.world, PAST, kind=kind, basic_need="communication")
        self.expected, self.before, self.done = "registered", "registered", 0

    @rule(action=st.sampled_from(["start", "pause", "resume", "finish", "cancel"]), by=minutes)
    def tell(self, action, by):
        when = self.last + timedelta(minutes=by)
        allowed = self._allows(action) and self.last <= when <= NOW
        if allowed:
            self._send(action, when)
            self._expect(action)
            self.last, self.done = when, self.done + 1
            return
        with pytest.raises(ContractError) as refusal:
            self._send(action, when)
        assert refusal.value.code in REFUSED

    @precondition(lambda self: self.expected in ("registered", "started", "paused"))
    @rule()
    def assign(self):
        assert assign(self.world, self.order).technician == JOHAN.hsa_id

    @rule()
    def sweep(self):
        """Recomputing finds nothing that was not kept already."""
        with self.world.transaction(JOHAN) as tx:
            for timed, due in sweeping.computed(tx.work_orders.unfinished(), RULES, tx.now):
                assert timed.due == due

    @invariant()
    def shows_its_state(self):
        if not hasattr(self, "world"):
            return
        seen = look_at(self.world, self.order.number, JOHAN)
        assert seen["state"] == self.expected
        assert len(self.world.told()) == self.done
        for name in ("start_clock", "finish_clock"):
            assert 0 <= seen[name]["net_minutes"] <= seen[name]["gross_minutes"]
        assert seen["start_clock"]["net_minutes"] <= seen["finish_clock"]["net_minutes"]

    @invariant()
    def happens_in_order(self):
        if hasattr(self, "world"):
            stored = self.world.stored[self.order.number][0]
            times = [one.at for one in stored.history if one.what is not What.ASSIGNED]
            assert times == sorted(times)
            assert all(one.at <= one.recorded_at for one in stored.history)
            both = stored.clocks(HOURS, NOW)
            assert both.finish.gross == HOURS.position(self._end()) - HOURS.position(PAST)

    def _end(self):
        return self.last if self.expected in ("finished", "cancelled") else NOW

    def _send(self, action, when):
        if action == "cancel":
            return cancel(self.world, self.order, when)
        rest = {"cause": "spare_part"} if action == "pause" else {}
        return do(self.world, action, self.order, when, **rest)

    def _allows(self, action):
        return {
            "start": self.expected == "registered",
            "pause": self.expected in ("registered", "started"),
            "resume": self.expected == "paused",
            "finish": self.expected == "started",
            "cancel": self.expected in ("registered", "started", "paused"),
        }[action]

    def _expect(self, action):
        if action == "pause":
            self.before = self.expected
        after = {"start": "started", "pause": "paused", "finish": "finished", "cancel": "cancelled"}
        self.expected = after.get(action, self.before)


def test_every_state_has_a_way_in_and_what_is_over_has_none_out():
    leading_out = set().union(*(found for what, found in CAN_HAPPEN.items() if what not in BESIDE))

    assert leading_out == {State.REGISTERED, State.STARTED, State.PAUSED}


TestInterleavings = pytest.mark.rule("M-1")(Interleavings.TestCase)
TestInterleavings.settings = settings(max_examples=100, stateful_step_count=30)
