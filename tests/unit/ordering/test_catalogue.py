"""Finding articles."""

import pytest

from contracts.ordering import ArticlePage, ListArticles
from services.ordering.catalogue import use_cases
from tests.unit.ordering.world import TECHNICIAN


def search(ordering, words="", **query):
    with ordering.transaction(TECHNICIAN) as tx:
        query = ListArticles.read({"search": words, **query})
        return ArticlePage.write(use_cases.list_articles(tx, query))


def numbers(page):
    return [article["article_number"] for article in page["items"]]


@pytest.mark.rule("O-19")
@pytest.mark.rule("O-54")
def test_an_article_shows_its_delivery_class_and_status(ordering):
    assert search(ordering, "rollator")["items"] == [
        {
            "article_number": "20105",
            "name": "Rollator Tiveden",
            "iso_code": "12 06 06",
            "delivery_class": "within_17",
            "status": "active",
            "supply_form": "rent",
            "supplier": "HMC",
        }
    ]


@pytest.mark.rule("O-19")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2010", ["20101", "20102", "20103", "20104", "20105"]),
        ("  Rullstol   Vinga ", ["20101", "20102"]),
        ("rullstol", ["20101", "20102", "20103"]),  # also inside Elrullstol
        ("12 06", ["20104", "20105"]),
        ("finns inte", []),
    ],
)
def test_articles_are_found_by_number_name_and_iso_code(ordering, words, found):
    assert numbers(search(ordering, words)) == found


@pytest.mark.rule("O-57")
@pytest.mark.rule("O-59")
def test_articles_that_have_ended_are_still_shown(ordering):
    statuses = {article["status"] for article in search(ordering)["items"]}

    assert statuses == {"active", "outgoing", "ended", "discontinued"}


def test_without_a_search_all_articles_come_a_page_at_a_time(ordering):
    first, second = search(ordering, limit=4), search(ordering, limit=4, page=2)

    assert numbers(first) + numbers(second) == [f"2010{at}" for at in range(1, 6)] + ["30101"]
    assert (first["more"], second["more"]) == (True, False)


@pytest.mark.parametrize("sort", ["article_number", "name", "iso_code"])
def test_articles_are_sorted_as_they_are_asked_for(ordering, sort):
    upwards = [article[sort] for article in search(ordering, "rull", sort=sort)["items"]]
    downwards = [article[sort] for article in search(ordering, "rull", sort=f"-{sort}")["items"]]

    assert upwards == sorted(upwards) == downwards[::-1]
