"""What the cells of a list tell where there is no room for a row of heads."""

import re
from pathlib import Path

import pytest

import gateway.web
from contracts.errors.common import MESSAGE_INVALID
from contracts.errors.training import ENROLMENT_STATE
from gateway.api.openapi import EXAMPLES
from tests.unit.gateway.conftest import OWN, URL, token_of

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


SORTED = [
    ("/orders", "ordering.list_orders", "-order_number", "Beställning"),
    ("/articles", "ordering.list_articles", "name", "Artikel"),
    ("/consultations", "booking.list_activities", "registered_at", "Registrerad"),
    ("/courses", "training.list_courses", "-title", "Utbildning"),
    ("/occasions", "training.list_occasions", "place", "Plats"),
    ("/enrolments", "training.list_enrolments", "start", "När"),
    ("/completions", "training.list_unmatched_rows", "written", "I filen"),
    ("/adaptations", "ordering.list_adaptations", "individual_number", "Hjälpmedel"),
    ("/signing/cases", "signing.list_signing_cases", "-built_at", "Byggd"),
    ("/signing", "signing.list_signing_jobs", "individual_number", "Hjälpmedel"),
]
PAGES = {
    "ordering.list_orders": "OrderSummaryPage",
    "ordering.list_articles": "ArticleViewPage",
    "booking.list_activities": "ActivityViewPage",
    "training.list_courses": "CourseViewPage",
    "training.list_occasions": "OccasionViewPage",
    "training.list_enrolments": "EnrolmentViewPage",
    "training.list_unmatched_rows": "ImportRowViewPage",
    "ordering.list_adaptations": "AdaptationSummaryPage",
    "signing.list_signing_cases": "SigningCasePage",
    "signing.list_signing_jobs": "SigningJobSummaryPage",
}


@pytest.fixture
def seen(browser, log_in, services):
    services.answers |= {method: EXAMPLES[page] for method, page in PAGES.items()}
    log_in()
    return lambda address: browser.get(address, base_url=URL, headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(("address", "method", "sort", "head"), SORTED)
def test_a_list_is_sorted_by_its_heads_and_the_address_tells(
    seen, services, address, method, sort, head
):
    page = seen(f"{address}?sort={sort}")

    asked = [message for name, message, _ in services.asked if name == method]
    assert asked[-1]["sort"] == sort
    way = "descending" if sort[0] == "-" else "ascending"
    sorted_head = page[page.index(f'aria-sort="{way}"') :]
    assert sorted_head[: sorted_head.index("</a>")].partition(">" + head)[1]
    assert page.count("aria-sort=") == 1


@pytest.mark.parametrize(("address", "method", "_sort", "_head"), SORTED)
def test_an_address_that_asks_for_what_no_list_has_leads_to_the_whole_list(
    seen, services, address, method, _sort, _head
):
    services.failing[method] = MESSAGE_INVALID(fields={"sort": "Must be one of: name."})

    page = seen(f"{address}?sort=nothing")

    assert "Adressen ber om ett urval som inte finns. Ska vara något av: name." in page
    assert f'<a href="{address}">Visa hela listan</a>' in page


@pytest.mark.parametrize(
    "address", ["/enrolments", "/consultations", "/orders", "/signing", "/signing/cases"]
)
def test_a_list_renews_itself_as_it_was_asked_for(seen, address):
    again = f'data-live hx-get="{address}?page=2" hx-trigger="every 20s"'

    assert again in seen(f"{address}?page=2")


def test_a_list_beside_a_refusal_does_not_renew_itself(seen, browser, services):
    services.failing["training.cancel_enrolment"] = ENROLMENT_STATE(state="attended")
    enrolment = EXAMPLES["EnrolmentView"]["enrolment_id"]
    sent = token_of(browser)
    address = f"/enrolments/{enrolment}/cancellation"

    refused = browser.post(address, data=sent, headers=OWN, base_url=URL)

    assert refused.status_code == 409
    assert "data-live" in refused.text
    assert "data-live hx-get" not in refused.text


def test_occasions_are_narrowed_to_a_course(seen, services):
    [course] = EXAMPLES["CourseViewPage"]["items"][:1]

    page = seen(f"/occasions?course={course['code']}")

    asked = [message for name, message, _ in services.asked if name == "training.list_occasions"]
    assert asked[-1]["course"] == course["code"]
    assert f'<option value="{course["code"]}" selected>' in page


def test_a_course_that_does_not_exist_is_told_from_one_without_occasions(seen, services):
    [course] = EXAMPLES["CourseViewPage"]["items"][:1]
    services.answers["training.list_occasions"] = {"items": [], "more": False}

    assert "ett urval som inte finns" in seen("/occasions?course=nothing")
    assert "Inga tillfällen är utlysta." in seen(f"/occasions?course={course['code']}")
