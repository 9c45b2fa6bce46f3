"""The set-up leaves the machine as it was, apart from what it installs."""

import pytest

from sandbox import set_up


@pytest.fixture
def policy(tmp_path, monkeypatch):
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(set_up, "POLICY", policy)
    return policy


@pytest.fixture
def as_ordinary_user(monkeypatch):
    monkeypatch.setattr(set_up.os, "geteuid", lambda: 1000)
    monkeypatch.delenv("AMQP_URI", raising=False)


def test_packages_do_not_start_their_services_meanwhile(policy):
    with set_up.no_services_started():
        assert policy.read_text().endswith("exit 101\n")

    assert not policy.exists()


def test_the_owner_s_own_policy_is_left_as_it_is(policy):
    policy.write_text("#!/bin/sh\nexit 0\n")

    with set_up.no_services_started():
        assert policy.read_text() == "#!/bin/sh\nexit 0\n"

    assert policy.exists()


@pytest.mark.usefixtures("as_ordinary_user")
def test_an_ordinary_user_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(set_up, "RABBITMQ", tmp_path / "none")
    monkeypatch.setattr(set_up.shutil, "which", lambda _: None)

    with (
        pytest.raises(SystemExit, match="as root: apt-get install rabbitmq-server"),
        set_up.rabbitmq_meanwhile(),
    ):
        pytest.fail("it went on")


@pytest.mark.usefixtures("as_ordinary_user")
def test_python_without_venv_is_a_sentence_too(monkeypatch):
    monkeypatch.setattr(set_up, "find_spec", lambda _: None)

    with pytest.raises(SystemExit, match="as root: apt-get install python3-venv"):
        set_up.need_venv()


@pytest.mark.usefixtures("as_ordinary_user")
def test_an_ordinary_user_is_told_what_the_tests_need(monkeypatch):
    monkeypatch.setattr(set_up.shutil, "which", lambda _: None)

    with pytest.raises(SystemExit, match="as root: apt-get install") as refusal:
        set_up.need_test_packages()

    assert "poppler-utils" in str(refusal.value)


def test_nothing_is_installed_for_the_tests_when_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(set_up.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(set_up, "apt", lambda *_: pytest.fail("it installs"))

    set_up.need_test_packages()
