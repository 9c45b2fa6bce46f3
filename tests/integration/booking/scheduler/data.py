"""A small catalogue for tests: seven places, three service products, nine consultants."""

PLACES = ("Borås", "Alingsås", "Uddevalla", "Vänersborg", "Göteborg", "Skövde", "Mölndal")
BORAS, ALINGSAS, UDDEVALLA, VANERSBORG, GOTEBORG, SKOVDE, MOLNDAL = range(1, 8)
WHEELCHAIR, COMMUNICATION, HOME_VISIT = 11, 12, 13
ANNA, BENGT, CECILIA = 101, 102, 103

WORKDAYS = [1, 2, 3, 4, 5]
PILOT = [  # early morning and late afternoon
    {"weekdays": WORKDAYS, "starts": "07:30", "ends": "09:00"},
    {"weekdays": WORKDAYS, "starts": "15:30", "ends": "17:00"},
]


def _service(id_: int, name: str, sites: list[int], **times: int) -> dict:
    return {"id": id_, "name": name, "sites": sites, **times}


def _consultant(id_: int, name: str, services: list[int], sites: list[int]) -> dict:
    return {"id": id_, "name": name, "services": services, "sites": sites, "plan": PILOT}


EVERYWHERE = list(range(1, 8))
CATALOGUE = {
    "sites": [{"id": n, "name": name} for n, name in enumerate(PLACES, start=1)],
    "services": [
        _service(
            WHEELCHAIR, "Förväntningssamtal, rullstol", EVERYWHERE, duration=30, break_after=15
        ),
        _service(COMMUNICATION, "Förväntningssamtal, kommunikation", EVERYWHERE, duration=45),
        _service(HOME_VISIT, "Hembesök", [BORAS, GOTEBORG], duration=90, break_after=30),
    ],
    "staff": [
        _consultant(ANNA, "Anna Berg", [WHEELCHAIR, COMMUNICATION, HOME_VISIT], [BORAS, ALINGSAS]),
        _consultant(BENGT, "Bengt Dahl", [WHEELCHAIR], [BORAS, ALINGSAS]),
        _consultant(CECILIA, "Cecilia Ek", [WHEELCHAIR, COMMUNICATION], [UDDEVALLA, VANERSBORG]),
        _consultant(104, "David Falk", [WHEELCHAIR], [UDDEVALLA]),
        _consultant(105, "Elin Gren", [COMMUNICATION], [VANERSBORG]),
        _consultant(106, "Farid Hamidi", [WHEELCHAIR, HOME_VISIT], [GOTEBORG, MOLNDAL]),
        _consultant(107, "Gunilla Isaksson", [WHEELCHAIR, COMMUNICATION], [GOTEBORG]),
        _consultant(108, "Hassan Ibrahim", [WHEELCHAIR], [SKOVDE]),
        _consultant(109, "Ingrid Jonsson", [COMMUNICATION], [MOLNDAL, SKOVDE]),
    ],
}
