"""What was measured, as a table for people and as JSON for programs."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median

import psutil

KEPT = Path(__file__).with_name("results")
HEAD = ("what", "Rampen", "against", "ratio", "asked", "")


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Args:
        ours, theirs: the figures, with their units.
        ratio: of ours to theirs, where there is one.
        asked: what must hold; `holds` says whether it does.
    """

    what: str
    ours: str
    theirs: str
    ratio: float | None
    asked: str
    holds: bool

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return (self.what, self.ours, self.theirs, ratio, self.asked, "" if self.holds else "short")


@dataclass
class Results:
    """What one run of the bench has found.

    Args:
        details: figures that explain those of the table, a sentence each.
    """

    lines: list[Line] = field(default_factory=list)
    details: list[str] = field(default_factory=list)

    def table(self) -> str:
        """The lines, in columns."""
        rows = [HEAD, *(line.cells() for line in self.lines)]
        widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
        rows.insert(1, tuple("-" * width for width in widths))
        return "\n".join(f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows)

    def keep(self, began: datetime, folder: Path = KEPT) -> Path:
        """Write them to `folder`, where `latest.md` leads to the newest."""
        folder.mkdir(exist_ok=True)
        path = folder / f"{began:%Y-%m-%d-%H%M}.md"
        facts = {"began": began.isoformat(timespec="seconds"), "machine": machine()}
        path.with_suffix(".json").write_text(json.dumps(facts | asdict(self), indent=1) + "\n")
        details = "\n".join(f"- {detail}" for detail in self.details)
        title = f"# {began:%Y-%m-%d %H:%M}, {machine()}"
        path.write_text(f"{title}\n\n{self.table()}\n\n{details}\n")
        latest = folder / "latest.md"
        latest.unlink(missing_ok=True)
        latest.symlink_to(path.name)
        return path


def machine() -> str:
    memory = round(psutil.virtual_memory().total / 2**30)
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{psutil.cpu_count()} cores, {memory} GiB, {system}"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios, turn by turn: what disturbs a turn disturbs both sides."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def ms(seconds: float) -> str:
    """Seconds in milliseconds, as people read them."""
    return f"{seconds * 1000:.3g} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"
