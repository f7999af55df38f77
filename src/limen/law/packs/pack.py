"""A pack of law: the content of its files, the day it was published, and its hash.

``pack.toml`` describes it. With ``files`` it is sealed: each file has the hash that is written
there, and no other file is in it. A pack in a ZIP file is always sealed; a folder need not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec

#: What describes a pack; no file of law has this name.
MANIFEST = "pack.toml"
#: Goes up when an engine could misread a pack made before.
FORMAT = 1


@dataclass(frozen=True)
class Pack:
    """One version of the law.

    Attributes:
        published: the ISO day since which it can be known.
        texts: the content of its files, by name without ``.yml``.
    """

    title: str
    published: str
    texts: Mapping[str, bytes]

    @cached_property
    def id(self) -> str:
        """Return the first 16 hexadecimal digits of the hash of its content, day and title."""
        content = [FORMAT, self.title, self.published, self.hashes]
        return sha256(msgspec.json.encode(content, order="sorted")).hexdigest()[:16]

    @property
    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by its name."""
        return {f"{name}.yml": sha256(text).hexdigest() for name, text in self.texts.items()}


class Described(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``pack.toml``."""

    format: int
    title: str
    published: Any
    files: dict[str, str] = {}
