"""Files of completions as people really send them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import Invalid
from services.training.model.completions_file import read
from tests.unit.training.world import ANNA, BO, curriculum, day

TODAY = day("2026-03-02")
HEADER = "hsa_id;course;completed_day"


def rows(*lines, header=HEADER, newline="\n"):
    return read(newline.join([header, *lines]), curriculum(), TODAY)


def complaints(*lines, **options):
    with pytest.raises(Invalid, match=r"training\.import\.unreadable") as refused:
        rows(*lines, **options)
    return refused.value.fields


def line(hsa_id=ANNA.hsa_id, course="national_course", completed_day="2026-02-01", by=";"):
    return by.join((hsa_id, course, completed_day))


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("header", [HEADER, "HSA-id;Utbildning;Genomförd"])
def test_a_file_from_a_spreadsheet_is_read(mark, newline, header):
    found = rows(line(), line(BO.hsa_id), "", ";;", header=mark + header, newline=newline)

    assert [(one.line, one.written) for one in found] == [(2, ANNA.hsa_id), (3, BO.hsa_id)]
    assert (found[0].course, found[0].version) == ("national_course", 1)
    assert found[0].completed_day == day("2026-02-01")


def test_commas_are_read_too():
    (found,) = rows(line(by=","), header=HEADER.replace(";", ","))

    assert found.written == ANNA.hsa_id


def test_quoted_cells_are_read():
    (found,) = rows(f'"{ANNA.hsa_id}";"national_course";"2026-02-01"')

    assert found.written == ANNA.hsa_id


def test_a_row_without_a_known_id_is_a_row_all_the_same():
    (found,) = rows(line("Anna Lindqvist"))

    assert found.written == "Anna Lindqvist"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (line(course="nothing"), "Utbildningen finns inte."),
        (line(completed_day="2026-03-03"), "Dagen har inte varit än."),
        (line(completed_day="1 mars"), "Dagen ska skrivas som 2026-11-24."),
        (line(course="old_movement"), "Utbildningen gavs inte den dagen."),
        ("a;b", "Raden har inte tre celler."),
        (line("x" * 101), "En cell är längre än 100 tecken."),
        ('"unended;b;c', "Raden har inte tre celler."),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(wrong, said):
    assert complaints(line(), wrong) == {"csv/3": said}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t="])
def test_what_a_spreadsheet_would_carry_out_is_not_let_in(start):
    assert complaints(line(f"{start}HYPERLINK(1)")) == {"csv/2": "En cell börjar som en formel."}


def test_every_wrong_line_is_named_up_to_a_limit():
    assert set(complaints("a", line(), "b")) == {"csv/2", "csv/4"}
    assert len(complaints(*["wrong"] * 200)) == 50


@pytest.mark.parametrize("header", ["", "name;course;day", line()])
def test_a_file_without_its_header_is_refused(header):
    assert list(complaints(line(), header=header)) == ["csv/1"]


def test_a_file_without_rows_is_refused():
    assert complaints("", "") == {"csv": "Filen har inga rader."}


@given(st.text(max_size=300))
def test_whatever_is_sent_is_read_or_refused(text):
    with suppress(Invalid):
        read(f"{HEADER}\n{text}", curriculum(), TODAY)
