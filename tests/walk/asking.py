"""The ten jobs of a day without a decision: from a screening to the lists."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.walk.pictures import Camera
from tests.walk.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARTICLE = """SIMFEROPOL, Feb. 26, 2022 - A summit was held in Donetsk.

Sergey Aksyonov, the head of the region, said: "We will wait."

The President signed Executive Order 14065 on Monday. Promsvyazbank PAO declined to comment."""


def ask(page: Page, site: Site, what: str, **fields: str) -> None:
    """Fill the box of the first page, and wait for the answer."""
    page.goto(site.base)
    page.fill("#what", what)
    for name, value in fields.items():
        if name == "kind":
            page.select_option("main select[name=kind]", value)
        else:
            page.fill(f"main input[name={name}]", value)
    page.press("#what", "Enter")
    page.wait_for_url("**/answers/*")


def outcome(page: Page) -> str:
    """Return the outcome in large letters."""
    return page.inner_text(".outcome")


def screen(site: Site, page: Page, take: Camera) -> None:
    """1. A man who is listed: who, where, since when, under which measure."""
    ask(page, site, "Sergey Aksyonov", kind="Person", birth_date="1972-11-26")
    assert outcome(page) == "Hit"
    assert page.locator("td.equal").count() > 0
    take(page, "01-screen")


def clear(site: Site, page: Page, take: Camera) -> None:
    """2. Somebody who is not listed: what the clear rests on."""
    ask(page, site, "Wilhelmina Unlisted", kind="Person", birth_date="23.11.1962")
    assert outcome(page) == "Clear"
    assert "Compared with" in page.inner_text("main")
    take(page, "02-clear")


def cannot_say(site: Site, page: Page, take: Camera) -> None:
    """3. A day that the lists do not reach: the ways to an answer."""
    ask(page, site, "Wilhelmina Unlisted", kind="Person", as_of="2012-06-01")
    assert outcome(page) == "Cannot say"
    assert page.locator(".ways").count() == 1
    take(page, "03-cannot-say")


def address(site: Site, page: Page, take: Camera) -> None:
    """4. An address over time: the days on which its verdict changed."""
    ask(page, site, "Donetsk, Artema 74", kind="Address", as_of="2022-02-25")
    assert outcome(page) == "Inside"
    take(page, "04-address")
    page.locator(".days button").first.click()
    page.wait_for_selector(".days button[aria-current]")


def article(site: Site, page: Page, take: Camera) -> None:
    """5. An article that is pasted: listed parties and statements, marked in place."""
    page.goto(site.base)
    page.fill("#what", ARTICLE)
    page.press("#what", "Enter")
    page.wait_for_url("**/answers/*")
    assert "Sergey Aksyonov" in page.locator("mark.listed").all_inner_texts()
    take(page, "05-article")


def founding_day(site: Site, page: Page, take: Camera) -> None:
    """6. 21 February 2022, hour by hour."""
    page.goto(f"{site.base}/regimes/russia-ukraine?as_of=2022-02-21")
    take(page, "06-timeline")
    page.goto(f"{site.base}/regimes/russia-ukraine/troops-into-occupied-donbas")
    before = page.input_value("[name=at]")
    take(page, "06-founding-day")
    page.click("a[rel=next]")
    page.wait_for_load_state()
    assert page.input_value("[name=at]") > before


def what_if(site: Site, page: Page, take: Camera) -> None:
    """7. Who would be hit, if it happened."""
    page.goto(f"{site.base}/what-if")
    page.fill("[name=names]", "Sergey Aksyonov\nPromsvyazbank PAO\nWilhelmina Unlisted")
    page.fill("[name=assume]", "party=Promsvyazbank PAO@US")
    page.click("main button[type=submit]")
    page.wait_for_selector("#newly")
    take(page, "07-what-if")


def file_of_rows(site: Site, page: Page, take: Camera, path: Path) -> None:
    """8. A file: progress, hits alone, the highest score first, the answer of a row."""
    page.goto(f"{site.base}/upload")
    page.set_input_files("#file", path)
    page.press("main button[type=submit]", "Enter")
    page.wait_for_url("**/jobs/*")
    page.wait_for_selector("text=Download the results")
    page.locator(".filters a", has_text="hits").click()
    page.wait_for_selector(".filters a[aria-current] >> text=hits")
    page.click("text=highest score first")
    assert page.locator("tbody .badge.hit").count() > 0
    take(page, "08-file")
    page.locator("tbody button", has_text="answer").first.click()
    page.wait_for_url("**/answers/*")
    assert outcome(page) == "Hit"


def party(site: Site, page: Page, take: Camera) -> None:
    """9. A listed party, from the answer that found it."""
    ask(page, site, "Sergey Aksyonov", kind="Person")
    page.locator("article.finding h2 a").first.click()
    page.wait_for_url("**/parties/*")
    assert "AKSYONOV" in page.inner_text("h1").upper()
    take(page, "09-party")


def lists(site: Site, page: Page, take: Camera) -> None:
    """10. The lists: their ages, and what changed."""
    page.goto(f"{site.base}/lists")
    take(page, "10-lists")
    changes = page.locator("main a", has_text="changes")
    if changes.count():  # a list with one version has none
        changes.first.click()
        page.wait_for_url("**/changes")
        assert "added" in page.inner_text("main")
        take(page, "10-changes")


def write_portfolio(path: Path, rows: int) -> Path:
    """Write a file of so many customers: every fiftieth is listed."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out: Any = csv.writer(stream)
        out.writerow(("customer_id", "name", "birth_date", "country"))
        for row in range(rows):
            listed = row % 50 == 0
            name = "Sergey Aksyonov" if listed else f"Wilhelmina Unlisted {row % 97}"
            out.writerow((f"C{row:06}", name, "1972-11-26" if listed else "1962-11-23", ""))
    return path


JOBS = (screen, clear, cannot_say, address, article, founding_day, what_if, party, lists)
