"""Writes the generated parts of the documentation: `python -m docs.tools`."""

import json
from collections.abc import Callable
from pathlib import Path

from docs.tools import asyncapi, rules

DOCS = Path(__file__).parents[1]


def _asyncapi() -> str:
    return json.dumps(asyncapi.document(), indent=2, ensure_ascii=False) + "\n"


#: What is generated, below docs, and what makes it.
GENERATED: dict[str, Callable[[], str]] = {"asyncapi.json": _asyncapi, "rules.md": rules.table}


def write() -> None:
    for name, make in GENERATED.items():
        (DOCS / name).write_text(make())
