"""Every text of the pages is Swedish, and has its English."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from gateway import web
from gateway.web import (
    calendars,
    completions,
    language,
    maintenance,
    menus,
    operations,
    signing,
    signing_sending,
    times,
    training,
    words,
)
from gateway.web.language import decimal
from tests.unit.gateway.conftest import URL

WEB = Path(web.__file__).parent
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
#: The API's; its problems stand there in both.
ONE_LANGUAGE = {
    "docs.html", "docs_message.html", "docs_operation.html", "docs_parts.html", "problems.html",
}  # fmt: skip
NAMES = {"Rampen", "English", "Svenska", "min", "ms"}
TRANSLATORS = {"_", "gettext", "told"}


class Texts(HTMLParser):
    """What a reader would see or hear."""

    def __init__(self, source):
        super().__init__()
        self.found = []
        self.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL))

    def handle_data(self, data):
        self.found += re.findall(r"[^\W\d_]{2,}", data)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("aria-label", "alt", "placeholder", "title"):
                self.handle_data(value or "")


def of_templates():
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in TEMPLATES:
        for _, _, found in env.extract_translations(path.read_text()):
            texts = found if isinstance(found, tuple) else (found,)
            yield from (text for text in texts if text)


def of_modules():
    for path in WEB.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATORS:
                yield from [one.value for one in node.args if isinstance(one, ast.Constant)]


def of_tables():
    for group in words.GROUPS.values():
        yield from group.values()
    for menu in (*menus.MENUS.values(), menus.OTHERS):
        yield from (name for _, name in menu)
    yield from (done for _, done in maintenance.CHANGES.values())
    yield from (done for _, done in (*training.SEATS.values(), *completions.ROWS.values()))
    yield from (done for _, done in (*signing.CHANGES.values(), *signing_sending.WAYS.values()))
    yield from (done for _, done in calendars.CHANGES.values())
    yield from operations.CHECKS.values()
    yield from times.DAYS


def test_every_text_has_its_english():
    texts = {*of_templates(), *of_modules(), *of_tables()}

    assert sorted(texts - language.english().keys()) == []


def test_no_translation_is_left_over():
    texts = {*of_templates(), *of_modules(), *of_tables()}

    assert sorted(language.english().keys() - texts) == []


def test_translations_mention_what_the_texts_mention():
    for swedish, english in language.english().items():
        assert re.findall(r"%\(\w+\)\w", swedish) == re.findall(r"%\(\w+\)\w", english)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_of_a_template_escapes_translation(path):
    if path.name not in ONE_LANGUAGE:
        assert set(Texts(path.read_text()).found) - NAMES == set()


def test_english_is_chosen_and_kept(browser, log_in):
    chosen = browser.get("/language/en?back=/", base_url=URL)
    log_in()

    page = browser.get("/", base_url=URL, headers={"Accept": "text/html"}).text

    assert chosen.location == "/"
    assert '<html lang="en"' in page
    assert "Log out" in page


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_the_choice_leads_nowhere_else(browser, elsewhere):
    answer = browser.get("/language/en", query_string={"back": elsewhere}, base_url=URL)

    assert answer.location == "/"


def test_the_choice_leads_back(browser):
    back = {"back": "/articles?search=Vinga&page=2"}

    answer = browser.get("/language/en", query_string=back, base_url=URL)

    assert answer.location == "/articles?search=Vinga&page=2"


@pytest.mark.parametrize(("language", "written"), [("sv", "1,5"), ("en", "1.5")])
def test_a_figure_is_written_as_the_language_does(app, language, written):
    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        assert decimal(1.5) == written
