"""The columns of a list: what they are called where there is no room for a row of heads."""

import re
from collections.abc import Sequence
from itertools import count

from markupsafe import Markup, escape

ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd]\b")


def headed(rows: Markup, heads: Sequence[str | tuple[str, str]]) -> Markup:
    """`rows` of a table where each cell but the first names its column.

    A narrow window shows every cell on a line of its own, with that name before it.

    Args:
        heads: what a column is called; with what sorts it, where something does.
    """
    names = [head if isinstance(head, str) else head[0] for head in heads]
    return Markup(ROW.sub(lambda row: _named(row[0], names), rows))


def _named(row: str, heads: Sequence[str]) -> str:
    column = count()

    def named(cell: re.Match[str]) -> str:
        at = next(column)
        return f'{cell[0]} data-head="{escape(heads[at])}"' if at else cell[0]

    return CELL.sub(named, row)
