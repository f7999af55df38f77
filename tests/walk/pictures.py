"""Look at a moment of the walk: take its pictures, measure it, or check it.

The command takes pictures in three sizes, light and dark, as WebP; the test suite checks with
axe-core that nothing keeps anybody from working, that nothing is wider than the screen, and that a
page is small and has nothing inline.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Name -> width and height in CSS pixels.
SIZES = {"desk": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
_QUALITY = 42
#: Takes the pictures of a page under a name.
Camera = Callable[["Page", str], None]


AXE = Path(os.environ.get("LIMEN_AXE", ROOT / ".venv" / "axe.min.js"))
#: The rules of WCAG 2.2 at A and AA.
_RUN = """axe.run({resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})"""
_MEASURE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const parts = [page, ...performance.getEntriesByType("resource")];
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {paint: paint?.startTime ?? 0,
          bytes: parts.reduce((sum, each) => sum + each.encodedBodySize, 0)};
}"""
#: Bytes of a page with its style sheet, script and icon, as they are sent.
MOST_BYTES = 150_000
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_INLINE = re.compile(r"<script(?! src=)|<style[ >]|<[^>]* style=|<[^>]* on[a-z]+=")


def check(page: Page, name: str) -> None:
    """Check a moment on a desk's screen and on a phone's; take no pictures."""
    before = page.viewport_size
    sent = page.context.request.get(page.url, headers={"accept": "text/html"})
    assert not _INLINE.search(sent.text()), name
    assert page.evaluate(_MEASURE)["bytes"] <= MOST_BYTES, name
    for size, theme in (("desk", "dark"), ("phone", "light")):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert page.evaluate(_WIDER) <= 0, (name, size)
        found = violations(page)
        assert not found, (name, size, theme, found)
    page.set_viewport_size(before or {"width": 1440, "height": 900})


def violations(page: Page) -> list[tuple[str, str]]:
    """Return what axe-core finds, with the first place of each; nothing where it is absent."""
    if not AXE.exists():
        return []
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(_RUN)["violations"]
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found]


def camera_into(folder: Path) -> Camera:
    """Return a camera that stores its pictures in a folder: ``NAME-SIZE-THEME.webp``."""

    def take(page: Page, name: str) -> None:
        before, measured = page.viewport_size, page.evaluate(_MEASURE)
        print(f"{name:<16} {measured['paint']:5.0f} ms {measured['bytes'] / 1000:5.0f} kB")
        session = page.context.new_cdp_session(page)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                taken = session.send(
                    "Page.captureScreenshot", {"format": "webp", "quality": _QUALITY}
                )
                (folder / f"{name}-{size}-{theme}.webp").write_bytes(b64decode(taken["data"]))
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(before or {"width": 1440, "height": 900})
        session.detach()

    return take
