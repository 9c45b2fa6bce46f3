"""Ordering without a database: the repositories' interfaces over lists and dicts."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime
from itertools import count
from operator import itemgetter

from contracts.actor import Actor
from contracts.errors.common import CHANGED_MEANWHILE
from services.ordering.adaptations.model import AdaptationState
from services.ordering.catalogue.model import Article, Status
from services.ordering.customers.model import Customer, PermissionType, Standing
from services.ordering.devices.model import Device, DeviceState
from services.ordering.gates.model import ClosedGate
from services.ordering.patients.model import Patient
from services.ordering.repository import OrderingTransaction
from tests.unit.ordering.world import ANNA, ROWS


def one(table: str, **wanted: object) -> dict | None:
    """The first row of the world that has these values."""
    return next(iter(rows(table, **wanted)), None)


def rows(table: str, **wanted: object) -> list[dict]:
    return [row for row in ROWS[table] if wanted.items() <= row.items()]


def in_force(row: dict, day: date) -> bool:
    return row["first_day"] <= day and (row["last_day"] is None or row["last_day"] >= day)


LEGAL_AREAS = {
    PermissionType.HEALTH_CARE: "health_care",
    PermissionType.SOCIAL_SERVICES: "social_services",
}
ORDER_NUMBERS = count(10_000_001)


class InMemoryCustomers:
    def __init__(self, gates):
        self._gates = gates

    def standing(
        self,
        customer_number,
        person,
        day,
        *,
        personal_identity_number=None,
        store_number=None,
        gate_role=None,
        to_order=(),
    ):
        customer = one("customer_numbers", number=customer_number)
        if customer is None:
            return None
        unit = customer["unit"]
        patient = one("patients", personal_identity_number=personal_identity_number)
        store = one("store_customers", customer_number=customer_number, store_number=store_number)
        return Standing(
            customer_number,
            customer["supplier"],
            unit,
            self._provider(unit)["principal"],
            self._is_engaged(unit, day),
            min(self._agreements(customer_number, unit, day), default=None),
            self.permission(person, unit, day),
            patient and patient["id"],
            store is not None,
            tuple(self._closed(person, gate_role, unit, day)),
            InMemoryArticles().by_numbers(to_order),
            str(next(ORDER_NUMBERS)) if to_order else "",
        )

    def _closed(self, person, role, unit, day):
        for gate in self._gates.of(person, role, unit, day):
            if not gate["is_open"]:
                yield ClosedGate(
                    gate["product_area"],
                    gate["title"],
                    tuple(gate["prefixes"]),
                    tuple(gate["missing"]),
                    self._gates.as_of(),
                )

    def open_to(self, person, unit, day):
        if self.permission(person, unit, day) is None or not self._is_engaged(unit, day):
            return []
        return [
            self._customer(row)
            for row in rows("customer_numbers", unit=unit)
            if self._has_agreement(row["number"], unit, day)
        ]

    def permission(self, person, unit, day):
        held = [row for row in rows("permissions", person=person, unit=unit) if in_force(row, day)]
        return PermissionType(held[0]["type"]) if held else None

    def addresses(self, hsa_ids):
        return {row["hsa_id"]: row["mail"] for row in ROWS["people"] if row["hsa_id"] in hsa_ids}

    def names(self, hsa_ids):
        return {row["hsa_id"]: row["name"] for row in ROWS["people"] if row["hsa_id"] in hsa_ids}

    def _customer(self, row):
        links = rows("store_customers", customer_number=row["number"])
        stores = tuple(link["store_number"] for link in links)
        name = one("units", hsa_id=row["unit"])["name"]
        return Customer(row["number"], row["kind"], row["supplier"], row["unit"], name, stores)

    def _provider(self, unit):
        return one("providers", hsa_id=one("units", hsa_id=unit)["provider"])

    def _is_engaged(self, unit, day):
        provider = self._provider(unit)
        until = provider["engaged_until"]
        return provider["engaged_from"] <= day and (until is None or until >= day)

    def _has_agreement(self, customer_number, unit, day):
        return any(self._agreements(customer_number, unit, day))

    def _agreements(self, customer_number, unit, day):
        principal = self._provider(unit)["principal"]
        for link in rows("customer_agreements", customer_number=customer_number):
            wanted = {"principal": principal, "agreement": link["agreement"]}
            if any(in_force(membership, day) for membership in rows("memberships", **wanted)):
                yield link["agreement"]


class InMemoryArticles:
    def by_numbers(self, numbers):
        return {row["number"]: self._article(row) for row in ROWS["articles"]}

    def search(self, words, sort, limit, offset):
        found = [
            self._article(row)
            for row in ROWS["articles"]
            if words.lower() in row["name"].lower()
            or row["number"].startswith(words)
            or row["iso_code"].startswith(words)
        ]
        found.sort(key=lambda one: getattr(one, sort.lstrip("-")), reverse=sort.startswith("-"))
        return found[offset : offset + limit]

    def _article(self, row):
        rest = {name: value for name, value in row.items() if name not in ("number", "status")}
        return Article(article_number=row["number"], status=Status(row["status"]), **rest)


class InMemoryPatients:
    def __init__(self, log):
        self.log = log

    def look_up(self, personal_identity_number, reason):
        row = one("patients", personal_identity_number=personal_identity_number)
        if row is None:
            return None
        self.log("patient.looked_up", row["id"], reason)
        municipality = "" if row["protected"] else row["municipality"]
        return Patient(row["id"], row["name"], row["birth_date"], municipality)


class InMemoryOrders:
    def __init__(self, stored, log):
        self.stored, self.log = stored, log

    def add(self, order):
        self.stored[order.order_id] = order
        self._log("order.placed", order, order.order_number)

    def of_unit(self, order_id, unit):
        order = self.stored.get(order_id)
        return deepcopy(order) if order and order.unit == unit else None

    def save(self, order):
        order.version += 1
        self.stored[order.order_id] = order
        self._log("order.changed", order, order.order_number)

    def look_at(self, order_id, unit):
        order = self.of_unit(order_id, unit)
        if order is None:
            return None
        self._log("order.read", order, order.order_number)
        patient = one("patients", id=order.recipient.patient_id)
        recipient = {
            "kind": order.recipient.kind,
            "patient_id": order.recipient.patient_id,
            "patient_name": patient and patient["name"],
            "store_number": order.recipient.store_number,
        }
        lines = [
            {
                "article_number": line.article_number,
                "article_name": one("articles", number=line.article_number)["name"],
                "quantity": line.quantity,
                "delivery_class": line.delivery_class,
            }
            for line in order.lines
        ]
        unit_name = one("units", hsa_id=unit)["name"]
        return vars(order) | {"recipient": recipient, "lines": lines, "unit_name": unit_name}

    def summaries(self, unit, wanted, limit, offset):
        number, sort = wanted.get("order_number"), wanted["sort"]
        found = [
            vars(order) | {"recipient_kind": order.recipient.kind, "lines": len(order.lines)}
            for order in reversed(self.stored.values())
            if order.unit == unit
            and wanted.get("state") in (None, order.state)
            and number in (None, order.order_number)
        ]
        found.sort(key=lambda order: order[sort.lstrip("-")], reverse=sort.startswith("-"))
        return found[offset : offset + limit]

    def _log(self, action, order, number):
        if order.recipient.patient_id is not None:
            self.log(action, order.recipient.patient_id, f"order {number}")


class InMemoryWorkOrders:
    def __init__(self, stored, log):
        self.stored, self.log, self._numbers = stored, log, count(500_001 + len(stored))

    def add(self, work_order):
        number = str(next(self._numbers))
        self.stored[work_order.activity_id] = work_order
        self.log("work_order.opened", work_order.patient_id, f"work order {number}")
        return number

    def of_activity(self, activity_id):
        return deepcopy(self.stored.get(activity_id))

    def save(self, work_order):
        work_order.version += 1
        self.stored[work_order.activity_id] = work_order
        reason = f"work order {work_order.work_order_number}"
        self.log("work_order.changed", work_order.patient_id, reason)

    def of_unit(self, work_order_number, unit):
        found = [
            one
            for one in self.stored.values()
            if (one.work_order_number, one.unit) == (work_order_number, unit)
        ]
        return deepcopy(found[0]) if found else None

    def patient_of(self, work_order_number, unit):
        known = self.of_unit(work_order_number, unit)
        if known is None:
            return None
        self.log("work_order.looked_at", known.patient_id, f"work order {work_order_number}")
        row = one("patients", id=known.patient_id)
        municipality = "" if row["protected"] else row["municipality"]
        patient = Patient(row["id"], row["name"], row["birth_date"], municipality)
        return vars(patient) | {"description": known.description}

    def newest(self, unit, state, limit, offset):
        found = [
            one
            for one in reversed(self.stored.values())
            if one.unit == unit and state in (None, one.state)
        ]
        return found[offset : offset + limit]

    def of_same_patient(self, number, unit, state, limit, offset):
        known = self.of_unit(number, unit)
        found = [
            one
            for one in self.newest(unit, state, len(self.stored), 0)
            if known and one.patient_id == known.patient_id and one.work_order_number != number
        ]
        return found[offset : offset + limit]


class InMemoryGates:
    """The copy of what training tells: what is known of requirements and gates, by key."""

    def __init__(self, stored):
        self.stored = stored

    def note_requirement(self, requirement):
        self._note(("requirement", requirement["requirement_set_id"]), requirement)

    def note_gate(self, gate):
        self._note(("gate", gate["hsa_id"], gate["requirement_set_id"]), gate)

    def note_heard(self, told_at):
        self.stored["as_of"] = max(told_at, self.stored.get("as_of", told_at))

    def as_of(self):
        return self.stored.get("as_of")

    def of(self, person, role, unit, day):
        area = LEGAL_AREAS.get(InMemoryCustomers(self).permission(person, unit, day))
        found = [
            self._view(person, one)
            for key, one in self.stored.items()
            if key[0] == "requirement" and (one["role"], one["legal_area"]) == (role, area)
            if one["first_day"] <= day and (one["last_day"] is None or day <= one["last_day"])
        ]
        return sorted(found, key=lambda gate: gate["title"])

    def _view(self, person, requirement):
        gate = self.stored.get(("gate", person, requirement["requirement_set_id"]))
        missing = [
            one
            for one in requirement["competences"]
            if gate is None or one["code"] in gate["missing"]
        ]
        return requirement | {"missing": missing, "is_open": not missing}

    def _note(self, key, told):
        if key not in self.stored or self.stored[key]["version"] < told["version"]:
            self.stored[key] = dict(told)


class InMemoryDevices:
    def __init__(self, stored, adaptations, log):
        self.stored, self.adaptations, self.log = stored, adaptations, log

    def add(self, device):
        if device.individual_number in self.stored:
            return False
        self.stored[device.individual_number] = device
        return True

    def locked(self, individual_number):
        device = deepcopy(self.stored.get(individual_number))
        if device:
            device.adaptation_id = self._blocking(individual_number)
        return device

    def save(self, device):
        before = self.stored[device.individual_number]
        self.stored[device.individual_number] = device
        if patient := device.patient_id or before.patient_id:
            self.log("device.changed", patient, f"device {device.individual_number}")

    def look_at(self, individual_number, unit):
        device = self.locked(individual_number)
        if device is None or (unit and device.unit not in (None, unit)):
            return None
        if device.patient_id:
            self.log("device.read", device.patient_id, f"device {individual_number}")
        return self._view(device)

    def page(self, unit, wanted, limit, offset):
        found = [
            self._view(self.locked(number))
            for number, one in sorted(self.stored.items())
            if number.startswith(wanted["search"].upper())
            and wanted.get("state") in (None, one.state)
            and unit in (None, one.unit)
        ]
        sort = wanted["sort"]
        found.sort(key=lambda device: device[sort.lstrip("-")], reverse=sort.startswith("-"))
        return found[offset : offset + limit]

    def _blocking(self, individual_number):
        return next(
            (
                one.adaptation_id
                for one in self.adaptations.values()
                if one.individual_number == individual_number
                and one.state is AdaptationState.ORDERED
            ),
            None,
        )

    def _view(self, device):
        name = one("articles", number=device.article_number)["name"]
        more = {"with_patient": device.patient_id is not None, "is_blocked": device.is_blocked}
        return vars(device) | {"article_name": name} | more


class InMemoryAdaptations:
    def __init__(self, stored, log):
        self.stored, self.log = stored, log

    def add(self, adaptation):
        number = str(700_001 + len(self.stored))
        self.stored[adaptation.adaptation_id] = adaptation
        self._log("adaptation.ordered", adaptation, number)
        return number

    def locked(self, adaptation_id):
        return deepcopy(self.stored.get(adaptation_id))

    def save(self, adaptation):
        self.stored[adaptation.adaptation_id] = adaptation

    def look_at(self, adaptation_id, unit):
        found = self.stored.get(adaptation_id)
        if found is None or unit not in (None, found.unit):
            return None
        self._log("adaptation.read", found, found.work_order_number)
        return vars(found)

    def page(self, unit, wanted, limit, offset):
        found = [
            vars(one)
            for one in reversed(self.stored.values())
            if unit in (None, one.unit) and wanted.get("state") in (None, one.state)
        ]
        sort = wanted["sort"]
        found.sort(key=itemgetter(sort.lstrip("-")), reverse=sort.startswith("-"))
        return found[offset : offset + limit]

    def _log(self, action, adaptation, number):
        if adaptation.patient_id:
            self.log(action, adaptation.patient_id, f"work order {number}")


class InMemoryNotices:
    def __init__(self, stored, readings):
        self._stored, self._readings = stored, readings

    def add(self, notice):
        key = notice.notice_id, notice.version
        if key in self._stored:
            raise CHANGED_MEANWHILE()
        self._stored[key] = notice

    def versions(self, notice_id):
        found = [one for one in self._stored.values() if one.notice_id == notice_id]
        return sorted(found, key=lambda one: -one.version)

    def current(self, reader, day, limit, offset, *, unread):
        shown = [
            (one, is_read)
            for one, is_read in self.newest(reader, None, 0)
            if one.is_read_by(reader.role, day) and not (unread and is_read)
        ]
        return sorted(shown, key=lambda one: one[0].kind != "safety")[offset : offset + limit]

    def newest(self, reader, limit, offset):
        found = [
            (one, (reader.hsa_id, one.notice_id, one.version) in self._readings)
            for one in self._latest()
        ]
        return found[offset:][:limit]

    def read(self, notice_id, version, reader, day):
        found = self._stored.get((notice_id, version))
        is_shown = found is not None and not found.is_withdrawn and found.valid_from <= day
        if not is_shown or (found.roles and reader.role not in found.roles):
            return False
        self._readings[reader.hsa_id, notice_id, version] = True
        return True

    def _latest(self):
        latest = {one.notice_id: one for one in self._stored.values()}
        return sorted(
            latest.values(), key=lambda one: (one.valid_from, one.written_at), reverse=True
        )


class InMemoryTransaction:
    def __init__(self, actor: Actor, stored: dict[str, dict]) -> None:
        orders, work_orders, gates = (stored[name] for name in ("orders", "work_orders", "gates"))
        self.actor, self.now = actor, datetime.now(UTC)
        self.told, self.logged = [], []
        self.gates = InMemoryGates(gates)
        self.customers, self.articles = InMemoryCustomers(self.gates), InMemoryArticles()
        self.patients = InMemoryPatients(self._log)
        self.orders = InMemoryOrders(orders, self._log)
        self.work_orders = InMemoryWorkOrders(work_orders, self._log)
        self.adaptations = InMemoryAdaptations(stored["adaptations"], self._log)
        self.notices = InMemoryNotices(stored["notices"], stored["readings"])
        self.devices = InMemoryDevices(stored["devices"], stored["adaptations"], self._log)

    def tell(self, event: object) -> None:
        contract = OrderingTransaction.contracts[type(event)]
        self.told.append((contract.event_type, contract.write(event)))

    def _log(self, action, patient_id, reason):
        self.logged.append((action, patient_id, self.actor.hsa_id, self.actor.unit, reason))


class InMemoryOrdering:
    """All of ordering; what fails inside a transaction leaves nothing."""

    def __init__(self) -> None:
        kinds = ("orders", "work_orders", "gates", "adaptations", "notices", "readings")
        self._stored = {kind: {} for kind in kinds}
        self._stored["devices"] = {
            row["individual_number"]: Device(**row | {"state": DeviceState(row["state"])})
            for row in ROWS["devices"]
        }
        self._told, self._logged = [], []

    @contextmanager
    def transaction(self, actor: Actor = ANNA) -> Iterator[InMemoryTransaction]:
        stored = {name: dict(things) for name, things in self._stored.items()}
        tx = InMemoryTransaction(actor, stored)
        yield tx
        self._stored = stored
        self._told += tx.told
        self._logged += tx.logged

    def told(self) -> list[tuple[str, dict]]:
        """Type and data of every event, in order."""
        return self._told

    def logged(self) -> list[tuple]:
        """Action, patient, person, unit and reason of every entry of the access log, in order."""
        return self._logged
