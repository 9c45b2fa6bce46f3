from datetime import timedelta

import pytest

from chassis.settings import SettingError
from services.booking.settings import Settings

NAMES = (
    "ACTIVITY_WINDOW",
    "ACTIVITY_WINDOWS",
    "ACTIVITY_WARNINGS",
    "CANCEL_RESTARTS_WINDOW",
    "HOLDS_PER_PERSON",
    "SWEEP_EVERY",
    "RECONCILE_AFTER",
    "OFFERED_FOR",
)


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.rule("X-5")
def test_by_default_the_window_is_three_days_and_starts_anew_after_cancelling():
    settings = Settings.read()

    assert settings.windows.of("general").rule == "3 dagar"
    assert settings.windows.restart
    assert settings.warnings == (timedelta(hours=24), timedelta(hours=4))
    assert settings.reconcile_after == timedelta(minutes=1)
    assert settings.offered_for == timedelta(minutes=1)


def test_the_old_window_may_go_on_after_cancelling(monkeypatch):
    monkeypatch.setenv("CANCEL_RESTARTS_WINDOW", "false")

    assert not Settings.read().windows.restart


@pytest.mark.rule("X-5")
def test_an_agreement_has_its_own_window_and_warnings_are_set(monkeypatch):
    monkeypatch.setenv("ACTIVITY_WINDOWS", '{"general": "3 working days"}')
    monkeypatch.setenv("ACTIVITY_WARNINGS", "2 days")

    settings = Settings.read()

    assert settings.windows.of("general").rule == "3 arbetsdagar"
    assert settings.windows.of(None).rule == "3 dagar"
    assert settings.warnings == (timedelta(days=2),)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ACTIVITY_WINDOW", "3 weeks"),
        ("ACTIVITY_WINDOWS", "3 days"),
        ("ACTIVITY_WINDOWS", '{"general": "3 weeks"}'),
        ("ACTIVITY_WARNINGS", "1 working day"),
        ("CANCEL_RESTARTS_WINDOW", "perhaps"),
        ("HOLDS_PER_PERSON", "0"),
        ("SWEEP_EVERY", "often"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError, match=name):
        Settings.read()
