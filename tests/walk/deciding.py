"""The five jobs of the desk: decide, sign, a queue by keyboard alone, a pack, a good-guy."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.walk.pictures import Camera
from tests.walk.site import Site

from limen.cases.cases import Cases
from limen.cases.vocabulary import OPEN
from limen.engine import Engine
from limen.server.settings import Settings
from limen.snapshot import Snapshot, active_folder

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: A customer who has the name of a listed person, and another date of birth.
NAMESAKE = {
    "schema": "Person",
    "properties": {"name": ["Sergey Aksyonov"], "birthDate": ["1985-05-05"], "country": ["ru"]},
}


def open_queue(settings: Settings, customers: int) -> list[str]:
    """Screen so many customers of the same name, and open the alert of each; return the ids."""
    engine = Engine(Snapshot(active_folder(settings.home)), clock=settings.clock)
    answer = engine.screen(NAMESAKE).to_dict()
    with Cases.open(settings.home / "cases.sqlite") as cases:
        return [
            opened.alert
            for number in range(customers)
            for opened in cases.open_alerts([answer], channel="file", subject_id=f"C{number:04}")
        ]


def decide(site: Site, page: Page, take: Camera) -> str:
    """11. An analyst decides an alert with two keys, from the queue on; return its id."""
    page.goto(f"{site.base}/queue")
    take(page, "11-queue")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")
    alert = page.url.partition("/cases/")[2].partition("?")[0]
    page.keyboard.press("1")
    assert page.locator("select[name=reason]").input_value() == "dob_conflict"
    take(page, "11-decide")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: alert not in url)
    with site.cases() as cases:
        assert cases.alert(alert).state == "pending_approval"
    return alert


def sign(site: Site, page: Page, take: Camera, alert: str) -> None:
    """12. Another person reads what was proposed, and signs it."""
    page.goto(f"{site.base}/queue?view=sign")
    page.locator(f"a[href*='{alert}']").click()
    page.wait_for_url("**/cases/*")
    take(page, "12-sign")
    page.keyboard.press("s")
    page.wait_for_url(lambda url: alert not in url)
    with site.cases() as cases:
        held = cases.alert(alert)
    assert (held.state, held.proposed_by, held.decided_by) == ("closed_fp", "anna", "cleo")


def queue(site: Site, page: Page, take: Camera, count: int) -> None:
    """14. A queue, from the first to the last, by keyboard alone."""
    with site.cases() as cases:
        before = cases.states(OPEN).get("pending_approval", 0)
    page.goto(f"{site.base}/queue")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    for _ in range(count):
        page.wait_for_url("**/cases/*")
        page.wait_for_selector("#propose")
        here = page.url
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, here=here: url != here)
    take(page, "14-queue")
    with site.cases() as cases:
        assert cases.states(OPEN)["pending_approval"] == before + count


def pack(site: Site, page: Page, take: Camera, alert: str, folder: Path) -> None:
    """15. An auditor takes the evidence of a closed case, and verifies it with Python alone."""
    page.goto(f"{site.base}/cases/{alert}")
    assert "It is decided." in page.inner_text("aside")
    take(page, "15-pack")
    with page.expect_download() as begun:
        page.click("a[href$='/pack']")
    path = folder / "evidence.zip"
    begun.value.save_as(path)
    with zipfile.ZipFile(path) as packed:
        packed.extractall(folder / "evidence")
    (script,) = (folder / "evidence").rglob("verify.py")
    done = subprocess.run(
        [sys.executable, "-I", script.name],
        cwd=script.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def good_guy(site: Site, proposer: Page, approver: Page, take: Camera, alert: str) -> None:
    """13. A pair is proposed as no match for ever, simulated, approved, and ends by itself."""
    proposer.goto(f"{site.base}/cases/{alert}")
    proposer.click("summary:has-text('good-guy')")
    proposer.fill("form[action='/good-guys'] [name=note]", "a customer since 2003, seen in person")
    proposer.click("form[action='/good-guys'] button")
    proposer.wait_for_url("**/good-guys*")
    approver.goto(f"{site.base}/good-guys")
    assert "1 past alert" in approver.inner_text(".simulation")
    take(approver, "13-good-guy")
    approver.click("article button:has-text('Approve')")
    approver.wait_for_load_state()
    with site.cases() as cases:
        ((held, _),) = cases.good_guys("active")
        over = cases.clock() + timedelta(days=400)
    with Cases.open(site.home / "cases.sqlite", clock=lambda: over) as later:
        assert later.expire_good_guys() == [held.id]
    approver.goto(f"{site.base}/good-guys?state=review")
    assert "it expired on" in approver.inner_text("article .warning")
    take(approver, "13-expired")


def figures(site: Site, page: Page, take: Camera) -> None:
    """16. A manager looks at volumes, ages and reasons."""
    page.goto(f"{site.base}/figures")
    shown = page.inner_text("main")
    assert all(title in shown for title in ("Open alerts by age", "dob conflict", "100 %", "un_sc"))
    take(page, "16-figures")
