"""What the demo shows: every step, and whether it is so."""

import time
from collections.abc import Callable
from typing import Any

import click

PATIENCE = 60  # seconds


class NotSo(Exception):
    """What had to be so is not, and nothing after it makes sense."""


class Evidence:
    """Prints each step with its evidence, and keeps what was not so."""

    def __init__(self) -> None:
        self.missing: list[str] = []

    def step(self, title: str) -> None:
        click.secho(f"\n{title}", bold=True)

    def note(self, text: str) -> None:
        click.echo(f"    {text}")

    def show(self, so: object, sentence: str) -> None:
        """State `sentence`, which holds if `so`."""
        if so:
            click.echo(f"  {click.style('✓', fg='green')} {sentence}")
        else:
            click.echo(f"  {click.style('✗ NOT SO:', fg='red')} {sentence}")
            self.missing.append(sentence)

    def wait(self, condition: Callable[[], Any], sentence: str, patience: float = PATIENCE) -> Any:
        """Wait for the first true value of `condition`, which proves `sentence`, and return it.

        Raises:
            NotSo: there was none.
        """
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if found := condition():
                self.show(True, sentence)
                return found
            time.sleep(0.2)
        self.show(False, f"{sentence} (waited {patience:.0f} s)")
        raise NotSo(sentence)
