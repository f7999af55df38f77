"""Read a pack of law from a folder or a ZIP file, and refuse what is not whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import msgspec

from limen.law.files.read_law import bundled, texts_of
from limen.law.packs.pack import FORMAT, MANIFEST, Described, Pack
from limen.model import DataError
from limen.util.workbooks.zip_errors import DAMAGED_ZIP

#: Bytes of all files of a pack together: a hundred times those of the bundled law.
_MOST_BYTES = 64 << 20
#: Files of a pack; the bundled law has about forty.
_MOST_FILES = 2_000
_UNCHANGED = "the law in use stays as it was"
_MAKE = "make it with `limen regimes pack FOLDER -o law.zip`"


def bundled_pack() -> Pack:
    """Return the law that comes with Limen, as a pack."""
    return read_folder(bundled(), "the bundled law")


def read_folder(folder: Traversable | Path, where: str) -> Pack:
    """Read the pack in a folder; where it is sealed, its files must be those of the seal.

    Raises:
        DataError: no ``pack.toml``, no file of law, or a file that is not as sealed.
    """
    try:
        described = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise _refused(
            f"there is no {MANIFEST}", where,
            f"write one with format = {FORMAT}, title and published, as docs/law-packs.md says",
        ) from error  # fmt: skip
    return _pack(described, texts_of(folder), where, sealed=False)


def read_zip(raw: bytes, where: str) -> Pack:
    """Read the pack in a ZIP file; nothing is unpacked to the disk.

    Raises:
        DataError: it is no ZIP file, a name in it leads elsewhere, it is too large, or a file is
            not as sealed.
    """
    try:
        with ZipFile(BytesIO(raw)) as archive:
            entries = _checked(archive.infolist(), where)
            contents = {entry.filename: archive.read(entry) for entry in entries}
    except DAMAGED_ZIP as error:
        raise _refused(f"it is no whole ZIP file: {error}", where, _MAKE) from error
    described = contents.pop(MANIFEST, None)
    if described is None:
        raise _refused(f"there is no {MANIFEST} in it", where, _MAKE)
    texts = {name.removesuffix(".yml"): text for name, text in contents.items()}
    return _pack(described, texts, where, sealed=True)


def _checked(entries: list[ZipInfo], where: str) -> list[ZipInfo]:
    """Return the entries, none of which leads out of the pack, comes twice or is too large."""
    names = [entry.filename for entry in entries]
    for name in names:
        if name != MANIFEST and (Path(name).name != name or "\\" in name or name[:1] == "."):
            raise _refused(f"the name {name!r} leads out of the pack", where, _MAKE)
        if name != MANIFEST and not name.endswith(".yml"):
            raise _refused(f"{name!r} is no file of law", where, "a pack has files *.yml alone")
        if names.count(name) > 1:
            raise _refused(f"{name!r} is in it twice", where, _MAKE)
    size = sum(entry.file_size for entry in entries)
    if size > _MOST_BYTES or len(entries) > _MOST_FILES:
        most = f"at most {_MOST_BYTES:,} bytes in {_MOST_FILES:,} files are read"
        raise _refused(f"it has {size:,} bytes in {len(entries):,} files", where, most)
    return entries


def _pack(described: bytes, texts: Mapping[str, bytes], where: str, *, sealed: bool) -> Pack:
    head, day = _described(described, f"{where}: {MANIFEST}")
    if not texts:
        raise _refused("it has no file of law", where, "a pack has the whole law, as files *.yml")
    if sealed or head.files:
        _check_seal(head.files, texts, where)
    return Pack(head.title, day, dict(sorted(texts.items())))


def _described(raw: bytes, where: str) -> tuple[Described, str]:
    try:
        head = msgspec.convert(tomllib.loads(raw.decode("utf-8")), Described)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _refused(f"it cannot be read: {error}", where, _MAKE) from error
    if head.format != FORMAT:
        raise _refused(
            f"it is of format {head.format}; this engine reads {FORMAT}", where, "update Limen"
        )
    if not isinstance(head.published, date) or isinstance(head.published, datetime):
        raise _refused("published is no day", where, "write published = 2026-11-30")
    return head, head.published.isoformat()


def _check_seal(sealed: Mapping[str, str], texts: Mapping[str, bytes], where: str) -> None:
    found = {f"{name}.yml": sha256(text).hexdigest() for name, text in texts.items()}
    for name in sorted({*sealed, *found}):
        if name not in found:
            raise _refused(f"{name} is missing", where, _MAKE)
        if name not in sealed:
            raise _refused(f"{name} is not in its seal", where, _MAKE)
        if sealed[name] != found[name]:
            raise _refused(
                f"{name} has the hash {found[name][:16]}…, and {sealed[name][:16]}… is sealed",
                where, "it was changed on the way: get it again from its publisher",
            )  # fmt: skip


def _refused(what: str, where: str, hint: str) -> DataError:
    return DataError(what, where=where, hint=hint, unchanged=_UNCHANGED)
