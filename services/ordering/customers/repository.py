"""Customer numbers, agreements and permissions in the database."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, Row, text

from chassis.prepared import Prepared
from services.ordering.catalogue.repository import COLUMNS, article
from services.ordering.customers.model import Customer, PermissionType, Standing
from services.ordering.gates.repository import CLOSED, closed_gate

_STANDING = Prepared(
    "standing",
    """
    SELECT c.number AS customer_number, c.supplier, c.unit, provider.principal,
        :day BETWEEN provider.engaged_from AND coalesce(provider.engaged_until, 'infinity')
            AS in_cooperation,
        (
            SELECT min(a.agreement)
            FROM customer_agreements a JOIN memberships m ON m.agreement = a.agreement
            WHERE a.customer_number = c.number AND m.principal = provider.principal
            AND :day BETWEEN m.first_day AND coalesce(m.last_day, 'infinity')
        ) AS agreement,
        p.type AS permission,
        (SELECT id FROM patients WHERE personal_identity_number = :personal_identity_number)
            AS patient_id,
        EXISTS (
            SELECT FROM store_customers s
            WHERE s.customer_number = c.number AND s.store_number = :store_number
        ) AS store_found,
        closed.gates AS closed_gates,
        (
            SELECT json_agg(article) FROM (
                SELECT {article} FROM articles WHERE number = ANY(CAST(:to_order AS text[]))
            ) article
        ) AS articles,
        CASE WHEN cardinality(CAST(:to_order AS text[])) > 0
            THEN CAST(nextval('order_numbers') AS text) ELSE '' END AS order_number
    FROM customer_numbers c
    JOIN units u ON u.hsa_id = c.unit
    JOIN providers provider ON provider.hsa_id = u.provider
    LEFT JOIN permissions p ON p.person = :person AND p.unit = c.unit
        AND :day BETWEEN p.first_day AND coalesce(p.last_day, 'infinity')
    LEFT JOIN LATERAL (SELECT json_agg(gate) AS gates FROM ({closed_gates}) gate) closed ON true
    WHERE c.number = :customer_number
""".replace("{closed_gates}", CLOSED).replace("{article}", COLUMNS),
)
_OPEN_TO = text("""
    SELECT c.number AS customer_number, c.kind, c.supplier, c.unit, u.name AS unit_name,
        ARRAY(
            SELECT s.store_number FROM store_customers s WHERE s.customer_number = c.number
            ORDER BY s.store_number
        ) AS stores
    FROM customer_numbers c
    JOIN units u ON u.hsa_id = c.unit
    JOIN permissions p ON p.person = :person AND p.unit = c.unit
        AND :day BETWEEN p.first_day AND coalesce(p.last_day, 'infinity')
    JOIN providers provider ON provider.hsa_id = u.provider
        AND :day BETWEEN provider.engaged_from AND coalesce(provider.engaged_until, 'infinity')
    WHERE c.unit = :unit AND EXISTS (
        SELECT FROM customer_agreements a JOIN memberships m ON m.agreement = a.agreement
        WHERE a.customer_number = c.number AND m.principal = provider.principal
        AND :day BETWEEN m.first_day AND coalesce(m.last_day, 'infinity')
    ) ORDER BY c.number
""")
_PERMISSION = text("""
    SELECT type FROM permissions WHERE person = :person AND unit = :unit
    AND :day BETWEEN first_day AND coalesce(last_day, 'infinity')
""")
_PEOPLE = text("SELECT hsa_id, name, mail FROM people WHERE hsa_id = ANY(:hsa_ids)")


class CustomerRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(
        self,
        customer_number: str,
        person: str,
        day: date,
        *,
        personal_identity_number: str | None = None,
        store_number: str | None = None,
        gate_role: str | None = None,
        to_order: Sequence[str] = (),
    ) -> Standing | None:
        """How `customer_number` and `person` stand to each other on `day`.

        Args:
            gate_role: the role whose gates count; none do without it.
            to_order: numbers of the articles to be ordered.
        """
        values = {
            "customer_number": customer_number,
            "person": person,
            "day": day,
            "personal_identity_number": personal_identity_number,
            "store_number": store_number,
            "gate_role": gate_role,
            "to_order": list(to_order),
        }
        row = _STANDING.execute(self._connection, values).first()
        if row is None:
            return None
        permission = row.permission and PermissionType(row.permission)
        gates = tuple(closed_gate(one) for one in row.closed_gates or ())
        articles = {one["article_number"]: article(one) for one in row.articles or ()}
        changed = {"permission": permission, "closed_gates": gates, "articles": articles}
        return Standing(**{**row._mapping, **changed})

    def open_to(self, person: str, unit: str, day: date) -> Sequence[Customer]:
        """The unit's customer numbers, if `person` may order for it."""
        values = {"person": person, "unit": unit, "day": day}
        rows = self._connection.execute(_OPEN_TO, values)
        return [Customer(**{**row._mapping, "stores": tuple(row.stores)}) for row in rows]

    def permission(self, person: str, unit: str, day: date) -> PermissionType | None:
        """What `person` may do for `unit`."""
        values = {"person": person, "unit": unit, "day": day}
        type_ = self._connection.execute(_PERMISSION, values).scalar()
        return PermissionType(type_) if type_ else None

    def addresses(self, hsa_ids: Sequence[str]) -> Mapping[str, str]:
        """Mail address by HSA-ID, for those of them that are registered."""
        return {row.hsa_id: row.mail for row in self._people(hsa_ids)}

    def names(self, hsa_ids: Sequence[str]) -> Mapping[str, str]:
        """Name by HSA-ID, for those of them that are registered."""
        return {row.hsa_id: row.name for row in self._people(hsa_ids)}

    def _people(self, hsa_ids: Sequence[str]) -> Sequence[Row]:
        return self._connection.execute(_PEOPLE, {"hsa_ids": list(hsa_ids)}).all()
