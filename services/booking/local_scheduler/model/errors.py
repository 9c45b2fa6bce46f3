"""Why the scheduler says no.

* Refused    the request was understood and is not carried out    HTTP 400
  * SlotTaken            another hold or booking has the time
    * Overtaken          it was free a moment ago; looking again may find somebody else
  * ReservationExpired   the hold under this key has lapsed or been used
* Unknown    there is no such reservation or booking              HTTP 404
"""


class Refused(Exception):
    """The request was understood and is not carried out.

    Args:
        code: what callers may branch on; never changes its meaning.
        detail: one sentence for people, free of personal data.
    """

    status = 400

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class SlotTaken(Refused):
    """Another hold or booking has the time."""

    def __init__(self) -> None:
        super().__init__("slot_taken", "Tiden är upptagen.")


class Overtaken(SlotTaken):
    """The time was free a moment ago; looking again may find another consultant."""


class ReservationExpired(Refused):
    """The hold under this key has lapsed or been used."""

    def __init__(self) -> None:
        super().__init__("reservation_expired", "Reservationen har gått ut.")


class Unknown(Refused):
    """There is no such reservation or booking."""

    status = 404
