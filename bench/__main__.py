"""python -m bench [ROWS...]: measure all rows, or some, and keep what was found."""

from datetime import UTC, datetime

import click

from bench import (
    clocks,
    closing,
    events,
    gate,
    orders,
    pages,
    reads,
    relaying,
    rush,
    signing,
    starting,
    times,
)
from bench.results import Results
from bench.suite import running
from sandbox.errors import SandboxError
from sandbox.up import reporting

ROWS = {
    "orders": orders.measure,
    "gate": gate.measure,
    "reads": reads.measure,
    "pages": pages.measure,
    "relay": relaying.measure,
    "events": events.measure,
    "closing": closing.measure,
    "clocks": clocks.measure,
    "rush": rush.measure,
    "signing": signing.measure,
    "times": times.measure,
    "start": starting.measure,
}


@click.command(help=f"Measure ROWS: {', '.join(ROWS)}; all of them when none is named.")
@click.argument("rows", nargs=-1, type=click.Choice(list(ROWS)))
@click.option("--keep/--no-keep", default=True, help="Write the results to bench/results.")
def main(rows: tuple[str, ...], keep: bool) -> None:
    began, results = datetime.now(UTC), Results()
    try:
        with reporting() as report, running(report) as suite:
            for row in rows or ROWS:
                ROWS[row](suite, results)
    except SandboxError as error:
        raise click.ClickException(str(error)) from None
    print(f"\n{results.table()}\n")
    print("\n".join(results.details))
    if keep:
        print(f"\nKept in {results.keep(began)}")


if __name__ == "__main__":
    main()
