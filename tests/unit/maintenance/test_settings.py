from datetime import timedelta

import pytest

from chassis.settings import SettingError
from services.maintenance.model.limits import Limit, Soon
from services.maintenance.settings import Settings
from tests.unit.maintenance.world import at

NAMES = (
    "SUPPLY_CENTRE_UNITS",
    "WORK_ORDER_HOURS",
    "WORK_ORDER_HALF_DAYS",
    "WORK_ORDER_LIMITS",
    "WORK_ORDER_SOON",
    "WORK_ORDER_BACK_DAYS",
    "WORK_ORDER_SWEEP",
)


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.rule("X-4")
@pytest.mark.rule("U-1")
@pytest.mark.rule("U-2")
def test_the_usual_limits_are_the_public_ones():
    rules = Settings.read().rules

    assert [str(limit) for limit in rules.terms.of("corrective", "")] == [
        "3 working days",
        "10 working days",
    ]
    acute = rules.terms.of("acute_corrective", "")
    assert (acute.start, str(acute.finish)) == (None, "8 working hours")
    assert rules.terms.of("preventive", "") == (None, None)
    assert (rules.soon, rules.supply_centre) == (Soon(share=0.8), frozenset())


@pytest.mark.rule("X-4")
def test_an_agreement_may_have_its_own(monkeypatch):
    told = (
        '{"preventive": {"finish": "20 days"}, "own": {"corrective": {"start": "1 working day"}}}'
    )
    monkeypatch.setenv("WORK_ORDER_LIMITS", told)

    terms = Settings.read().rules.terms

    assert [str(limit) for limit in terms.of("corrective", "own")] == [
        "1 working day",
        "10 working days",
    ]
    assert terms.of("corrective", "another") == terms.of("corrective", "")
    assert str(terms.of("preventive", "own").finish) == "20 days"


def test_the_centre_hours_and_what_is_soon_are_settled(monkeypatch):
    monkeypatch.setenv("SUPPLY_CENTRE_UNITS", "SE1, SE2")
    monkeypatch.setenv("WORK_ORDER_HOURS", "08:00-12:00,13:00-15:00")
    monkeypatch.setenv("WORK_ORDER_HALF_DAYS", "true")
    monkeypatch.setenv("WORK_ORDER_SOON", "1 working day")

    rules = Settings.read().rules

    assert rules.supply_centre == {"SE1", "SE2"}
    assert rules.soon.of(timedelta(hours=10)) == timedelta(hours=4)
    walpurgis = at("2026-04-30 00:00"), at("2026-05-01 00:00")
    spent = rules.hours.position(walpurgis[1]) - rules.hours.position(walpurgis[0])
    assert spent == timedelta(hours=5)


def test_calendar_days_run_over_holidays():
    hours = Settings.read().rules.hours
    length = hours.length(Limit.parse("4 days"), at("2026-06-18 12:00"))  # until Monday noon

    assert length == timedelta(hours=8.5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORK_ORDER_HOURS", "late"),
        ("WORK_ORDER_HOURS", "16:30-08:00"),
        ("WORK_ORDER_HALF_DAYS", "perhaps"),
        ("WORK_ORDER_LIMITS", "{"),
        ("WORK_ORDER_LIMITS", '{"corrective": {"start": "3 weeks"}}'),
        ("WORK_ORDER_LIMITS", '{"corrective": {"begin": "3 days"}}'),
        ("WORK_ORDER_LIMITS", '{"own": {"corective": {"start": "3 days"}}}'),
        ("WORK_ORDER_LIMITS", "[]"),
        ("WORK_ORDER_SOON", "100 %"),
        ("WORK_ORDER_SOON", "3 days"),
        ("WORK_ORDER_BACK_DAYS", "0"),
        ("WORK_ORDER_SWEEP", "often"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError, match=name):
        Settings.read()
