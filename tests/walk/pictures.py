"""Take the pictures of a moment of the walk: three sizes, light and dark, as WebP."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Name -> width and height in CSS pixels.
SIZES = {"desk": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
_QUALITY = 42
#: Takes the pictures of a page under a name.
Camera = Callable[["Page", str], None]


def no_pictures(_: Page, __: str) -> None:
    """Take none: the walk of the test suite only asserts."""


def camera_into(folder: Path) -> Camera:
    """Return a camera that stores its pictures in a folder: ``NAME-SIZE-THEME.webp``."""

    def take(page: Page, name: str) -> None:
        before = page.viewport_size
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
