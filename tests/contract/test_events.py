"""Events: what was once on the wire is read for ever, by old readers and new."""

import hashlib
import json
import re
import warnings

import pytest
from marshmallow import fields

from contracts.base import Event
from contracts.errors import Invalid
from contracts.identity import WrongNumber, person_number
from tests.contract.shapes import all_fields, grown, paths, reduced

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # nameko's, of eventlet
    from docs.tools.messages import SAMPLES, events

EVENT_TYPE = re.compile(r"[a-z]+\.[a-z_]+\.[a-z_]+\.v[1-9][0-9]*")
SUMS = SAMPLES / "SHA256SUMS"

#: Words in the names of fields that hold personal data, or text that anybody may fill with it.
PERSONAL = re.compile(
    r"(^|_)(name|names|surname|personal|person|social_security|birth|born|age|sex|gender|address"
    r"|street|postcode|city|municipality|phone|telephone|mobile|mail|email|patient|diagnosis"
    r"|description|text|comment|comments|note|notes|message|reference|reason|free)($|_)"
)
MAIL_ADDRESS = re.compile(r"\S+@\S+")
TELEPHONE = re.compile(r"(\+|0)[0-9][0-9 -]{6,}")


@pytest.fixture(params=events(), ids=lambda event: event.event_type)
def event(request) -> type[Event]:
    return request.param


@pytest.fixture
def sample(event) -> dict:
    """A message of this version that was once on the wire."""
    path = SAMPLES / f"{event.event_type}.json"
    if not path.exists():
        pytest.fail(f"{event.event_type} has no sample: run `python -m tests.contract.new_samples`")
    return json.loads(path.read_text())


def test_there_are_events():
    assert len(events()) >= 6


def test_an_event_type_names_service_aggregate_verb_and_version(event):
    assert EVENT_TYPE.fullmatch(event.event_type)


def test_the_class_is_named_after_what_happened_and_the_version(event):
    _service, aggregate, verb, version = event.event_type.split(".")
    words = f"{aggregate}_{verb}".title().replace("_", "")

    assert event.__name__ == f"{words}{version.upper()}"


def test_an_event_type_belongs_to_one_contract():
    types = [event.event_type for event in events()]

    assert len(types) == len(set(types))


def test_a_sample_round_trips(event, sample):
    assert event.write(event.read(sample)) == sample


def test_a_field_added_later_is_ignored_by_todays_reader(event, sample):
    assert event.read(grown(event, sample)) == event.read(sample)


def test_a_message_without_the_optional_fields_is_read(event, sample):
    event.read(reduced(event, sample))


def test_a_message_without_a_required_field_is_refused_by_its_name(event, sample):
    required = [name for name, field in event().fields.items() if field.required]

    for name in required:
        with pytest.raises(Invalid) as refused:
            event.read({key: value for key, value in sample.items() if key != name})
        assert list(refused.value.fields) == [name]


def test_a_version_has_only_gained_optional_fields(event, sample):
    known = dict(all_fields(event))
    required = {path for path, field in known.items() if field.required}

    assert required <= paths(sample), "a field became required: that is a new version"
    assert paths(sample) <= set(known), "a field has gone: that is a new version"


def test_every_sample_belongs_to_an_event():
    types = {event.event_type for event in events()}

    assert {path.stem for path in SAMPLES.glob("*.json")} <= types, "an event has gone"


def test_samples_are_never_edited():
    sums = dict(reversed(line.split()) for line in SUMS.read_text().splitlines())
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLES.glob("*.json")
    }

    assert found == sums, """
        A sample was once on the wire: add a version instead of changing it. A new one is noted by
        `python -m tests.contract.new_samples`.
    """


def test_no_field_of_an_event_is_named_like_personal_data(event):
    named = [path for path, _ in all_fields(event) if PERSONAL.search(path.rpartition("/")[2])]

    assert named == []


def test_no_field_of_an_event_takes_just_anything(event):
    open_ones = [
        path for path, field in all_fields(event) if isinstance(field, fields.Dict | fields.Raw)
    ]

    assert open_ones == []


def test_no_value_of_a_sample_is_shaped_like_personal_data(sample):
    texts = [value for value in _leaves(sample) if isinstance(value, str)]

    assert [text for text in texts if _is_personal(text)] == []


def _is_personal(text: str) -> bool:
    if MAIL_ADDRESS.search(text) or TELEPHONE.fullmatch(text):
        return True
    try:
        person_number(text)
    except WrongNumber:
        return False
    return True


def _leaves(message):
    if isinstance(message, dict):
        message = list(message.values())
    if isinstance(message, list):
        for value in message:
            yield from _leaves(value)
    else:
        yield message
