"""Reads the word lists and tables that lie beside this file."""

import json
from importlib.resources import files
from typing import Any


def read(name: str) -> Any:
    return json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
