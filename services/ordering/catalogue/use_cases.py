"""Finding articles."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from services.ordering import use_cases
from services.ordering.catalogue.model import Article


class Articles(Protocol):
    """The catalogue."""

    def by_numbers(self, numbers: Sequence[str]) -> Mapping[str, Article]: ...

    def search(self, words: str, sort: str, limit: int, offset: int) -> Sequence[Article]: ...


class Transaction(use_cases.Transaction, Protocol):
    @property
    def articles(self) -> Articles: ...


def list_articles(tx: Transaction, query: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the articles whose number, name or ISO code matches.

    Source: O-19, O-59
    """
    words = " ".join(query["search"].split())
    sort = query["sort"]
    return use_cases.paged(query, lambda *page: tx.articles.search(words, sort, *page))
