"""Loads the demo data into the databases of ordering, booking, training and the local scheduler."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine
from sqlalchemy.dialects.postgresql import insert

from chassis.settings import postgres
from contracts.identity import person_number
from sandbox import demo_training_load
from sandbox.demo_data import DemoData, build
from services.booking.calendars.tables import consultants
from services.booking.local_scheduler import seed
from services.ordering import tables

Rows = Iterable[dict[str, Any]]

#: What the records call by another name than the tables.
COLUMNS = {"starts": "first_day", "ends": "last_day"}


def load(urls: Mapping[str, str]) -> None:
    """Write the demo data; rows that are there already are left as they are.

    Args:
        urls: the addresses of the databases of `ordering`, `booking`, `training` and `scheduler`,
            migrated.
    """
    data = build()
    with _opened(urls["ordering"]) as engine, engine.begin() as connection:
        for table, rows in ordering_rows(data):
            _add(connection, table, list(rows))
    with _opened(urls["scheduler"]) as engine:
        seed.load(engine, data.consultations)
    with _opened(urls["booking"]) as engine, engine.begin() as connection:
        people = [{"hsa_id": who, "consultant_id": n} for n, who in data.consultants.items()]
        _add(connection, consultants, people)
    demo_training_load.load(urls, data)


def ordering_rows(data: DemoData) -> Iterator[tuple[Table, Rows]]:
    """The rows of each of ordering's tables, those referred to first."""
    yield tables.principals, _columns(tables.principals, data.principals)
    yield tables.providers, _columns(tables.providers, data.providers)
    yield tables.units, _columns(tables.units, data.units)
    yield tables.agreements, _columns(tables.agreements, data.agreements)
    yield tables.memberships, _columns(tables.memberships, data.memberships)
    yield tables.customer_numbers, _columns(tables.customer_numbers, data.customers)
    yield tables.customer_agreements, _agreements(data)
    yield tables.stores, _columns(tables.stores, data.stores)
    yield tables.store_customers, _linked(data)
    yield tables.people, _people(data)
    yield tables.permissions, _columns(tables.permissions, data.permissions)
    yield tables.articles, _columns(tables.articles, data.articles)
    yield tables.patients, _patients(data)
    yield tables.devices, _devices(data)
    yield tables.notices, _columns(tables.notices, data.notices)


def _columns(table: Table, records: Iterable[Any]) -> Rows:
    """Those fields of the records that the table has columns for."""
    for record in records:
        row = {
            COLUMNS.get(field.name, field.name): getattr(record, field.name)
            for field in fields(record)
        }
        yield {name: value for name, value in row.items() if name in table.c}


def _agreements(data: DemoData) -> Rows:
    for customer in data.customers:
        for agreement in customer.agreements:
            yield {"customer_number": customer.number, "agreement": agreement}


def _linked(data: DemoData) -> Rows:
    for store in data.stores:
        for customer_number in store.customers:
            yield {"customer_number": customer_number, "store_number": store.number}


def _people(data: DemoData) -> Rows:
    for person in data.people:
        name = f"{person.given_name} {person.family_name}"
        yield {
            "hsa_id": person.hsa_id,
            "name": name,
            "title": person.title,
            "mail": person.email,
        }


def _patients(data: DemoData) -> Rows:
    for patient in data.patients:
        yield {
            "id": patient.id,
            "personal_identity_number": patient.personal_identity_number,
            "name": f"{patient.given_name} {patient.family_name}",
            "birth_date": person_number(patient.personal_identity_number).birth_date,
            "municipality": patient.municipality,
            "protected": patient.protected,
        }


def _devices(data: DemoData) -> Rows:
    for device in data.devices:
        yield {
            "individual_number": device.individual_number,
            "article_number": device.article_number,
            "state": "delivered" if device.customer else "in_stock",
            "customer_number": device.customer and device.customer.number,
            "unit": device.customer and device.customer.unit,
            "patient_id": device.patient,
            "changed_at": datetime.now(UTC),
        }


def _add(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(table).on_conflict_do_nothing(), rows)


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = create_engine(postgres(url), hide_parameters=True)
    yield engine
    engine.dispose()
