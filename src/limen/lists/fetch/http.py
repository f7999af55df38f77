"""Send one request to one web server: headers, time-outs, proxies, and what a response means.

No secret of a URL (a password, the values of its query) gets into an error.
"""

from __future__ import annotations

import os
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
from limen.model import InputError, NetworkError

#: The name under which files are requested, in the form that crawlers use. OFAC's firewall has
#: answered 403, since 30 July 2026, to every name that does not begin with ``Mozilla/`` and a
#: digit or has fewer than 40 characters; others refuse the names of common libraries.
_USER_AGENT = f"Mozilla/5.0 (compatible; limen/{__version__}; sanctions list update)"
#: The environment variable that replaces it: a bank may want to be recognised by its own name.
_OWN_USER_AGENT = "LIMEN_USER_AGENT"
_REDIRECTS = (301, 302, 303, 307, 308)
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_RETRYABLE = (408, 425, 429, 500, 502, 503, 504)
_BY_HAND = "or carry the files by hand: docs/mirrors.md"
_CHECK_ADDRESS = f"check the address on the publisher's page, {_BY_HAND}"
_CHECK_RIGHTS = (
    "check the token or the login that the address asks for; a publisher may also have begun to "
    f"refuse this program's name, which LIMEN_USER_AGENT changes; {_BY_HAND}"
)
_CHECK_NETWORK = f"check the address, and this machine's network and proxy, {_BY_HAND}"
TRY_LATER = f"try again later, {_BY_HAND}"


@dataclass(frozen=True, slots=True)
class Patience:
    """The limits on waiting for one file, in seconds, and the pauses between tries.

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
    """A server's marks of a file's version, to request only a newer one."""

    etag: str | None = None
    last_modified: str | None = None


class Setback(Exception):  # noqa: N818 - not an error yet
    """A failure of one try that another try may fix."""

    def __init__(self, what: str, retry_after: float = 0.0) -> None:
        super().__init__(what)
        self.retry_after = retry_after


def user_agent() -> str:
    """Return the name to request files under: ``LIMEN_USER_AGENT``, or Limen's own.

    Raises:
        InputError: the variable has characters that a header cannot have.
    """
    own = os.environ.get(_OWN_USER_AGENT, "").strip()
    if own and not (own.isascii() and own.isprintable()):
        raise InputError(
            "a name of a program is one line of plain ASCII",
            where=_OWN_USER_AGENT,
            hint=f"write it like {_USER_AGENT}",
        )
    return own or _USER_AGENT


@contextmanager
def open_response(
    url: str, seen: Validators, patience: Patience, agent: str
) -> Iterator[urllib3.BaseHTTPResponse]:
    """Request one address once and yield the response, with its body unread.

    Redirects are not followed.

    Raises:
        Setback: a failure that another try may fix.
        NetworkError: one that it cannot.
    """
    timeout = urllib3.Timeout(connect=patience.connect, read=patience.read)
    with _setbacks(url, patience), _pool(url) as pool:
        response = pool.request(
            "GET",
            url,
            headers=_headers(url, seen, agent),
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
    """Turn urllib3's errors into a setback or a refusal.

    The narrower kinds come first: in urllib3 an unknown name is a refused connection, and that
    is a time-out.
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
    """Return a URL that can be displayed and stored: no password, no value in its query."""
    parts = urlsplit(url)
    pairs = (pair.partition("=") for pair in parts.query.split("&") if pair)
    query = "&".join(f"{name}=***" if equals else "***" for name, equals, _ in pairs)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def refusal(url: str, what: str, hint: str = _CHECK_ADDRESS) -> NetworkError:
    """Return the error to raise when a file cannot be fetched from a URL."""
    return NetworkError(
        what,
        where=redacted(url),
        why="a list that did not come whole would clear everybody in the missing part",
        hint=hint,
    )


def check_response(url: str, response: urllib3.BaseHTTPResponse) -> None:
    """Check that the response carries the file, as it is or gzipped.

    Raises:
        Setback: the server cannot send it now.
        NetworkError: the server refuses to send it.
    """
    status = response.status
    if status != HTTPStatus.OK:
        what = f"the server answers {status} {_PHRASES.get(status, '')}".rstrip()
        if status in _RETRYABLE:
            after = response.headers.get("Retry-After", "")
            raise Setback(what, float(after) if after.isdecimal() else 0.0)
        raise refusal(url, what, _CHECK_RIGHTS if status in (401, 403, 407) else _CHECK_ADDRESS)
    packing = response.headers.get("Content-Encoding", "identity").lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise refusal(url, f"the file came packed as {packing!r}, which was not requested")


def redirected(url: str, response: urllib3.BaseHTTPResponse) -> str | None:
    """Return the target of a redirect; ``None`` if the response is no redirect.

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


def _headers(url: str, seen: Validators, agent: str) -> dict[str, str]:
    headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity"}
    if seen.etag:
        headers["If-None-Match"] = seen.etag
    if seen.last_modified:
        headers["If-Modified-Since"] = seen.last_modified
    if login := _login(url):
        headers |= urllib3.make_headers(basic_auth=login)
    return headers


def _pool(url: str) -> urllib3.PoolManager:
    """Return a direct pool, or one through the proxy of the machine's settings."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if not proxy or proxy_bypass(parts.hostname or ""):
        return urllib3.PoolManager()
    login = _login(proxy)
    return urllib3.ProxyManager(
        proxy, proxy_headers=urllib3.make_headers(proxy_basic_auth=login) if login else None
    )


def _login(url: str) -> str | None:
    """Return ``user:password`` of a URL that carries them."""
    parts = urlsplit(url)
    if parts.username is None:
        return None
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"
