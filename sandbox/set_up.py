"""Makes this folder ready to run: a virtual environment with the locked packages, and RabbitMQ.

    python3 sandbox/set_up.py            what Rampen needs
    python3 sandbox/set_up.py --tests    programs that its tests need besides

It needs nothing but Python's standard library. Run again, it brings things up to date.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
STAMP = ROOT / ".venv" / ".ready"
RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
POLICY = Path("/usr/sbin/policy-rc.d")
LOGS = ROOT / ".venv"
OLDEST = (3, 11)
#: Programs that the tests run, and the Debian packages that have them.
TEST_PACKAGES = {"pdfsig": "poppler-utils", "chromium": "chromium"}


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if "--tests" in sys.argv:
        need_test_packages()
        return
    began = time.monotonic()
    need_venv()
    with rabbitmq_meanwhile():
        make_environment()
        install("packages", "--require-hashes", "-r", "requirements.lock")
        install("Rampen itself", "--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.touch()
    print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)


def need_venv() -> None:
    """Debian keeps the module that makes virtual environments in a package of its own."""
    if find_spec("ensurepip"):
        return
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit("Python's venv is missing: install it (as root: apt-get install python3-venv).")
    say("Installing python3-venv with apt")
    LOGS.mkdir(exist_ok=True)
    log = LOGS / "apt.log"
    with no_services_started(), log.open("wb") as output:
        finish(apt("python3-venv", output), "python3-venv", log)


def need_test_packages() -> None:
    """Install what the tests run and this machine lacks."""
    missing = [package for name, package in TEST_PACKAGES.items() if not shutil.which(name)]
    if not missing:
        return
    packages = " ".join(missing)
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(
            f"The tests need more programs: install them (as root: apt-get install {packages})."
        )
    say(f"Installing {packages} with apt, for the tests")
    LOGS.mkdir(exist_ok=True)
    log = LOGS / "apt.log"
    with no_services_started(), log.open("ab") as output:
        finish(apt(packages, output), packages, log)


@contextmanager
def rabbitmq_meanwhile() -> Iterator[None]:
    """Install RabbitMQ, when it is missing, while something else is being done."""
    if RABBITMQ.exists() or shutil.which("rabbitmq-server") or "AMQP_URI" in os.environ:
        yield
        return
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(
            "RabbitMQ is missing: install it (as root: apt-get install rabbitmq-server), "
            "or set AMQP_URI to a broker that runs elsewhere."
        )
    LOGS.mkdir(exist_ok=True)
    log = LOGS / "apt.log"
    with no_services_started(), log.open("wb") as output:
        say("Installing RabbitMQ with apt, in the background")
        installing = apt("rabbitmq-server", output)
        try:
            yield
            say("Waiting for RabbitMQ's installation to end")
        finally:
            finish(installing, "RabbitMQ", log)


def apt(packages: str, log) -> subprocess.Popen:
    """Start to install Debian packages, asking nothing."""
    install = f"apt-get install -y -qq --no-install-recommends {packages}"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = f"apt-get update -qq; exec {install} -o DPkg::Lock::Timeout=120"
    return subprocess.Popen(
        ["sh", "-c", command], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
    )


@contextmanager
def no_services_started() -> Iterator[None]:
    """Keep the packages' own services from starting: the sandbox runs nodes of its own."""
    if POLICY.exists():  # somebody has decided already
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def make_environment() -> None:
    if not PYTHON.with_name("pip").exists():
        say("Making the virtual environment")
        subprocess.run([sys.executable, "-m", "venv", ROOT / ".venv"], check=True)


def install(what: str, *arguments: str) -> None:
    """Install with pip into the environment."""
    say(f"Installing {what}")
    pip = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    log = LOGS / "pip.log"
    with log.open("ab") as output:
        command = [*map(str, pip), *arguments]
        finish(subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output), what, log)


def finish(process: subprocess.Popen, what: str, log: Path) -> None:
    """Wait for an installation, saying now and then that it goes on."""
    began = time.monotonic()
    while process.poll() is None:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            say(f"  still at it: {what} ({time.monotonic() - began:.0f} s)")
    if process.returncode:
        sys.exit(f"{what} could not be installed; {log} says why.")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
