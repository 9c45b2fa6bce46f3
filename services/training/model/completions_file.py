"""A file of completions: hsa_id;course;completed_day, one completion a line.

Spreadsheets write a byte order mark and semicolons; both are read, and commas too. Nothing that a
spreadsheet would take for a formula is let in: it would be carried out by whoever looks at it.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from contracts.errors import ContractError
from contracts.errors import training as errors
from services.training.model.curriculum import Curriculum

COLUMNS = ("hsa_id", "course", "completed_day")
SWEDISH = ("hsa-id", "utbildning", "genomförd")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 100  # characters of a cell
SHOWN = 50  # complaints

WRONG_HEADER = "Första raden ska vara hsa_id;course;completed_day."
WRONG_CELLS = "Raden har inte tre celler."
WRONG_DAY = "Dagen ska skrivas som 2026-11-24."
DAY_AHEAD = "Dagen har inte varit än."
IS_FORMULA = "En cell börjar som en formel."
TOO_LONG = f"En cell är längre än {LONGEST} tecken."
NO_COURSE = "Utbildningen finns inte."
NOT_GIVEN = "Utbildningen gavs inte den dagen."
NO_ROWS = "Filen har inga rader."


class WrongLine(ValueError):
    """A line that cannot be read; its text says why."""


@dataclass(frozen=True)
class FileRow:
    """One completion as the file tells it.

    Args:
        written: what stands where the HSA-ID should; perhaps nobody's.
        version: of the course, on that day.
    """

    line: int
    written: str
    course: str
    version: int
    completed_day: date
    row_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class WaitingRow:
    """A row of an import that nobody was found for."""

    row_id: UUID
    course: str
    version: int
    completed_day: date
    settled_at: datetime | None


def read(text: str, curriculum: Curriculum, today: date) -> list[FileRow]:
    """The rows of a file.

    Raises:
        Invalid: any line is wrong; `fields` says which and why.
    """
    lines = _cells(text.removeprefix("\ufeff"))
    complaints: dict[str, str] = {}
    rows: list[FileRow] = []
    for number, cells in lines:
        try:
            rows.append(_row(number, cells, curriculum, today))
        except WrongLine as wrong:
            complaints[f"csv/{number}"] = str(wrong)
    if not rows and not complaints:
        complaints["csv"] = NO_ROWS
    if complaints:
        raise _unreadable(dict(list(complaints.items())[:SHOWN]))
    return rows


def _cells(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Every line with its number and its cells, the header and empty lines left out."""
    lines = text.splitlines()
    header = lines[0] if lines else ""
    delimiter = ";" if ";" in header else ","
    found = tuple(cell.strip().lower() for cell in header.split(delimiter))
    if found not in (COLUMNS, SWEDISH):
        raise _unreadable({"csv/1": WRONG_HEADER})
    for number, line in enumerate(lines[1:], start=2):
        if line.strip(f" {delimiter}"):
            try:
                yield number, next(csv.reader([line], delimiter=delimiter))
            except csv.Error:
                yield number, ()


def _row(number: int, cells: Sequence[str], curriculum: Curriculum, today: date) -> FileRow:
    if len(cells) != len(COLUMNS):
        raise WrongLine(WRONG_CELLS)
    if any(cell.lstrip(" ").startswith(FORMULA) for cell in cells):
        raise WrongLine(IS_FORMULA)
    written, course, day = (cell.strip() for cell in cells)
    if max(len(written), len(course)) > LONGEST:
        raise WrongLine(TOO_LONG)
    completed_day = _day(day, today)
    if course not in curriculum.courses:
        raise WrongLine(NO_COURSE)
    version = curriculum.courses[course].version_on(completed_day)
    if version is None:
        raise WrongLine(NOT_GIVEN)
    return FileRow(number, written, course, version.number, completed_day)


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongLine(WRONG_DAY) from None
    if day > today:
        raise WrongLine(DAY_AHEAD)
    return day


def _unreadable(complaints: dict[str, str]) -> ContractError:
    return errors.IMPORT_UNREADABLE(fields=complaints)
