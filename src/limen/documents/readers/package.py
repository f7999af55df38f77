"""Open a zip of XML parts within bounds: Word, PowerPoint, Excel and OpenDocument files."""

from __future__ import annotations

import io
import zipfile
from types import TracebackType
from typing import Any, Self

from lxml import etree

from limen.documents.readers.limits import MAX_RATIO, MAX_UNPACKED, bomb
from limen.model import DataError
from limen.util.workbooks.zip_errors import DAMAGED_ZIP

#: Below this many packed bytes a part may be of any ratio: a blank page packs very well.
_SMALL = 4096


class Package:
    """Represents an open package; no part is larger, and none unpacks further, than bounds allow.

    Args:
        data: the bytes of the file.
        name: how to call it in errors.
        kind: what it is, in words: ``"Word document"``.

    Raises:
        DataError: it is no zip.
    """

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        self.name, self._kind = name, kind
        try:
            self._packed = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED_ZIP as error:
            raise self.broken(str(error)) from error
        self.parts = sorted(
            {info.filename for info in self._packed.infolist() if not info.is_dir()}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._packed.close()

    def check_whole(self, parts: list[str]) -> None:
        """Refuse parts that together unpack beyond all bounds.

        Raises:
            DataError: they do.
        """
        if sum(self._packed.getinfo(part).file_size for part in parts) > MAX_UNPACKED:
            raise bomb(self.name, "its text")

    def data(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            DataError: it is broken, or a decompression bomb.
        """
        info = self._packed.getinfo(part)
        most = MAX_RATIO * max(info.compress_size, _SMALL)
        if info.file_size > MAX_UNPACKED or info.file_size > most:
            raise bomb(self.name, part)
        try:
            with self._packed.open(info) as stream:
                raw = stream.read(MAX_UNPACKED + 1)
        except DAMAGED_ZIP as error:
            raise self.broken(f"{part}: {error}") from error
        if len(raw) > MAX_UNPACKED:
            raise bomb(self.name, part)
        return raw

    def tree(self, part: str) -> Any:
        """Return the XML of a part.

        Raises:
            DataError: it is broken, or declares a document type.
        """
        try:
            tree = parsed(self.data(part))
        except etree.XMLSyntaxError as error:
            raise self.broken(f"{part}: {error}") from error
        if tree.getroottree().docinfo.internalDTD is not None:
            raise self.broken(f"{part} declares a document type, which hides text")
        return tree

    def broken(self, what: str) -> DataError:
        """Return the refusal of a package that is not whole."""
        return DataError(
            f"it is not a whole {self._kind}: {what}", where=self.name, hint="save it again"
        )


def parsed(data: bytes) -> Any:
    """Return XML as a tree; nothing is fetched, and no entity is resolved.

    Raises:
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)
