"""Save the questions of the pages under an opaque name, so that no address holds a party.

The name is a keyed hash of the question: the same question has the same address, and whoever
sees the address (a log, a proxy, a browser's history) can neither read the names nor test a
guess, because the key never leaves the home folder. Each question is one file that only the
server's user may read; it is removed after ``keep_days``. Answers are not saved.

``owners/OWNER`` has an empty file of the name of each question of an owner, so that whoever asked
finds it again; ``OWNER`` is a keyed hash too.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from limen.model import DataError
from limen.util.files import PRIVATE, write_whole

#: 16 bytes of BLAKE2b in hex: 2^64 questions before two are likely to share a name.
_NAME = re.compile(r"[0-9a-f]{32}")
_DIGEST_BYTES = 16
_SECRET_BYTES = 32
_DAY = 86_400
#: The schemas under which an address and a text are saved as questions.
ADDRESS, TEXT = "Address", "Document"


class SavedQuestion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question of a page, as it is stored.

    ``as_of`` and ``known_at`` are settled before it is saved, so that its address always means
    the same instants. The same question of another owner has another address.
    """

    party: dict[str, Any]
    as_of: str
    known_at: str
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] | None = None
    threshold: float | None = None
    owner: str = ""


_QUESTION = msgspec.json.Decoder(SavedQuestion)


class SavedQuestions:
    """A folder of questions.

    Args:
        folder: created with the first question.
        days: how long a question is stored after it was last saved.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self._folder = folder
        self._days = days
        self._secret: bytes | None = None

    def save(self, question: SavedQuestion) -> str:
        """Save a question and return its name.

        Raises:
            DataError: the folder cannot be written.
        """
        body = msgspec.json.encode(question, order="sorted")
        try:
            name = blake2b(body, key=self._key(), digest_size=_DIGEST_BYTES).hexdigest()
            write_whole(self._path(name), body, mode=PRIVATE)
            if question.owner:
                folder = self._of_owner(question.owner)
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                (folder / name).touch(PRIVATE)
        except OSError as error:
            raise DataError(
                f"the question cannot be saved: {error.strerror or error}",
                where="LIMEN_HOME",
                hint="check that the home folder is writable and has room",
            ) from error
        return name

    def find(self, name: str) -> SavedQuestion | None:
        """Return the question of a name; ``None`` where it is unknown or was removed."""
        if not _NAME.fullmatch(name):
            return None
        try:
            return _QUESTION.decode(self._path(name).read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None

    def of_owner(self, owner: str, limit: int) -> list[tuple[str, SavedQuestion]]:
        """Return the last questions of an owner with their names, the last one first."""
        if not owner:
            return []
        try:
            marks = sorted(self._of_owner(owner).iterdir(), key=_modified, reverse=True)
        except OSError:
            return []
        found = ((mark.name, self.find(mark.name)) for mark in marks[:limit])
        return [(name, question) for name, question in found if question is not None]

    def sweep(self) -> None:
        """Remove the questions that are older than allowed."""
        limit = time.time() - self._days * _DAY
        owners = self._folder / "owners"
        for path in (*self._folder.glob("*.*"), *owners.glob("*/*")):
            if path.suffix != ".key" and 0 < _modified(path) < limit:
                path.unlink(missing_ok=True)

    def _of_owner(self, owner: str) -> Path:
        hashed = blake2b(owner.encode(), key=self._key(), digest_size=_DIGEST_BYTES)
        return self._folder / "owners" / hashed.hexdigest()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _key(self) -> bytes:
        if self._secret is None:
            self._secret = secret_key(self._folder)
        return self._secret


def _modified(path: Path) -> float:
    """Return when a file was written; 0 where another worker has removed it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def secret_key(folder: Path) -> bytes:
    """Return the folder's secret key, created when there is none.

    All workers must use one key, so the first that is linked under its name wins: replacing it,
    as other files are replaced, would leave two workers with different keys.
    """
    path = folder / "secret.key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileNotFoundError):
        return path.read_bytes()
    candidate = folder / f"{os.getpid()}.new"
    write_whole(candidate, secrets.token_bytes(_SECRET_BYTES), mode=PRIVATE)
    with suppress(FileExistsError):
        os.link(candidate, path)
    candidate.unlink(missing_ok=True)
    return path.read_bytes()
