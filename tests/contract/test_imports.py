"""What contracts may know: whoever imports them gets nothing else with them."""

import ast
import sys
from pathlib import Path

import contracts

ALLOWED = {"contracts", "marshmallow", *sys.stdlib_module_names}


def test_contracts_import_nothing_but_marshmallow_and_the_standard_library():
    (folder,) = map(Path, contracts.__path__)

    imported = {
        name.partition(".")[0]
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _names(node)
    }

    assert imported - ALLOWED == set()


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
