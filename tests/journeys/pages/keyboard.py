"""A person who has no mouse."""

import re

from playwright.sync_api import Page

FAR = 150  # steps until it is said not to be there
NAME = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
  return (label || at.getAttribute("aria-label") || at.innerText || "").trim();
}"""


class Keyboard:
    """Goes from control to control with Tab."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def go_to(self, name: str | re.Pattern[str]) -> None:
        """Press Tab until the control of this name has the focus."""
        seen = []
        for _ in range(FAR):
            self.press("Tab")
            seen.append(self._page.evaluate(NAME))
            if re.match(name if isinstance(name, re.Pattern) else re.escape(name), seen[-1]):
                return
        raise AssertionError(f"Tab never came to {name}; it came to {seen}")

    def choose(self, name: str, option: str) -> None:
        """Choose from a list by typing how it begins, in letters of any keyboard."""
        self.go_to(name)
        self._page.keyboard.type(option)

    def write(self, text: str) -> None:
        self._page.keyboard.type(text)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)
