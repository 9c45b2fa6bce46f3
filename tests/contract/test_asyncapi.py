"""The AsyncAPI document: valid, and true to the contracts.

asyncapi-3.0.0.schema.json is the AsyncAPI Initiative's own (Apache License 2.0), from the package
@asyncapi/specs.
"""

import json
import warnings
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # nameko's, of eventlet
    from docs.tools import GENERATED
    from docs.tools.messages import SAMPLES, calls, events, hearings

SPECIFICATION = Path(__file__).with_name("asyncapi-3.0.0.schema.json")


@pytest.fixture(scope="module")
def document() -> dict:
    return json.loads(GENERATED["asyncapi.json"]())


def test_the_document_is_valid(document):
    validator = Draft7Validator(json.loads(SPECIFICATION.read_text()))

    assert [error.message for error in validator.iter_errors(document)] == []


def test_every_reference_leads_somewhere(document):
    for reference in set(_references(document)):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, reference
            place = place[step]


def test_every_event_is_told_and_every_hearing_is_there(document):
    operations = document["operations"].values()
    told = {one["channel"]["$ref"] for one in operations if one["action"] == "send"}
    queues = {one["x-queue"] for one in operations if "x-queue" in one}

    assert told == {f"#/channels/{event.event_type}" for event in events()}
    assert queues == {hearing.queue for hearing in hearings()}


def test_every_call_has_its_answer(document):
    replies = [one["reply"]["channel"] for one in document["operations"].values() if "reply" in one]

    assert len(replies) == len(calls())


@pytest.mark.parametrize("event", events(), ids=lambda event: event.event_type)
def test_a_sample_fits_the_schema_that_integrators_see(document, event):
    payload = document["components"]["messages"][event.event_type]["payload"]
    sample = json.loads((SAMPLES / f"{event.event_type}.json").read_text())

    Draft202012Validator(payload | {"components": document["components"]}).validate(sample)


def _references(part):
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _references(one)
