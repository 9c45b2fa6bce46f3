"""Articles and which of them may be ordered."""

from dataclasses import dataclass
from enum import StrEnum

from contracts.errors import ordering as errors


class Status(StrEnum):
    """Where an article is in its life.

    Source: O-54, O-55, O-56, O-57
    """

    ACTIVE = "active"  # aktiv, i gällande avtal
    OUTGOING = "outgoing"  # utgående
    ENDED = "ended"  # utgången: leverantören är utgången
    DISCONTINUED = "discontinued"  # utgått


ORDERABLE = frozenset({Status.ACTIVE, Status.OUTGOING})


@dataclass(frozen=True)
class Article:
    """One article of the catalogue.

    Args:
        iso_code: of ISO 9999, such as "12 22 03".
        delivery_class: within_7, within_17 or over_17 working days.
        supply_form: rent or purchase.
        supplier: HMC or LMN.

    Source: O-54
    """

    article_number: str
    name: str
    iso_code: str
    delivery_class: str
    status: Status
    supply_form: str
    supplier: str

    def require_orderable_from(self, supplier: str) -> None:
        """
        Args:
            supplier: the one that the customer number belongs to.

        Raises:
            Conflict: the article has ended, or is supplied by the other.

        Source: O-4, O-7, O-8, O-55, O-56, O-57
        """
        if self.status not in ORDERABLE:
            raise errors.ARTICLE_ENDED(article_number=self.article_number)
        if self.supplier != supplier:
            raise errors.ARTICLE_NOT_OF_SUPPLIER(article_number=self.article_number)
