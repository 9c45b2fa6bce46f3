"""A thousand patients who are nobody.

Their personal identity numbers are test numbers that Skatteverket itself publishes as open data
("Testpersonnummer", CC0) and therefore never assigns to anybody; `test_numbers.json` holds some of
them, by year of birth. No rule of construction is as sure as that list: birth numbers 980-999, for
instance, are test numbers for some days and belong to real people, born abroad, for others.

Telephone numbers are of a series that Post- och telestyrelsen keeps for books and films. Names
and addresses are put together by chance.
"""

from random import Random
from uuid import UUID

from contracts.identity import PersonNumber, person_number
from sandbox.demo_data.customers import PRESENT
from sandbox.demo_data.files import read
from sandbox.demo_data.organisations import PLACES
from sandbox.demo_data.records import Address, Patient

HOW_MANY = 1000
PROTECTED = 5  # skyddade personuppgifter


def patients(random: Random) -> tuple[Patient, ...]:
    """As many as there are, most of them old; no two share a number."""
    names = read("names.json")
    shares = [place["share"] for place in PLACES.values()]
    chosen = random.sample(test_numbers(), HOW_MANY)
    towns = random.choices(list(PLACES), shares, k=HOW_MANY)
    return tuple(
        _patient(random, at, person_number(number, today=PRESENT), town, names)
        for at, (number, town) in enumerate(zip(chosen, towns, strict=True))
    )


def test_numbers() -> list[str]:
    """The published numbers that this data draws from, twelve digits each."""
    return [
        f"{year}{rest}" for year, many in read("test_numbers.json").items() for rest in many.split()
    ]


def _patient(
    random: Random, at: int, number: PersonNumber, town: str, names: dict[str, list[str]]
) -> Patient:
    woman, old = int(number.value[10]) % 2 == 0, number.value[:4] < "1965"
    given = names[f"{'women' if woman else 'men'}_{'before' if old else 'after'}_1965"]
    return Patient(
        id=UUID(int=random.getrandbits(128), version=4),
        personal_identity_number=number.value,
        given_name=random.choice(given),
        family_name=random.choice(names["family"]),
        address=_address(random, town),
        municipality=town,
        telephone=f"070-174 06 {random.randint(50, 99)}",
        protected=at < PROTECTED,
    )


def _address(random: Random, town: str) -> Address:
    postal_code, city = random.choice(PLACES[town]["post"])
    stairs = random.choice(["", "", " A", " B", ", lgh 1101", ", lgh 1203"])
    street = f"{random.choice(PLACES[town]['streets'])} {random.randint(1, 98)}{stairs}"
    return Address(street, postal_code, city)
