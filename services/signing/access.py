"""Who sees and changes which signing jobs."""

from contracts.actor import Actor
from contracts.errors.common import ROLE_MAY_NOT
from services.signing.ports import Rules, Sight

OF_UNIT = frozenset({"prescriber", "orderer"})


def is_centre(actor: Actor, rules: Rules) -> bool:
    """Whether the actor works with adaptations at the supply centre."""
    return actor.keeps_devices(rules.supply_centre)


def check_centre(actor: Actor, rules: Rules) -> None:
    """
    Raises:
        Forbidden: the actor does not work with adaptations at the supply centre.
    """
    if not is_centre(actor, rules):
        raise ROLE_MAY_NOT()


def check_technician(actor: Actor, rules: Rules) -> None:
    """
    Raises:
        Forbidden: the actor is no technician of the supply centre.

    Source: S-4
    """
    check_centre(actor, rules)
    if actor.role != "technician":
        raise ROLE_MAY_NOT()


def sight(actor: Actor, rules: Rules) -> Sight:
    """Whose jobs the actor sees: the centre all, others what they sign and their unit's."""
    unit = actor.unit if actor.role in OF_UNIT else ""
    return Sight(is_centre(actor, rules), actor.hsa_id, unit)
