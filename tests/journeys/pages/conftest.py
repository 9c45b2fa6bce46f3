"""People with browsers: headless Chromium against the running suite.

CHROMIUM             the browser to run; Debian's unless told
WRITE_SCREENSHOTS    1 writes docs/screenshots anew
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from sandbox.demo.case import Case
from tests.contract.openapi_document import APP
from tests.fixtures.nodes import ROOT

SCREENSHOTS = ROOT / "docs" / "screenshots"
PATIENCE = 60_000  # milliseconds
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
#: 400 % of a window of 1280 pixels is 320 of them: one test for both (WCAG 1.4.10).
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
#: Files, forwarding, and what only programs ask for.
NO_PAGE = re.compile(
    r"/(api/(v1|openapi)|login|language|static|files|calendars|healthz|readyz)|.*/document$"
)
HEAVIEST = 150_000  # bytes of a page with all that it brings
WEIGHT = """() => performance.getEntries()
  .filter(one => one.encodedBodySize && one.initiatorType !== "xmlhttprequest")
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
expect.set_options(timeout=PATIENCE)


#: The pages that were looked at, by their rule.
SEEN: set[str] = set()


class Visitor:
    """A person at a page of Rampen."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def open(self, address: str) -> None:
        self.page.goto(self.url + address)

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_role("textbox", name=label).or_(self._search(label)).first.fill(text)

    def _search(self, label: str) -> Locator:
        return self.page.get_by_role("searchbox", name=label)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def is_at(self, title: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)

    def looks_right(self, name: str) -> None:
        """No rule of WCAG 2.2 AA is broken, wide and light or narrow and dark; all fits.

        Nor is the page heavy, with all that it brings.
        """
        SEEN.add(rule_of(urlsplit(self.page.url).path))
        weight = self.page.evaluate(WEIGHT)
        assert weight <= HEAVIEST, f"{name} has {weight} bytes"
        self._renders("light", WIDE, name)
        if os.environ.get("WRITE_SCREENSHOTS"):
            self.page.screenshot(path=SCREENSHOTS / f"{name}.png")
        self._renders("dark", NARROW, name)
        widest = self.page.evaluate("document.documentElement.scrollWidth")
        assert widest <= NARROW["width"], f"{name} is {widest} pixels wide on a telephone"
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")

    def _renders(self, scheme: str, size: dict[str, int], name: str) -> None:
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(self.page, options=RULES)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def rule_of(path: str) -> str:
    """The rule of the page at this path; nothing where only a form is sent to it."""
    try:
        rule, _values = APP.url_map.bind("rampen").match(path, return_rule=True)
    except HTTPException:
        return ""
    return rule.rule


@pytest.fixture(scope="session", autouse=True)
def no_page_is_missed(request: pytest.FixtureRequest) -> Iterator[None]:
    """When all journeys have been made, every page has been looked at."""
    yield
    chosen = request.config.option
    folder = Path(__file__).parent
    files = {item.path for item in request.session.items if item.path.parent == folder}
    if files != set(folder.glob("test_*.py")) or chosen.keyword or request.session.testsfailed:
        return
    missed = {rule.rule for rule in APP.url_map.iter_rules() if is_page(rule)} - SEEN
    assert not missed, f"nobody has looked at {sorted(missed)}"


def is_page(rule: Rule) -> bool:
    """Whether a browser shows what is there."""
    return "GET" in (rule.methods or ()) and not NO_PAGE.match(rule.rule)


@pytest.fixture(scope="module")  # while it runs, its thread can run no other event loop
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    assert Path(path).is_file(), "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def case(suite) -> Case:
    return Case.of(suite.run)


@pytest.fixture(scope="session")
def logins() -> dict[str, dict]:
    """What browsers keep of each login, so that nobody logs in at every test."""
    return {}


@pytest.fixture
def window(chromium, suite) -> Iterator[Callable[..., Page]]:
    """Opens windows of the browser; whatever a page complains of fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(**options) -> Page:
        context = chromium.new_context(locale="sv-SE", viewport=WIDE, **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if _is_bad(told) else None)
        return page

    yield open_window
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def visit(window, suite, logins) -> Callable[[str], Visitor]:
    """Logs somebody in, by name."""

    def log_in(name: str) -> Visitor:
        if name in logins:
            return Visitor(window(storage_state=logins[name]), suite.url)
        visitor = Visitor(window(), suite.url)
        visitor.open("/login")
        visitor.page.get_by_role("button", name=name).first.click()
        visitor.page.wait_for_url(suite.url + "/")
        logins[name] = visitor.page.context.storage_state()
        return visitor

    return log_in


@pytest.fixture
def looked_at(suite) -> Callable[[Page], Visitor]:
    """A window without a login."""
    return lambda page: Visitor(page, suite.url)


def _is_bad(told) -> bool:
    """Whether the browser complains, of more than an answer that refuses."""
    return told.type == "error" and "the server responded with a status of 4" not in told.text
