import pytest

from contracts.errors import Invalid
from services.booking.telephone import e164


@pytest.mark.rule("B-9")
@pytest.mark.parametrize(
    "text",
    [
        "070-174 06 05",
        "0701740605",
        " 070 174 06 05 ",
        "+46 70 174 06 05",
        "0046701740605",
        "+46 (0)70-174 06 05",
        "(070) 174 06 05",
    ],
)
def test_a_number_is_understood_however_it_is_written(text):
    assert e164(text) == "+46701740605"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("031-390 06 24", "+46313900624"),
        ("020-111 111", "+4620111111"),
        ("+358 40 123 4567", "+358401234567"),
        ("0047 22 22 55 55", "+4722225555"),
    ],
)
def test_landlines_and_other_countries_are_numbers_too(text, number):
    assert e164(text) == number


@pytest.mark.rule("B-9")
@pytest.mark.parametrize("text", ["112", "1177", "070", "070-174 06 05 06 07", "ring mig", "+46"])
def test_what_cannot_be_called_is_refused(text):
    with pytest.raises(Invalid, match=r"booking\.telephone\.wrong") as refused:
        e164(text)

    assert refused.value.fields == {"telephone": "Telefonnumret går inte att ringa."}
