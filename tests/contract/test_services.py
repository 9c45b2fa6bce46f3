"""Services and gateway against the contracts: what is told, heard, asked and answered fits."""

import warnings
from dataclasses import fields as fields_of
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # nameko's, of eventlet
    from chassis.database import Database
    from chassis.host import service_class, service_names
    from docs.tools.messages import calls, events, hearings

import services
from contracts.base import Command, Query
from gateway import bus

SERVICES = Path(services.__file__).parent


def _tells(service: str) -> dict[type, type]:
    """The contract for each domain event of a service."""
    found = [one for one in vars(service_class(service)).values() if isinstance(one, Database)]
    return {event: told for one in found for event, told in one.transaction.contracts.items()}


@pytest.mark.parametrize("service", service_names())
def test_a_domain_event_has_all_that_its_contract_tells(service):
    for event, contract in _tells(service).items():
        known = {field.name for field in fields_of(event)}
        assert set(contract().fields) <= known, event.__name__


@pytest.mark.parametrize("service", service_names())
def test_a_service_tells_events_of_its_own_alone(service):
    tellers = {told.event_type.split(".")[0] for told in _tells(service).values()}

    assert tellers <= {service}


@pytest.mark.parametrize("event", events(), ids=lambda event: event.event_type)
def test_every_event_is_told_by_the_service_that_its_type_names(event):
    sources = (SERVICES / event.event_type.split(".")[0]).rglob("*.py")

    assert any(f"{event.__name__}" in path.read_text() for path in sources)


@pytest.mark.parametrize("hearing", hearings(), ids=lambda hearing: hearing.queue)
def test_every_event_that_is_heard_exists_and_is_anothers(hearing):
    assert hearing.event in events()
    assert hearing.event.event_type.split(".")[0] != hearing.service


def test_every_handler_has_a_queue_of_its_own():
    queues = [hearing.queue for hearing in hearings()]

    assert len(queues) == len(set(queues))


@pytest.mark.parametrize("call", calls(), ids=lambda call: f"{call.service}.{call.method}")
def test_what_can_be_called_is_a_command_or_a_query(call):
    assert issubclass(call.takes, Command | Query)


@pytest.mark.parametrize("service", service_names())
def test_the_gateway_asks_what_the_service_answers(service):
    offered = {
        name: method.takes
        for name, method in vars(type(getattr(bus, service))).items()
        if isinstance(method, bus.Method)
    }
    answered = {call.method: call.takes for call in calls() if call.service == service}

    assert offered.items() <= answered.items()
