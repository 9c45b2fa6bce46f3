"""Who asks, and in what capacity: travels with every command, query and event."""

from dataclasses import dataclass
from typing import Any, Self

#: Who keeps, repairs and hands out devices at the supply centre (Swedish: hjälpmedelscentral).
CENTRE_ROLES = frozenset({"technician", "customer_service"})

#: In which capacity people act. Source: P-13
ROLES = (
    "prescriber",
    "orderer",
    "cost_responsible",
    "device_coordinator",
    "device_consultant",
    "technician",
    "manager",
    "medically_responsible_nurse",
    "medically_responsible_rehabilitation",
    "chief_physician",
    "social_coordinator",
    "care_staff",
    "product_consultant",
    "customer_service",
    "training_admin",
    "operator",
)


@dataclass(frozen=True)
class Actor:
    """A person in a commission (Swedish: medarbetaruppdrag), or a machine.

    Args:
        hsa_id: the person's HSA-ID, or the client id of a machine.
        role: one of the roles of the rulebook (P-13), in English.
        unit: HSA-ID of the health-care unit of the commission.
        principal: HSA-ID of the principal (Swedish: huvudman) that the unit belongs to.

    Source: P-13
    """

    hsa_id: str
    role: str
    unit: str
    principal: str

    def keeps_devices(self, supply_centre: frozenset[str]) -> bool:
        """Whether the person keeps, repairs and hands out devices at the supply centre.

        Args:
            supply_centre: HSA-IDs of its units.
        """
        return self.role in CENTRE_ROLES and self.unit in supply_centre

    def as_header(self) -> dict[str, str]:
        return dict(vars(self))  # asdict would copy each text, at every call

    @classmethod
    def from_header(cls, header: dict[str, Any]) -> Self:
        return cls(**{name: str(header.get(name, "")) for name in cls.__dataclass_fields__})


def system(name: str) -> Actor:
    """The actor of what a service does on its own account, such as closing what is overdue."""
    return Actor(hsa_id=name, role="system", unit="", principal="")
