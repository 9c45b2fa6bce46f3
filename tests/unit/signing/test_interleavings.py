"""Whatever happens in whatever order: one open job at most, one release, and only by right."""

import contextlib
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.errors import ContractError
from services.signing.model.job import Medium, State
from tests.unit.signing import asks
from tests.unit.signing.fakes import InMemorySigning
from tests.unit.signing.world import ANNA, ERIK, JOHAN, KARIN, SARA

PEOPLE = st.sampled_from([ANNA, ERIK, JOHAN, SARA, KARIN])
DOES = {
    "assess": asks.assess,
    "not_acceptable": lambda world, job, _actor: asks.not_acceptable(world, job),
    "sign": asks.sign,
    "decline": asks.decline,
    "recall": asks.recall,
    "verify": asks.verify,
    "reject": asks.reject,
}


class Adaptation(RuleBasedStateMachine):
    """One adaptation and all that its people may try."""

    def __init__(self) -> None:
        super().__init__()
        self.world, self.sent = InMemorySigning(), []
        asks.built(self.world)

    @rule(both=st.booleans())
    def send(self, both):
        signatories = [ANNA.hsa_id, *([ERIK.hsa_id] if both else [])]
        self._try(lambda: self.sent.append(asks.send(self.world, signatories=signatories)))

    @rule(in_scan=st.booleans())
    def submit_paper(self, in_scan):
        day = self.world.time.date().isoformat()
        told = {"assessment_in_scan": in_scan, "signed_day": day}
        self._try(lambda: self.sent.append(asks.submit_paper(self.world, **told)))

    @rule(what=st.sampled_from(sorted(DOES)), actor=PEOPLE, at=st.integers(0, 3))
    def do(self, what, actor, at):
        if self.sent:
            job = self.sent[-1 - at % len(self.sent)]
            self._try(lambda: DOES[what](self.world, job, actor))

    @rule()
    def built_again(self):
        asks.built(self.world)

    @rule(days=st.sampled_from([1, 31]))
    def time_passes(self, days):
        self.world.time += timedelta(days)
        asks.expire(self.world)

    @invariant()
    def there_is_one_open_job_at_most(self):
        assert sum(job.state is State.OPEN for _, job in self.world.jobs.values()) <= 1

    @invariant()
    def it_is_released_once_and_told_once(self):
        told = [kind for kind, _ in self.world.told() if "signed" in kind or "paper" in kind]
        assert len(told) == self.world.released() <= 1

    @invariant()
    def it_is_released_by_all_signatures_or_verified_paper(self):
        for _, job in self.world.jobs.values():
            if job.state is not State.SIGNED:
                continue
            assert job.assessment_in_scan or job.assessment.allows_use
            if job.medium is Medium.DIGITAL:
                assert {one.hsa_id for one in job.signatures} == set(job.signatories)
            else:
                assert job.closed_by not in (job.sent_by, *job.signatories)

    def _try(self, act):
        with contextlib.suppress(ContractError):
            act()


TestAdaptation = Adaptation.TestCase
TestAdaptation.settings = settings(max_examples=60, stateful_step_count=30, derandomize=True)
