"""The only errors that cross a service boundary.

* ContractError
  * Invalid      the message breaks its contract                      HTTP 422
  * Unknown      nobody is logged in, or the login does not suffice   HTTP 401
  * Forbidden    the actor may not do this                            HTTP 403
  * NotFound     the thing asked for does not exist, or not for you   HTTP 404
  * Conflict     the current state, or a rule, does not allow it      HTTP 409
  * Unavailable  a part that the answer needs does not answer now     HTTP 503
  * TimedOut     the answer did not come before the deadline          HTTP 504

Every refusal that Rampen can give stands in one of the modules beside this one, with the rule that
it comes from and its texts: `common`, `ordering`, `booking`, `booking_calendars`,
`booking_pilot`, `booking_reconciliation`, `training`, `maintenance`, `signing`, `operating`.
"""

from contracts.errors.base import (
    REFUSALS,
    Conflict,
    ContractError,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Text,
    TimedOut,
    Unavailable,
    Unknown,
)

__all__ = [
    "REFUSALS",
    "Conflict",
    "ContractError",
    "Forbidden",
    "Invalid",
    "NotFound",
    "Refusal",
    "Text",
    "TimedOut",
    "Unavailable",
    "Unknown",
]
