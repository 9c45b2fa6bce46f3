import traceback
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError
from personnummer import personnummer

from contracts.identity import (
    COORDINATION_OID,
    PERSONAL_IDENTITY_OID,
    RESERVE_OID,
    HsaId,
    PersonalIdentityNumber,
    WrongNumber,
    check_digit,
    is_hsa_id,
    is_organisation_number,
    person_number,
    reserve_number,
)

TODAY = date(2026, 5, 21)

# Of the test numbers that Skatteverket publishes; they belong to nobody.
TEST_NUMBERS = ["189001019802", "191212121212", "194408139089", "196107293059", "200001042399"]
REASONS = {
    "format": [
        "",
        "19121212121",
        "1912121212121",
        "19121212 1212",
        "171212121212",
        "abc",
        "260101-0001",
    ],
    "date": ["199002302380", "199013012389", "199000012388", "199006322391", "202705012380"],
    "check_digit": ["191212121213", "121212+1211", "19901261-2382"],
}


class Person(Schema):
    number = PersonalIdentityNumber(required=True)
    staff = HsaId()


@pytest.mark.parametrize("number", TEST_NUMBERS)
def test_a_number_is_read_as_twelve_digits(number):
    read = person_number(number, today=TODAY)

    assert read.value == number
    assert read.oid == PERSONAL_IDENTITY_OID
    assert read.birth_date == date.fromisoformat(f"{number[:4]}-{number[4:6]}-{number[6:8]}")


@pytest.mark.parametrize(
    "text", ["19121212-1212", "19121212+1212", "121212+1212", " 191212121212 ", "191212121212"]
)
def test_every_way_to_write_it_gives_the_same_number(text):
    assert person_number(text, today=TODAY).value == "191212121212"
    assert person_number(text, today=TODAY).formatted == "19121212-1212"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("260501-{}", 2026),
        ("260501+{}", 1926),  # turns 100 this year
        ("270501-{}", 1927),
        ("270501+{}", 1827),
        ("000501-{}", 2000),
        ("000501{}", 2000),  # without sign, as with a hyphen
    ],
)
def test_the_sign_decides_the_century(text, year):
    number = text.format("238" + check_digit(text[:6] + "238"))

    birth_date = person_number(number, today=TODAY).birth_date
    assert birth_date is not None
    assert birth_date.year == year


def test_a_coordination_number_has_sixty_added_to_its_day():
    read = person_number("701063-2391", today=TODAY)  # Skatteverket's own example

    assert (read.oid, read.value) == (COORDINATION_OID, "197010632391")
    assert read.birth_date == date(1970, 10, 3)


@pytest.mark.parametrize(
    ("reason", "text"), [(reason, text) for reason, texts in REASONS.items() for text in texts]
)
def test_what_is_wrong_is_told_apart(reason, text):
    with pytest.raises(WrongNumber) as wrong:
        person_number(text, today=TODAY)

    assert wrong.value.reason == reason


def test_a_child_born_today_has_a_number_and_one_born_tomorrow_none():
    today, tomorrow = (
        f"{day:%Y%m%d}238" + check_digit(f"{day:%y%m%d}238")
        for day in (TODAY, TODAY + timedelta(1))
    )

    assert person_number(today, today=TODAY).birth_date == TODAY
    with pytest.raises(WrongNumber, match="date"):
        person_number(tomorrow, today=TODAY)


@given(
    st.dates(date(1840, 1, 1), TODAY),
    st.integers(1, 999),
    st.booleans(),
    st.sampled_from(["{c}{d}{s}", "{c}{d}-{s}", "{d}{sign}{s}"]),
    st.integers(0, 9),
)
@example(date(1926, 5, 21), 980, False, "{d}{sign}{s}", 0)
def test_it_agrees_with_the_library_personnummer(born, serial, coordination, form, off):
    today = date.today()  # noqa: DTZ011 - as the library takes it
    day = born.day + 60 * coordination
    digits = f"{born:%y%m}{day:02}{serial:03}"
    number = digits + str((int(check_digit(digits)) + off) % 10)
    sign = "+" if today.year - born.year >= 100 else "-"
    assume(form[1] == "c" or today.year - born.year < 200)
    text = form.format(c=born.year // 100, d=number[:6], s=number[6:], sign=sign)

    expected = personnummer.valid(text)

    try:
        read = person_number(text, today=today)
    except WrongNumber:
        assert not expected
    else:
        assert expected
        assert read.value == personnummer.parse(text).format(long_format=True)
        assert read.birth_date == personnummer.parse(text).get_date() == born


@given(st.text(max_size=14) | st.from_regex(r"\A[0-9+-]{10,13}\Z"))
def test_any_text_is_either_read_or_refused(text):
    try:
        read = person_number(text, today=TODAY)
    except WrongNumber:
        return

    assert len(read.value) == 12


@pytest.mark.parametrize("number", ["19810829M071", "19450829-k088", "991981000010"])
def test_a_reserve_number_is_taken_as_it_is(number):
    read = reserve_number(number)

    assert read.value == number.replace("-", "").upper() == read.formatted
    assert (read.oid, read.birth_date) == (RESERVE_OID, None)


@pytest.mark.parametrize("number", ["", "å123456", "X" * 21, "12 34"])
def test_a_reserve_number_of_other_signs_is_refused(number):
    with pytest.raises(WrongNumber, match="format"):
        reserve_number(number)


def test_a_reserve_number_may_be_another_regions():
    assert reserve_number("991981000010", "1.2.752.97.3.1.3").oid == "1.2.752.97.3.1.3"


def test_the_field_loads_the_canonical_form():
    assert Person().load({"number": "121212+1212"}) == {"number": "191212121212"}


@pytest.mark.parametrize("number", ["19121212-1213", "19901332-9876", "19121212-12125", "tolvan"])
def test_neither_error_nor_traceback_nor_repr_repeats_the_number(number):
    with pytest.raises(ValidationError) as refused:
        Person().load({"number": number})

    told = "".join(traceback.format_exception(refused.value)) + repr(refused.value)
    assert number not in told
    assert number[2:8] not in told
    assert "1212" not in f"{person_number('191212121212')!r} {person_number('191212121212')}"


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("232100-0131", True),  # Västra Götalandsregionen
        ("2321000131", True),
        ("556000-4615", True),
        ("556000-4616", False),
        ("191212-1212", False),  # a person's
        ("232100-013", False),
        ("232100--0131", False),
    ],
)
def test_an_organisation_number_is_checked(text, valid):
    assert is_organisation_number(text) is valid


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("SE2321000131-P000000000101", True),
        ("SE2321000131-E000000000001", True),
        ("SE2321000131-1", True),
        ("SE2321000132-P000000000101", False),  # its organisation number is none
        ("SE2321000131", False),
        ("SE2321000131-", False),
        ("SE2321000131-åäö", False),
        ("SE2321000131-" + "1" * 19, False),
        ("NO2321000131-1", False),
    ],
)
def test_an_hsa_id_is_checked(text, valid):
    assert is_hsa_id(text) is valid


def test_the_field_refuses_what_is_no_hsa_id():
    with pytest.raises(ValidationError, match="HSA-id"):
        Person().load({"number": "191212121212", "staff": "SE-1"})
