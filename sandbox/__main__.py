"""The sandbox's commands: python -m sandbox up | down | status | kill | restart | set | reset."""

import os
import shutil
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

from sandbox import control, run_file
from sandbox import up as suite
from sandbox.errors import SandboxError
from sandbox.site import ROOT, SERVICES

FOLDER = Path(os.environ.get("SANDBOX_FOLDER", ROOT / "var"))


class Sentences(click.Group):
    """A command's SandboxError becomes a sentence on the terminal."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SandboxError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Sentences)
def main() -> None:
    """Rampen on this machine alone, with everything that it needs."""


@main.command()
def up() -> None:
    """Run everything until Ctrl-C."""
    suite.up(FOLDER)


@main.command()
def down() -> None:
    """Stop everything."""
    control.down(FOLDER)


@main.command()
def status() -> None:
    """Say what runs."""
    click.echo("\n".join(control.status(FOLDER)))


@main.command()
@click.argument("name")
def kill(name: str) -> None:
    """Kill the process NAME as a power cut would; it is started again."""
    control.kill(FOLDER, name)


@main.command()
@click.argument("name")
def restart(name: str) -> None:
    """Stop the process NAME in good order, and wait until it is ready again."""
    control.restart(FOLDER, name)


@main.command("set")
@click.argument("name")
@click.argument("settings", nargs=-1)
def set_(name: str, settings: tuple[str, ...]) -> None:
    """Start the process NAME again with SETTINGS, such as ACTIVITY_WINDOW="20 seconds"."""
    run_file.change_settings(FOLDER, name, dict(pair.split("=", 1) for pair in settings))
    control.restart(FOLDER, name)


@main.command()
def reset() -> None:
    """Stop everything, and forget all data."""
    with suppress(SandboxError):
        control.down(FOLDER)
    with suite.alone(FOLDER):
        run_file.end_leftovers(FOLDER)
        shutil.rmtree(FOLDER, ignore_errors=True)


@main.command("load-demo-data")
def load_demo_data() -> None:
    """Load the demo data into the databases on the server in DATABASE_URL."""
    server = os.environ["DATABASE_URL"].rstrip("/")
    urls = {name: f"{server}/rampen_{name}" for name in (*SERVICES, "scheduler")}
    import_module("sandbox.demo_data_load").load(urls)


if __name__ == "__main__":
    main()
