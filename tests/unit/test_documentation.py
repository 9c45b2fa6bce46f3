"""The documentation is true: what it names exists, and what exists is named."""

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # nameko's, of eventlet
    from docs.tools import DOCS, GENERATED

from chassis.cli import main
from docs.tools import rules

ROOT = DOCS.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
OPERATING = (DOCS / "operating.md").read_text()
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
HEADINGS = ["Status", "Context", "Decision", "Consequences", "Rejected alternatives"]

SETTING = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
#: Functions that read a setting by its name.
READERS = {"read", "_positive", "_address", "_secret", "_rate", "os.environ.get"}
#: Made from parts in the code: the claims by field, the databases by service.
MADE = re.compile(r"OIDC_[A-Z_]+_CLAIM|[A-Z]+_DATABASE_URL")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@pytest.mark.parametrize("name", GENERATED)
def test_what_is_generated_is_current(name):
    assert (DOCS / name).read_text() == GENERATED[name](), "run `make docs`"


@every_page
def test_every_link_leads_to_a_file(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


@every_page
def test_every_make_target_that_is_named_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), re.MULTILINE))

    assert named <= targets


@every_page
def test_every_command_that_is_named_exists(page):
    named = set(re.findall(r"(?:`|^)rampen ([a-z-]+)", page.read_text(), re.MULTILINE))

    assert named <= set(main.commands)


def test_every_rule_that_code_or_tests_name_stands_in_the_rulebook():
    named = {**rules.held(), **rules.proved()}

    assert {code: named[code] for code in named.keys() - rules.rulebook().keys()} == {}


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_five_parts(page):
    text = page.read_text()

    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
    assert text.startswith(f"# {page.name[:4]} ")


def test_decisions_are_numbered_and_listed():
    listed = (DOCS / "decisions" / "README.md").read_text()

    assert [page.name[:4] for page in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]
    assert all(f"({page.name})" in listed for page in DECISIONS)


def test_every_module_of_the_chassis_is_in_the_architecture():
    told = (DOCS / "architecture.md").read_text()
    modules = {path.name for path in (ROOT / "chassis").glob("*.py")} - {"__init__.py"}

    assert {name for name in modules if f"`{name}`" not in told} == set()


def test_every_setting_that_the_code_reads_is_documented():
    read = {name for path in _code() for name in _settings(path)}

    assert {name for name in read if f"`{name}`" not in OPERATING} == set()


def test_every_setting_that_is_documented_is_read():
    documented = {name for name in re.findall(r"`([A-Z_]+)`", OPERATING) if SETTING.fullmatch(name)}
    code = "".join(path.read_text() for path in [*_code(), *_code("sandbox", "tests")])

    assert {name for name in documented if name not in code and not MADE.fullmatch(name)} == set()


def _code(*folders: str) -> list[Path]:
    folders = folders or ("chassis", "services", "gateway")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def _settings(path: Path) -> Iterator[str]:
    """The settings that a module reads by name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and READERS & _names(node.func):
            first = node.args[0]
            if isinstance(first, ast.Constant) and SETTING.fullmatch(str(first.value)):
                yield first.value


def _names(function: ast.expr) -> set[str]:
    """What a function is called: in full, and by its last name."""
    full = ast.unparse(function)
    return {full, full.rpartition(".")[2]}
