"""The error classes, and the catalogue of every refusal with its texts."""

from dataclasses import dataclass
from typing import Any, NamedTuple


class ContractError(Exception):
    """A request was understood and refused.

    Args:
        code: dotted name that callers may branch on; never changes its meaning.
        params: values that the catalogue's texts mention; free of personal data.
        fields: for `Invalid`, the complaint per field: `{"lines/0/quantity": "…"}`.
    """

    status = 400

    def __init__(
        self, code: str, params: dict[str, Any] | None = None, fields: dict[str, str] | None = None
    ) -> None:
        super().__init__(code, params or {}, fields or {})  # RPC rebuilds the error from `args`
        self.code = code
        self.params = params or {}
        self.fields = fields or {}


class Invalid(ContractError):
    """The message breaks its contract."""

    status = 422


class Unknown(ContractError):
    """Nobody is logged in, or the login does not suffice."""

    status = 401


class Forbidden(ContractError):
    """The actor may not do this."""

    status = 403


class NotFound(ContractError):
    """The thing asked for does not exist, or not for this actor."""

    status = 404


class Conflict(ContractError):
    """The current state, or a rule, does not allow the change."""

    status = 409


class Unavailable(ContractError):
    """A part that the answer needs does not answer now; try again."""

    status = 503


class TimedOut(ContractError):
    """The answer did not come before the deadline; the same command may be sent again."""

    status = 504


class Text(NamedTuple):
    """What a person reads: what is wrong, and what to do; `{name}` is filled from the params."""

    wrong: str
    action: str


@dataclass(frozen=True)
class Refusal:
    """One reason to refuse. Calling it makes the error to raise.

    Args:
        rule: code in the rulebook of the domain rule behind it; None for a technical reason.
    """

    code: str
    kind: type[ContractError]
    sv: Text
    en: Text
    rule: str | None = None

    def __post_init__(self) -> None:
        if self.code in REFUSALS:
            raise ValueError(f"two refusals share the code {self.code}")
        REFUSALS[self.code] = self

    def __call__(self, *, fields: dict[str, str] | None = None, **params: Any) -> ContractError:
        return self.kind(self.code, params, fields)


REFUSALS: dict[str, Refusal] = {}
