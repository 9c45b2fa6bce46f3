"""Signing without a database, blob store or certificates."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from itertools import count
from operator import attrgetter

from chassis.blobs import Blob
from contracts.actor import Actor
from contracts.errors.common import CHANGED_MEANWHILE
from services.signing.model.job import State
from services.signing.pades.errors import TimestampUnavailable
from services.signing.repository import SigningTransaction
from tests.unit.signing.world import ANNA, NOW

MICROSECOND = timedelta(microseconds=1)


class InMemoryFiles:
    """A blob store; port `Files`."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def content(self, key):
        if key not in self.kept:
            raise FileNotFoundError(key)
        return self.kept[key]

    def keep(self, content):
        key = hashlib.sha256(content).hexdigest()
        self.kept[key] = content
        return Blob(key, len(content), key)

    def remove(self, key):
        self.kept.pop(key, None)


class PlainSigner:
    """Writes into the file what a signature says; `meanwhile` happens before each is done."""

    def __init__(self) -> None:
        self.meanwhile = []
        self.is_away = False

    def sign(self, pdf, signatory, material):
        if self.is_away:
            raise TimestampUnavailable("away")
        if self.meanwhile:
            self.meanwhile.pop()()
        return pdf + f"\n{signatory.hsa_id} {material.sequence} {material.as_text()}".encode()


class InMemoryCases:
    def __init__(self, tx: "InMemoryTransaction") -> None:
        self.tx, self.world = tx, tx.world

    def open(self, case):
        case.version = 1
        self.world.cases.setdefault(case.id, deepcopy(case))

    def get(self, adaptation_id, sight):
        case = self.world.cases.get(adaptation_id)
        seen = case and (sight.everything or case.unit == sight.unit)
        return self._with(case, case.job and case.job.id) if seen else None

    def of_job(self, job_id, sight):
        for case_id, job in self.world.jobs.values():
            case = self.world.cases[case_id]
            if job.id == job_id and self._seen(case, job, sight):
                return self._with(case, job_id)
        return None

    def look_at(self, job_id, sight, action):
        if found := self.of_job(job_id, sight):
            self.world.log.append((action, found.id, self.tx.actor.hsa_id))
        return found

    def page(self, built, sight, sort, offset, limit):
        found = [
            self.get(case.id, sight)
            for case in sorted(self.world.cases.values(), key=lambda case: case.built_at)
            if (sight.everything or case.unit == sight.unit)
            and built.adaptation_id in (None, case.id)
        ]
        found = [one for one in found if built.state in (None, one.state)]
        found.sort(key=attrgetter(sort.lstrip("-")), reverse=sort.startswith("-"))
        return found[offset : offset + limit]

    def jobs(self, listed, sight, sort, offset, limit):
        found = [
            self._with(self.world.cases[case_id], job.id)
            for case_id, job in self.world.jobs.values()
            if self._seen(self.world.cases[case_id], job, sight)
            and listed.adaptation_id in (None, case_id)
            and listed.state in (None, job.state.value)
            and (listed.waits_for is None or listed.waits_for in job.waits_for)
        ]
        found.sort(key=lambda case: case.latest.sent_at, reverse=True)
        if (column := sort.lstrip("-")) != "sent_at":
            found.sort(key=lambda case: getattr(case, column))
        if sort in ("sent_at", "-work_order_number", "-individual_number"):
            found.reverse()
        return found[offset : offset + limit]

    def keep_number(self, case, year):
        kept = self.world.cases[case.id]
        if kept.diary_number is None:
            kept.diary_number = f"HMC {year}-{next(self.world.numbers):06}"
        case.diary_number = kept.diary_number

    def save(self, case):
        kept = self.world.cases[case.id]
        if kept.version != case.version:
            raise CHANGED_MEANWHILE()
        case.version += 1
        for event in case.events:
            self.tx.tell(event)
        case.events.clear()
        self.world.jobs[case.latest.id] = (case.id, deepcopy(case.job))
        self.world.cases[case.id] = deepcopy(case)
        self.world.log.append(("job.changed", case.id, self.tx.actor.hsa_id))

    def expire(self, notice, at_most):
        closed = 0
        for case in list(self.world.cases.values()):
            case = deepcopy(case)
            if case.expire(self.tx.now):
                self.save(case)
                facts = {"number": case.work_order_number, "job_id": case.latest.id}
                texts = {name: text.format(**facts) for name, text in notice.items()}
                for person in case.people:
                    self.tx.mail(person, **texts)
                closed += 1
        return closed

    def _seen(self, case, job, sight):
        return sight.everything or case.unit == sight.unit or sight.person in job.signatories

    def _with(self, case, job_id):
        found = deepcopy(case)
        found.job = deepcopy(self.world.jobs[job_id][1]) if job_id else None
        return found


class InMemoryDocuments:
    def __init__(self, world: "InMemorySigning") -> None:
        self.world = world

    def add(self, document):
        if document.id in self.world.documents:
            raise CHANGED_MEANWHILE()
        self.world.documents[document.id] = document

    def get(self, document_id):
        return self.world.documents.get(document_id)

    def knows(self, key):
        return any(one.key == key for one in self.world.documents.values())


class InMemoryTransaction:
    def __init__(self, world: "InMemorySigning", actor: Actor) -> None:
        self.world, self.actor, self.now = world, actor, world.now()
        self.cases, self.documents = InMemoryCases(self), InMemoryDocuments(world)

    def tell(self, event):
        contract = SigningTransaction.contracts[type(event)]
        self.world.events.append((contract.event_type, contract.write(event)))

    def mail(self, recipient, subject, body):
        self.world.mails.append((recipient, subject, body))

    def answer(self, command_id, mark, reply):
        self.world.answers[command_id] = reply


class InMemoryDatabase:
    """The world's transactions in one actor's name."""

    def __init__(self, world: "InMemorySigning", actor: Actor) -> None:
        self._world, self._actor = world, actor

    @contextmanager
    def transaction(self) -> Iterator[InMemoryTransaction]:
        with self._world.transaction(self._actor) as tx:
            yield tx

    reading = transaction


class InMemorySigning:
    """What is stored, told and mailed; `now` is what the time is, and goes on by itself."""

    def __init__(self) -> None:
        self.time = NOW
        self.files, self.signer = InMemoryFiles(), PlainSigner()
        self.numbers = count(1)
        self.cases, self.jobs, self.documents, self.answers = {}, {}, {}, {}
        self.events: list[tuple[str, dict]] = []
        self.mails: list[tuple[str, str, str]] = []
        self.log: list[tuple] = []

    def now(self):
        self.time += MICROSECOND
        return self.time

    def database(self, actor: Actor = ANNA) -> InMemoryDatabase:
        return InMemoryDatabase(self, actor)

    @contextmanager
    def transaction(self, actor: Actor = ANNA) -> Iterator[InMemoryTransaction]:
        names = ("cases", "jobs", "documents", "answers", "events", "mails", "log")
        kept = {name: deepcopy(getattr(self, name)) for name in names}
        try:
            yield InMemoryTransaction(self, actor)
        except BaseException:
            vars(self).update(kept)
            raise

    def told(self) -> list[tuple[str, dict]]:
        return self.events

    def mailed(self) -> list[tuple[str, str, str]]:
        return self.mails

    def logged(self) -> list[tuple]:
        return self.log

    def released(self) -> int:
        return sum(job.state is State.SIGNED for _, job in self.jobs.values())
