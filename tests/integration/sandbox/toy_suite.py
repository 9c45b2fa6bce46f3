"""Two small servers under the real supervisor: python -m tests.integration.sandbox.toy_suite FOLDER

`ticker` needs `base`. The file FOLDER/broken keeps `base` from starting.
"""

import sys
from pathlib import Path

from sandbox import process, run_file
from sandbox.supervisor import Part
from sandbox.up import alone, reporting, run

# Touches a file when it serves, and has a child that does not end by itself.
SERVER = """
import pathlib, subprocess, sys, time
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2]
if (folder / "broken").exists():
    sys.exit("the toy is broken")
child = subprocess.Popen(["sleep", "600"])
(folder / f"{name}.child").write_text(str(child.pid))
(folder / f"{name}.up").touch()
time.sleep(600)
"""


class Toy(process.Server):
    """A server that is ready when it has touched its file."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.log = folder / f"{name}.log"

    def start(self):
        mark = self.folder / f"{self.name}.up"
        mark.unlink(missing_ok=True)
        command = [sys.executable, "-c", SERVER, self.folder, self.name]
        self.process = process.launch(command, log=self.log)
        process.wait_until(mark.exists, what=self.name, process=self.process, log=self.log)


def main(folder):
    with alone(folder), reporting() as report:
        for name in run_file.end_leftovers(folder):
            report(f"stopped {name}, which was left from last time")
        parts = [
            Part("ticker", Toy(folder, "ticker"), ("base",)),
            Part("base", Toy(folder, "base")),
        ]
        run(parts, folder, report, dict, lambda: print("toys are ready", flush=True))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except process.SandboxError as error:
        sys.exit(str(error))
