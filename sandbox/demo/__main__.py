"""python -m sandbox.demo: exit status 1 if anything is not so."""

import os
import sys
from pathlib import Path

import click

from sandbox import run_file
from sandbox.demo import maintenance_story, signing_story, story, training_story
from sandbox.demo.case import Case
from sandbox.demo.evidence import NotSo
from sandbox.errors import SandboxError
from sandbox.site import ROOT


def main(folder: Path) -> int:
    """Play the story against the suite that runs in `folder`; return the exit status."""
    try:
        case = Case.of(run_file.read(folder))
        tell(case, folder)
    except SandboxError as error:
        raise click.ClickException(str(error)) from None
    except NotSo as error:
        click.secho(f"\nThe story ends here: {error}", fg="red")
        return 1
    missing = case.evidence.missing
    click.echo(f"\n{len(missing)} not so." if missing else "\nEverything is so.")
    return 1 if missing else 0


def tell(case: Case, folder: Path) -> None:
    with case.visitor() as visitor:
        article, registered = story.orders(case, visitor)
        story.books(case, visitor, registered)
        closed = story.closes(case, visitor, article, folder)
        story.is_refused(case, visitor, closed)
        maintenance_story.tell(case, visitor, folder)
        training_story.tell(case, folder, article)
        signing_story.tell(case, visitor, folder)


if __name__ == "__main__":
    sys.exit(main(Path(os.environ.get("SANDBOX_FOLDER", ROOT / "var"))))
