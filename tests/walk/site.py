"""A served home with people who may decide, and a browser for each of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.screened import PATIENCE
from tests.server.live import running

from limen.cases.cases import Cases
from limen.server import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PASSWORD = "four eyes see more than two"
#: Name -> roles and level: two analysts, a supervisor, an auditor.
PEOPLE = {
    "root": (("admin",), 3),
    "anna": (("read", "screen", "decide"), 1),
    "bo": (("read", "screen", "decide"), 2),
    "cleo": (("read", "screen", "decide", "approve"), 2),
    "dora": (("read", "screen", "audit"), 1),
}


class Site(NamedTuple):
    """Represents a served home, and a browser in front of it.

    ``faults`` collects what pages complain of, and requests to anyone else.
    """

    base: str
    home: Path
    browser: Browser
    faults: list[str]

    @contextmanager
    def page_of(self, name: str = "", *, scripts: bool = True) -> Iterator[Page]:
        """Open a browser window, of a person who has signed in."""
        context = self.browser.new_context(
            viewport={"width": 1440, "height": 900}, java_script_enabled=scripts
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1_000)
        page.on("console", lambda each: self.faults.append(each.text) if _is_fault(each) else None)
        page.on("pageerror", lambda each: self.faults.append(str(each)))
        page.on("request", lambda each: None if each.url.startswith(self.base)
                else self.faults.append(each.url))  # fmt: skip
        if name:
            page.goto(f"{self.base}/sign-in")
            page.fill("[name=name]", name)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(f"{self.base}/")
        yield page
        context.close()

    def cases(self) -> Cases:
        """Open the case store."""
        return Cases.open(self.home / "cases.sqlite", home=self.home)


@contextmanager
def served_site(settings: Settings) -> Iterator[Site]:
    """Serve a home of one's own to a browser; accounts are added to it."""
    from playwright.sync_api import sync_playwright

    with Cases.open(settings.home / "cases.sqlite") as cases:
        root = None
        for name, (roles, level) in PEOPLE.items():
            cases.add_account(name, roles, root, level=level, password=PASSWORD)
            root = cases.person("root")
    with running(settings) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield Site(base, settings.home, browser, [])
        browser.close()


def _is_fault(message: object) -> bool:
    """Return whether a line on the console is one; a refusal is explained on the page."""
    text, kind = message.text, message.type  # type: ignore[attr-defined]
    return kind == "error" and not any(f"{status} (" in text for status in (403, 404, 409, 422))
