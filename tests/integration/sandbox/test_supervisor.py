"""The supervisor keeps everything running, and leaves nothing behind."""

import os
import signal
import subprocess
import sys

import pytest

from sandbox import control, process, run_file
from sandbox.errors import SandboxError
from tests.fixtures.nodes import ROOT


class Suite:
    """The toy suite, run as `make up` runs the real one."""

    def __init__(self, folder):
        self.folder, self.output = folder, folder / "output"

    def start(self):
        command = [sys.executable, "-m", "tests.integration.sandbox.toy_suite", self.folder]
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=output, cwd=ROOT, start_new_session=True
            )

    def start_and_wait(self):
        self.start()
        process.wait_until(self.is_ready, what="the toys", process=self.process, log=self.output)

    def is_ready(self):
        return "toys are ready" in self.output.read_text()

    def pid(self, name):
        return run_file.read(self.folder)["parts"][name]["pids"][0]["pid"]

    def everyone(self):
        pids = [self.pid("base"), self.pid("ticker")]
        children = [self.child("base"), self.child("ticker")]
        return [process.mark_of(pid) for pid in [*pids, *children]]

    def child(self, name):
        return int((self.folder / f"{name}.child").read_text())


@pytest.fixture
def suite(tmp_path):
    suite = Suite(tmp_path)
    suite.start_and_wait()
    yield suite
    suite.process.terminate()
    suite.process.wait(30)
    for name in ("base", "ticker"):
        process.kill_tree(suite.child(name))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_everything(suite, number):
    everyone = suite.everyone()

    suite.process.send_signal(number)

    assert suite.process.wait(30) == 0
    assert not [mark for mark in everyone if process.is_alive(mark)]
    with pytest.raises(SandboxError, match="make up"):
        run_file.read(suite.folder)


def test_what_is_killed_is_started_again_and_its_children_are_gone(suite):
    pid, child = suite.pid("base"), process.mark_of(suite.child("base"))

    control.kill(suite.folder, "base")
    control.wait_until_ready(suite.folder, "base", restarts=1)

    assert suite.pid("base") != pid
    assert not process.is_alive(child)
    assert "base was killed by signal 9; starting it again" in suite.output.read_text()


def test_a_restart_waits_until_it_is_ready_again(suite):
    pid = suite.pid("ticker")

    control.restart(suite.folder, "ticker")

    assert suite.pid("ticker") != pid


def test_nothing_outlives_a_supervisor_that_is_killed(suite):
    base = process.mark_of(suite.pid("base"))

    suite.process.kill()

    process.wait_until(lambda: not process.is_alive(base), what="the toy's end", timeout=60)


def test_leftovers_are_ended_by_the_next_start(tmp_path):
    left = [subprocess.Popen(["sleep", "600"], start_new_session=True) for _ in range(2)]
    marks = [process.mark_of(sleeper.pid) for sleeper in left]
    run_file.write(tmp_path, {"supervisor": marks[0], "parts": {"base": {"pids": marks}}})

    assert run_file.end_leftovers(tmp_path) == ["base"]
    assert [sleeper.wait(1) for sleeper in left] == [-signal.SIGTERM, -signal.SIGTERM]


def test_a_later_process_with_the_same_id_is_left_alone(tmp_path):
    mark = process.mark_of(os.getpid()) | {"started": 1}
    run_file.write(tmp_path, {"supervisor": mark, "parts": {"base": {"pids": [mark]}}})

    assert run_file.end_leftovers(tmp_path) == []


def test_a_second_suite_is_refused_in_a_sentence(suite):
    command = [sys.executable, "-m", "tests.integration.sandbox.toy_suite", suite.folder]

    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert second.stderr == "Rampen runs already: stop it with `make down`.\n"
    assert second.returncode == 1


def test_what_does_not_start_stops_the_rest_and_shows_its_log(tmp_path):
    (tmp_path / "broken").touch()
    suite = Suite(tmp_path)
    suite.start()

    assert suite.process.wait(30) == 1
    output = suite.output.read_text()
    assert "base ended at once (status 1)" in output
    assert "the toy is broken" in output


def test_an_unknown_name_is_refused_with_the_names_that_there_are(suite):
    with pytest.raises(SandboxError, match=r"There is no bas; there are ticker, base\."):
        control.kill(suite.folder, "bas")
