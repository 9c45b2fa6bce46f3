"""Lists as files for a spreadsheet: CSV and XLSX."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 18  # characters of a column
MADE = datetime(2026, 1, 1, tzinfo=UTC)  # always the same: the same list is the same file
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Rows = Sequence[Mapping[str, Any]]
Columns = Mapping[str, str]  # Swedish heading by field


def as_csv(rows: Rows, columns: Columns) -> bytes:
    """As a Swedish Excel opens it by itself: semicolons, decimal commas, a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns.values())
    writer.writerows([_swedish(row[name]) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows, columns: Columns) -> bytes:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": MADE})
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.set_column(0, len(columns) - 1, WIDTH)
        sheet.write_row(0, 0, columns.values(), bold)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row[name] for name in columns])
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _swedish(value: Any) -> str:
    """A number with a decimal comma; a text that a spreadsheet does not take for a formula."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
