"""Questions kept behind an opaque name, so that a page has an address with no party in it.

The address of an answer is a keyed hash of the question: the same question has the same
address, and whoever sees the address (a log, a proxy, a browser's history) can neither read
the names nor test a guess, because the key never leaves the home folder. The question stands in
one file that only the server's user may read, and goes after ``keep_days``.
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

_NAME = re.compile(r"[0-9a-f]{32}")
_DAY = 86_400


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was asked on a page.

    ``as_of`` and ``known_at`` are settled when it is asked, so that the address always means
    the same instants.
    """

    party: dict[str, Any]
    as_of: str
    known_at: str
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] | None = None
    threshold: float | None = None


_QUESTION = msgspec.json.Decoder(Question)


class KeptQuestions:
    """A folder of questions.

    Args:
        folder: made when the first question is kept.
        days: how long a question is kept after it was last asked.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self._folder = folder
        self._days = days
        self._secret: bytes | None = None

    def keep(self, question: Question) -> str:
        """Keep a question; its name.

        Raises:
            DataError: the folder cannot be written.
        """
        body = msgspec.json.encode(question, order="sorted")
        try:
            name = blake2b(body, key=self._key(), digest_size=16).hexdigest()
            path = self._path(name)
            aside = path.with_suffix(f".{os.getpid()}")
            with _private(aside) as stream:
                stream.write(body)
            aside.replace(path)
        except OSError as error:
            raise DataError(
                f"the question cannot be kept: {error.strerror or error}",
                where="LIMEN_HOME",
                hint="check that the home folder is writable and has room",
            ) from error
        return name

    def find(self, name: str) -> Question | None:
        """The question of that name, if it is still kept."""
        if not _NAME.fullmatch(name):
            return None
        try:
            return _QUESTION.decode(self._path(name).read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None

    def sweep(self) -> None:
        """Forget what is older than it may be."""
        limit = time.time() - self._days * _DAY
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.suffix != ".key" and path.stat().st_mtime < limit:
                    path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _key(self) -> bytes:
        if self._secret is None:
            self._secret = secret_key(self._folder)
        return self._secret


def secret_key(folder: Path) -> bytes:
    """The folder's own key, made when there is none; every worker reads the same."""
    path = folder / "secret.key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileNotFoundError):
        return path.read_bytes()
    aside = folder / f"{os.getpid()}.new"
    with _private(aside) as stream:
        stream.write(secrets.token_bytes(32))
    with suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink(missing_ok=True)
    return path.read_bytes()


def _private(path: Path) -> Any:
    """A file for writing that only its owner may read."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb")
