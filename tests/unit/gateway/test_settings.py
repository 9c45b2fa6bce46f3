"""Settings are checked when the gateway starts."""

from datetime import timedelta

import pytest

from chassis.settings import SettingError
from gateway.settings import Settings

GIVEN = {
    "PUBLIC_URL": "https://rampen.example.se/",
    "SESSION_SECRET": "x" * 32,
    "OIDC_ISSUER": "https://login.example.se",
    "OIDC_CLIENT_ID": "rampen-portal",
    "OIDC_CLIENT_SECRET": "secret",
    "BLOB_URL": "/var/lib/rampen/files",
    "AMQP_URI": "amqp://rampen:secret@broker:5672/rampen",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_what_is_not_told_has_a_default():
    settings = Settings.from_environment()

    assert settings.public_url == "https://rampen.example.se"
    assert settings.is_https
    assert settings.session_idle == timedelta(minutes=30)
    assert settings.session_lifetime == timedelta(hours=8)
    assert settings.identity.claims.hsa_id == "employeeHsaId"


@pytest.mark.parametrize("name", sorted(set(GIVEN) - {"PUBLIC_URL"}))
def test_a_missing_setting_is_named(environment, name):
    environment.delenv(name)

    with pytest.raises(SettingError, match=name):
        Settings.from_environment()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_SECRET", "short"),
        ("OIDC_ISSUER", "http://login.example.se"),
        ("PUBLIC_URL", "http://rampen.example.se"),
        ("PUBLIC_URL", "ftp://127.0.0.1"),
        ("LOGIN_RATE", "many"),
        ("RPC_TIMEOUT", "soon"),
    ],
)
def test_a_wrong_setting_is_named(environment, name, value):
    environment.setenv(name, value)

    with pytest.raises(SettingError, match=name):
        Settings.from_environment()


def test_claims_may_have_other_names(environment):
    environment.setenv("OIDC_ROLE_CLAIM", "rampen_role")
    environment.setenv("OIDC_ACR", "a,b")

    identity = Settings.from_environment().identity

    assert identity.claims.role == "rampen_role"
    assert identity.levels == ("a", "b")
