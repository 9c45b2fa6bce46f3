"""The functional risk assessment, and the one way to write it that is hashed and signed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from contracts.errors.signing import CONCLUSION_CONTRADICTS


class Conclusion(StrEnum):
    ACCEPTABLE = "acceptable"  # godtagbar
    ACCEPTABLE_WITH_MEASURES = "acceptable_with_measures"  # godtagbar med åtgärder
    NOT_ACCEPTABLE = "not_acceptable"  # inte godtagbar


@dataclass(frozen=True)
class Risk:
    """One risk; probability and severity go from 1 to 5."""

    area: str
    description: str
    probability: int
    severity: int
    measure: str
    acceptable: bool


@dataclass(frozen=True)
class Assessment:
    """The prescriber's assessment of an adaptation (Swedish: funktionell riskbedömning).

    Args:
        version: from 1, within its job; a change of mind is another version.

    Source: S-1, U-11
    """

    version: int
    risks: tuple[Risk, ...]
    conclusion: Conclusion
    made_by: str  # HSA-ID
    made_at: datetime

    @classmethod
    def make(cls, version: int, told: Mapping[str, Any], made_by: str, now: datetime) -> Self:
        """
        Raises:
            Invalid: the conclusion contradicts the single risks.
        """
        risks = tuple(Risk(**risk) for risk in told["risks"])
        conclusion = Conclusion(told["conclusion"])
        _check(risks, conclusion)
        return cls(version, risks, conclusion, made_by, now)

    @property
    def canonical(self) -> str:
        """The assessment as JSON, always written the same way."""
        return json.dumps(
            asdict(self) | {"made_at": self.made_at.isoformat()},
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def allows_use(self) -> bool:
        return self.conclusion is not Conclusion.NOT_ACCEPTABLE


def _check(risks: Sequence[Risk], conclusion: Conclusion) -> None:
    all_acceptable = all(risk.acceptable for risk in risks)
    if all_acceptable == (conclusion is Conclusion.NOT_ACCEPTABLE):
        raise CONCLUSION_CONTRADICTS()
    measures = any(risk.measure for risk in risks)
    if conclusion is Conclusion.ACCEPTABLE_WITH_MEASURES and not measures:
        raise CONCLUSION_CONTRADICTS()
