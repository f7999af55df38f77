"""One question to one web server: headers, time-outs, proxies, and what an answer means.

Nothing a URL keeps secret (a password, the values of its query) gets into an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from limen._version import __version__
from limen.model import NetworkError

#: OFAC answers 403 to a client without a name.
USER_AGENT = f"limen/{__version__} (sanctions list update)"
_REDIRECTS = (301, 302, 303, 307, 308)
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_WORTH_ANOTHER_TRY = (408, 425, 429, 500, 502, 503, 504)
_BY_HAND = "or carry the files by hand: docs/mirrors.md"
_CHECK_ADDRESS = f"check the address on the publisher's page, {_BY_HAND}"
_CHECK_RIGHTS = f"check the token or the login that the address asks for, {_BY_HAND}"
_CHECK_NETWORK = f"check the address, and this machine's network and proxy, {_BY_HAND}"
TRY_LATER = f"try again later, {_BY_HAND}"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for one file, in seconds, and how often to ask.

    ``total`` bounds everything, waits between tries included. ``pauses`` are the waits before
    the second, third, ... try; a server's ``Retry-After`` makes one longer, up to
    ``longest_pause``.
    """

    connect: float = 10.0
    read: float = 60.0
    total: float = 1800.0
    pauses: tuple[float, ...] = (1.0, 5.0, 25.0)
    longest_pause: float = 120.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server called the file last time, to ask only for a newer one."""

    etag: str | None = None
    last_modified: str | None = None


class Setback(Exception):  # noqa: N818 - not an error yet
    """What went wrong with one try that another may fix."""

    def __init__(self, what: str, retry_after: float = 0.0) -> None:
        super().__init__(what)
        self.retry_after = retry_after


@contextmanager
def answer(url: str, seen: Validators, patience: Patience) -> Iterator[urllib3.BaseHTTPResponse]:
    """Ask one address once; the body is read inside the ``with``, and redirects are handed out.

    Raises:
        Setback: what another try may fix.
        NetworkError: what it cannot.
    """
    timeout = urllib3.Timeout(connect=patience.connect, read=patience.read)
    with _setbacks(url, patience), _pool(url) as pool:
        response = pool.request(
            "GET",
            url,
            headers=_headers(url, seen),
            timeout=timeout,
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            yield response
        finally:
            response.close()


@contextmanager
def _setbacks(url: str, patience: Patience) -> Iterator[None]:
    """Say what went wrong on the way, and whether it is worth another try.

    The narrower kinds come first: to urllib3 an unknown name is a refused connection, and that
    a time-out.
    """
    try:
        yield
    except ReadTimeoutError as error:
        raise Setback(f"nothing came for {patience.read:g} s") from error
    except NameResolutionError as error:
        raise refusal(url, "no server of that name is known", _CHECK_NETWORK) from error
    except NewConnectionError as error:
        raise Setback("the server cannot be reached") from error
    except ConnectTimeoutError as error:
        raise Setback(f"the server did not answer within {patience.connect:g} s") from error
    except ProxyError as error:
        raise Setback("the proxy cannot be reached") from error
    except ProtocolError as error:
        raise Setback("the connection was cut before the whole file had come") from error
    except SSLError as error:
        hint = f"check the certificates of this machine (SSL_CERT_FILE), {_BY_HAND}"
        raise refusal(url, "no trusted connection can be made", hint) from error
    except HTTPError as error:
        raise refusal(url, f"the request cannot be made ({type(error).__name__})") from error


def redacted(url: str) -> str:
    """A URL that can be shown and kept: no password, and no value in its query."""
    parts = urlsplit(url)
    pairs = (pair.partition("=") for pair in parts.query.split("&") if pair)
    query = "&".join(f"{name}=***" if equals else "***" for name, equals, _ in pairs)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def refusal(url: str, what: str, hint: str = _CHECK_ADDRESS) -> NetworkError:
    """The error to raise when a file cannot be had from a URL."""
    return NetworkError(
        what,
        where=redacted(url),
        why="a list that did not come whole would clear whoever stands in the missing part",
        hint=hint,
    )


def check_answer(url: str, response: urllib3.BaseHTTPResponse) -> None:
    """Whether the answer carries the file, as it is or gzipped.

    Raises:
        Setback: the server says it cannot now.
        NetworkError: it says it will not.
    """
    status = response.status
    if status != HTTPStatus.OK:
        what = f"the server answers {status} {_PHRASES.get(status, '')}".rstrip()
        if status in _WORTH_ANOTHER_TRY:
            after = response.headers.get("Retry-After", "")
            raise Setback(what, float(after) if after.isdecimal() else 0.0)
        raise refusal(url, what, _CHECK_RIGHTS if status in (401, 403, 407) else _CHECK_ADDRESS)
    packing = response.headers.get("Content-Encoding", "identity").lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise refusal(url, f"the file came packed as {packing!r}, which was not asked for")


def redirected(url: str, response: urllib3.BaseHTTPResponse) -> str | None:
    """Where the answer sends us instead; ``None`` if it is no redirect.

    Raises:
        NetworkError: it leads nowhere, or out of a trusted connection.
    """
    if response.status not in _REDIRECTS:
        return None
    try:
        target = urljoin(url, response.headers.get("Location", ""))
        scheme = urlsplit(target).scheme
    except ValueError as error:
        raise refusal(url, "a redirect that is no address") from error
    if scheme not in ("http", "https") or target == url:
        raise refusal(url, "a redirect that leads nowhere")
    if scheme == "http" and urlsplit(url).scheme == "https":
        raise refusal(url, "a redirect that leaves the trusted connection")
    return target


def _headers(url: str, seen: Validators) -> dict[str, str]:
    headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    if seen.etag:
        headers["If-None-Match"] = seen.etag
    if seen.last_modified:
        headers["If-Modified-Since"] = seen.last_modified
    if login := _login(url):
        headers |= urllib3.make_headers(basic_auth=login)
    return headers


def _pool(url: str) -> urllib3.PoolManager:
    """Straight to the server, or through the proxy that the machine's settings name."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if not proxy or proxy_bypass(parts.hostname or ""):
        return urllib3.PoolManager()
    login = _login(proxy)
    return urllib3.ProxyManager(
        proxy, proxy_headers=urllib3.make_headers(proxy_basic_auth=login) if login else None
    )


def _login(url: str) -> str | None:
    """``user:password`` of a URL that carries them."""
    parts = urlsplit(url)
    if parts.username is None:
        return None
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"
