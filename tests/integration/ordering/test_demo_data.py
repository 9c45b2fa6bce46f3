"""The demo data in ordering and the scheduler: the demo people can do their day's work on it."""

import pytest
from sqlalchemy import create_engine, func, select

from chassis import settings
from contracts.actor import Actor
from sandbox import demo_data_load
from sandbox.demo_data import build
from services.booking.calendars.tables import consultants
from services.booking.local_scheduler import database as scheduler
from tests.integration.ordering.conftest import RealOrdering
from tests.unit.ordering import test_customers
from tests.unit.ordering.asks import place, register


@pytest.fixture
def urls(service_database, empty_database):
    scheduler.migrate(settings.postgres(empty_database))
    services = {name: service_database(name) for name in ("ordering", "booking", "training")}
    return services | {"scheduler": empty_database}


def test_the_demo_data_is_loaded_once_however_often(urls):
    demo_data_load.load(urls)
    demo_data_load.load(urls)

    ordering, data = RealOrdering(urls["ordering"]), build()
    for table, rows in demo_data_load.ordering_rows(data):
        ((count,),) = ordering.rows(select(func.count()).select_from(table))
        assert count == len(list(rows)), table.name
    with create_engine(settings.postgres(urls["booking"])).connect() as booking:
        linked = dict(booking.execute(select(consultants)).all())
    assert linked == {who: number for number, who in data.consultants.items()}
    prescribers_work(ordering, data)
    ordering.engine.dispose()


def prescribers_work(ordering, data):
    """The first of the people orders to a patient, and registers a consultation."""
    person, commission = data.people[0], data.people[0].commissions[0]
    anna = Actor(person.hsa_id, commission.role, commission.unit, data.principals[0].hsa_id)
    number = test_customers.list_customers(ordering, anna)[0]["customer_number"]
    patient = {"personal_identity_number": data.patients[0].personal_identity_number}
    article = next(
        row.number for row in data.articles if (row.supplier, row.status) == ("HMC", "active")
    )

    place(
        ordering,
        anna,
        customer_number=number,
        recipient={"kind": "patient", **patient},
        lines=[{"article_number": article, "quantity": 1}],
    )
    register(ordering, anna, customer_number=number, **patient)

    assert len(ordering.logged()) == 2
