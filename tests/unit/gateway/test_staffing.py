"""The staffing as a file for a spreadsheet."""

import io
import zipfile

import pytest

from gateway.api.openapi import EXAMPLES

ROW = EXAMPLES["Staffing"]["items"][0]


@pytest.fixture
def staffed(services, monkeypatch):
    """The rows that the service answers with."""
    rows = [dict(ROW)]
    answer = {"items": rows, "waiting_elsewhere": 0}
    monkeypatch.setattr(services, "_list_staffing", lambda _message: answer, raising=False)
    return rows


@pytest.mark.rule("B-17")
def test_the_staffing_is_a_file_that_a_swedish_excel_opens(program, staffed):
    answer = program.get("/files/staffing.csv")

    head, row = answer.data.decode("utf-8-sig").splitlines()
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert head.startswith("Vecka;Ort;Tjänsteprodukt;Timmar som saknas")
    assert row.startswith("2026-W53;Borås;Förväntningssamtal, rullstol;3,75;6,75;1,5")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bemanning.csv"'


@pytest.mark.rule("B-17")
def test_the_staffing_is_an_excel_file(program, staffed):
    answer = program.get("/files/staffing.xlsx?first_day=2026-12-28&last_day=2027-01-03")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        texts = file.read("xl/sharedStrings.xml").decode()
    assert "<v>3.75</v>" in sheet
    assert "Borås" in texts


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_same_list_is_the_same_file(program, staffed, ending):
    etag = program.get(f"/files/staffing.{ending}").headers["ETag"]

    answer = program.get(f"/files/staffing.{ending}", headers={"If-None-Match": etag})

    assert answer.status_code == 304


def test_a_name_is_never_taken_for_a_formula(program, staffed):
    staffed[0]["place_name"] = '=HYPERLINK("http://x")'

    text = program.get("/files/staffing.csv").data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(program.get("/files/staffing.xlsx").data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()

    assert "'=HYPERLINK" in text
    assert "<f>" not in sheet


def test_a_day_that_is_none_is_refused(program, staffed):
    answer = program.get("/files/staffing.csv?first_day=2026-13-01")

    assert (answer.status_code, answer.json["code"]) == (422, "message.invalid")


def test_no_other_files_are_there(program, staffed):
    assert program.get("/files/staffing.exe").status_code == 404
