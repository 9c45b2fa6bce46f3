"""Refusals: each says in two languages what is wrong and what to do, and crosses RPC unharmed."""

import importlib
import json
import pkgutil
import re
from string import Formatter

import pytest

from contracts import errors
from contracts.errors import ContractError, Refusal, Text
from docs.tools.rules import rulebook
from gateway import refusals

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ContractError) and kind is not ContractError
]
MODULES = [
    importlib.import_module(f"contracts.errors.{module.name}")
    for module in pkgutil.iter_modules(errors.__path__)
]
#: What may be mentioned is about orders and articles, never about people; the telephone is ours.
PERSONAL = re.compile(r"personal|patient|person|birth|address|mail|hsa|^name$")


def _refusals(module) -> list[Refusal]:
    return [value for value in vars(module).values() if isinstance(value, Refusal)]


OF_CONTRACTS = [refusal for module in MODULES for refusal in _refusals(module)]
ALL = [*OF_CONTRACTS, *_refusals(refusals)]

every_refusal = pytest.mark.parametrize("refusal", ALL, ids=lambda refusal: refusal.code)
every_text = pytest.mark.parametrize(
    "text",
    [part for refusal in ALL for text in (refusal.sv, refusal.en) for part in text],
)


def test_there_are_refusals():
    assert len(ALL) >= 30


@every_text
def test_a_text_is_made_of_whole_sentences(text):
    assert text == text.strip()
    assert text[0].isupper() or text[0] == "{"
    assert text.endswith(".")
    assert not text.endswith("..")
    assert "  " not in text
    assert "!" not in text


@every_refusal
def test_both_languages_mention_the_same(refusal):
    assert _mentioned(refusal.sv) == _mentioned(refusal.en)


@every_refusal
def test_the_languages_differ(refusal):
    assert refusal.sv.wrong != refusal.en.wrong
    assert refusal.sv.action != refusal.en.action


@every_refusal
def test_no_text_mentions_what_may_be_personal(refusal):
    assert [name for name in _mentioned(refusal.sv) if PERSONAL.search(name)] == []


@every_refusal
def test_a_rule_behind_a_refusal_stands_in_the_rulebook(refusal):
    assert refusal.rule is None or refusal.rule in rulebook()


@every_refusal
def test_a_code_is_dotted_words(refusal):
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", refusal.code)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_codes_of_a_service_begin_with_its_name(module):
    service = module.__name__.rpartition(".")[2].partition("_")[0]
    strangers = [one.code for one in _refusals(module) if not one.code.startswith(f"{service}.")]

    assert strangers == [] or service == "common"


@pytest.mark.parametrize("refusal", OF_CONTRACTS, ids=lambda refusal: refusal.code)
def test_a_refusal_crosses_rpc_unharmed(refusal):
    """The other side looks the kind up by its name and calls it with what JSON has left of args."""
    error = refusal(fields={"lines/0/quantity": "Saknas."}, **dict.fromkeys(_all(refusal), "x"))

    kind = getattr(errors, type(error).__name__)
    rebuilt = kind(*json.loads(json.dumps(error.args)))

    assert type(rebuilt) is type(error)
    assert vars(rebuilt) == vars(error)
    assert rebuilt.code == refusal.code


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_tree_in_the_docstring_names_every_kind_with_its_status(kind):
    assert re.search(rf"\* {kind.__name__} .* HTTP {kind.status}\n", errors.__doc__)


def test_two_refusals_with_one_code_are_refused():
    known = ALL[0]

    with pytest.raises(ValueError, match="two refusals"):
        Refusal(known.code, known.kind, known.sv, known.en)


def _mentioned(text: Text) -> set[str]:
    return {name for part in text for _, name, *_ in Formatter().parse(part) if name}


def _all(refusal: Refusal) -> set[str]:
    return _mentioned(refusal.sv) | _mentioned(refusal.en)
