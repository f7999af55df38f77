"""Make the ZIP file of a pack: the same files make the same bytes."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from limen.law.packs.pack import FORMAT, MANIFEST, Pack


def zipped(pack: Pack) -> bytes:
    """Return a pack as a ZIP file, sealed with the hash of each file."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_entry(MANIFEST), _described(pack))
        for name, text in sorted(pack.texts.items()):
            archive.writestr(_entry(f"{name}.yml"), text)
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # of 1980, whenever it is made
    entry.compress_type = ZIP_DEFLATED
    return entry


def _described(pack: Pack) -> str:
    """Return ``pack.toml``; a JSON string is a TOML string as well."""
    files = "".join(f'"{name}" = "{digest}"\n' for name, digest in sorted(pack.hashes.items()))
    return (
        f"format = {FORMAT}\ntitle = {json.dumps(pack.title)}\n"
        f"published = {pack.published}\n\n[files]\n{files}"
    )
