from datetime import timedelta

import pytest

from chassis.settings import SettingError
from services.booking.settings import Settings

NAMES = (
    "ACTIVITY_WINDOW",
    "CANCEL_RESTARTS_WINDOW",
    "HOLDS_PER_PERSON",
    "SWEEP_EVERY",
    "RECONCILE_AFTER",
)


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.rule("X-5")
def test_by_default_the_window_is_three_days_and_starts_anew_after_cancelling():
    settings = Settings.read()

    assert settings.window.rule == "3 dagar"
    assert settings.restart is settings.window
    assert settings.reconcile_after == timedelta(minutes=1)


def test_the_old_window_may_go_on_after_cancelling(monkeypatch):
    monkeypatch.setenv("CANCEL_RESTARTS_WINDOW", "false")

    assert Settings.read().restart is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ACTIVITY_WINDOW", "3 weeks"),
        ("CANCEL_RESTARTS_WINDOW", "perhaps"),
        ("HOLDS_PER_PERSON", "0"),
        ("SWEEP_EVERY", "often"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError, match=name):
        Settings.read()
