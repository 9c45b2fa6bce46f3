"""The catalogue in the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from chassis.prepared import Prepared
from chassis.sorting import order_by
from services.ordering.catalogue.model import Article, Status

COLUMNS = """
    number AS article_number, name, iso_code, delivery_class, status, supply_form, supplier
"""
_BY_NUMBERS = Prepared(
    "articles_by_numbers", f"SELECT {COLUMNS} FROM articles WHERE number = ANY(:numbers)"
)
_PAGE = "ORDER BY {order}, number LIMIT :limit OFFSET :offset"
_ALL = f"SELECT {COLUMNS} FROM articles {_PAGE}"
# Whole words in any inflection, parts of words (Swedish compounds them), and how numbers begin.
_SEARCH = f"""
    SELECT {COLUMNS} FROM articles
    WHERE to_tsvector('swedish', name) @@ websearch_to_tsquery('swedish', :words)
        OR name ILIKE :within OR number LIKE :number OR replace(iso_code, ' ', '') LIKE :iso_code
    {_PAGE}
"""
_SORTED = {"article_number": "number", "name": "name", "iso_code": "iso_code"}


class ArticleRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_numbers(self, numbers: Sequence[str]) -> Mapping[str, Article]:
        """Those of the articles that there are, by number."""
        rows = _BY_NUMBERS.execute(self._connection, {"numbers": list(numbers)}).mappings()
        return {row["article_number"]: article(row) for row in rows}

    def search(self, words: str, sort: str, limit: int, offset: int) -> Sequence[Article]:
        """Articles sorted as `ListArticles` says; all of them when there are no `words`."""
        values: dict[str, Any] = {"limit": limit, "offset": offset}
        if not words:
            return self._found(_ALL, sort, values)
        literal = _literally(words)
        digits = words.replace(" ", "")
        values |= {
            "words": words,
            "within": f"%{literal}%",
            "number": f"{literal.upper()}%",
            "iso_code": f"{digits}%" if digits.isdigit() else "",
        }
        return self._found(_SEARCH, sort, values)

    def _found(self, template: str, sort: str, values: dict[str, Any]) -> Sequence[Article]:
        statement = text(template.format(order=order_by(_SORTED, sort)))
        return [article(row) for row in self._connection.execute(statement, values).mappings()]


def _literally(words: str) -> str:
    """`words` as a pattern of LIKE that means nothing but itself."""
    for special in ("\\", "%", "_"):
        words = words.replace(special, f"\\{special}")
    return words


def article(row: Mapping[Any, Any]) -> Article:
    """The article of a row of `COLUMNS`."""
    return Article(**{**row, "status": Status(row["status"])})
