"""What the cells of a list tell where there is no room for a row of heads."""

import re
from pathlib import Path

import pytest

import gateway.web

TEMPLATES = Path(gateway.web.__file__).with_name("templates")
LIST = re.compile(r"call\(heads\) table\(.*?endcall", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])\b([^>]*)")


def _rows():
    for path in sorted(TEMPLATES.glob("*.html")):
        for number, row in enumerate(ROW.findall("".join(LIST.findall(path.read_text())))):
            yield pytest.param(row, id=f"{path.stem}-{number}")


@pytest.mark.parametrize("row", list(_rows()))
def test_each_cell_but_the_first_names_its_own_column(row):
    for column, (kind, attributes) in enumerate(CELL.findall(row)):
        if kind == "td" and column:
            assert f'data-head="{{{{ heads[{column}] }}}}"' in attributes


def test_every_list_calls_its_rows_with_its_heads():
    written = "".join(path.read_text() for path in TEMPLATES.glob("*.html"))

    assert "call table(" not in written
    assert len(LIST.findall(written)) > 30


def test_the_heads_of_a_list_are_escaped_in_its_cells(app):
    shown = app.jinja_env.from_string(
        '{% from "parts.html" import table %}{% call(heads) table("", ["", head]) %}'
        '<tr><th>1</th><td data-head="{{ heads[1] }}">2</td></tr>{% endcall %}'
    )

    assert "<script>" not in shown.render(head='"><script>')
