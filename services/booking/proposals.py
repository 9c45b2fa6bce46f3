"""Which service product suits a device, by its ISO code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Proposals:
    """Service products by the beginning of an ISO code, such as "12 22"; the longest counts.

    Source: B-15
    """

    by_prefix: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> "Proposals":
        """Read `{"12 22": 11}`.

        Raises:
            ValueError: it is none.
        """
        read = json.loads(text)
        if not isinstance(read, dict) or not all(isinstance(one, int) for one in read.values()):
            raise ValueError('not service products by ISO code, such as {"12 22": 11}')
        return cls(read)

    def of(self, iso_code: str | None) -> int | None:
        """The service product to propose; None where there is nothing to go by."""
        words = (iso_code or "").split()
        prefixes = (" ".join(words[:length]) for length in range(len(words), 0, -1))
        return next((self.by_prefix[one] for one in prefixes if one in self.by_prefix), None)
