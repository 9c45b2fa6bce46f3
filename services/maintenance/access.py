"""Who sees and changes which work orders."""

from contracts.actor import Actor
from contracts.errors.common import NOT_FOUND, ROLE_MAY_NOT
from services.maintenance.ports import Rules, Sight

PRESCRIBER = "prescriber"
MAY_ORDER = frozenset({PRESCRIBER, "orderer"})


def is_centre(actor: Actor, rules: Rules) -> bool:
    """Whether the actor receives, or carries out, work orders at the supply centre."""
    return actor.keeps_devices(rules.supply_centre)


def check_centre(actor: Actor, rules: Rules) -> None:
    """
    Raises:
        Forbidden: the actor does not work with work orders at the supply centre.
    """
    if not is_centre(actor, rules):
        raise ROLE_MAY_NOT()


def sight(actor: Actor, rules: Rules) -> Sight:
    """Whose work orders the actor sees: the centre everybody's, others their own unit's.

    Raises:
        NotFound: nobody's.
    """
    if is_centre(actor, rules):
        return Sight(None)
    if actor.role not in MAY_ORDER:
        raise NOT_FOUND()
    return Sight(actor.unit)
