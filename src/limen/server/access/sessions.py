"""Store the sessions of browsers, so that signing out ends one wherever its cookie was copied to.

A session is one small file, named by a hash of its token, which only the cookie holds. It is of an
API key, or of a person's account. One of neither is a browser's where no key is needed: what it
asks and uploads is its own.
"""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from limen.model import DataError
from limen.util.files import PRIVATE, write_whole

#: A working day.
SESSION_SECONDS = 8 * 3600
_TOKEN_BYTES = 32


class Session(msgspec.Struct, frozen=True):
    """Represents a session and its end, in seconds since 1970.

    Attributes:
        key: the hash of the secret of the API key that signed in; empty without one.
        user: the account that signed in, with ``secret``, the hash of its stored password then.
    """

    key: str
    until: float
    user: str = ""
    secret: str = ""


_SESSION = msgspec.json.Decoder(Session)


class Sessions:
    """Represents a folder of sessions, which all workers share.

    Args:
        folder: created with the first session.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, key: str = "", *, user: str = "", secret: str = "") -> str:
        """Begin a session, as :class:`Session` has its members, and return its token.

        Raises:
            DataError: the folder cannot be written.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        session = Session(key, time.time() + SESSION_SECONDS, user, secret)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._path(token), msgspec.json.encode(session), mode=PRIVATE)
        except OSError as error:
            raise DataError(
                f"the session cannot be stored: {error.strerror or error}", where="LIMEN_HOME",
                hint="check that the home folder is writable and has room",
            ) from error  # fmt: skip
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token; ``None`` where it is unknown or over."""
        try:
            session = _SESSION.decode(self._path(token).read_bytes()) if token else None
        except (OSError, msgspec.MsgspecError):
            return None
        return session if session is not None and time.time() <= session.until else None

    def close(self, token: str) -> None:
        """End a session."""
        with suppress(OSError):
            self._path(token).unlink()

    def sweep(self) -> None:
        """Remove the sessions that are over."""
        limit = time.time() - SESSION_SECONDS
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.stat().st_mtime < limit:
                    path.unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        return self._folder / session_name(token)


def session_name(token: str) -> str:
    """Return the name of a session, from which its token cannot be found."""
    return blake2b(token.encode(errors="replace"), digest_size=16).hexdigest()
