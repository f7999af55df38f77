"""Fetching from a real server that serves real lists well, badly, or not at all."""

import gzip
import re
import socket
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
import urllib3
from tests.lists import web_server as web

from limen.lists.audit import Audit
from limen.lists.fetch.fetcher import Fetched, Fetcher, NotModified
from limen.lists.fetch.http import Patience, Validators, redirected
from limen.lists.manifest import fetch_manifest, manifest_url
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.lists.verify import published_day, read_version, verify_version
from limen.model import DataError, InputError, Instant, ListFormatError, NetworkError

UN = "data/un/un_consolidated_2022-02-18.xml.gz"
SDN = "data/ofac/full_sets/2022-01-21"
NOW = 1_645_401_600.0  # 2022-02-21
CUT = "the connection was cut before the whole file had come"
HTML = b"<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>"
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<CONSOLIDATED_LIST><INDIVIDUALS>&c;</INDIVIDUALS></CONSOLIDATED_LIST>"""


@pytest.fixture(scope="module")
def server():
    with web.running() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def waits():
    return []


@pytest.fixture
def fetcher(waits):
    """Impatient, and its clock moves only by the pauses it takes."""
    patience = Patience(connect=0.5, read=0.2, total=300, pauses=(1, 4))
    return Fetcher(patience=patience, clock=lambda: NOW + sum(waits), sleep=waits.append)


def refused(fetcher, url, tmp_path):
    with pytest.raises(NetworkError) as caught:
        fetcher.fetch(url, tmp_path / "list")
    assert list(tmp_path.iterdir()) == []
    return caught.value


def read_un(path, max_bytes=1 << 26):
    source = Source("xml", "un.xml", lambda: path.open("rb"), max_bytes)
    return list(read_version("un_xml", {"xml": source}, Audit()))


#: Names of libraries and of this program alone, which firewalls refuse, and none at all.
REFUSED_NAMES = (
    "python-requests/2",
    "python-urllib3/2",
    "Python-urllib/3",
    "curl/8",
    "limen/1",
    "",
)


def firewalled(body):
    """Serve a file as OFAC's firewall has since 30 July 2026, and as other publishers' do."""

    def behave(handler):
        name = handler.headers.get("User-Agent", "")
        passes = re.match(r"Mozilla/\d", name) and len(name) >= 40
        (web.send(body) if passes else web.status(403))(handler)

    return behave


class TestAPublisherThatRefusesPrograms:
    def test_lets_this_one_through_under_its_own_name(self, server, fetcher, tmp_path):
        found = fetcher.fetch(server.says("/firewalled", firewalled(b"36,AERO")), tmp_path / "sdn")
        assert found.path.read_bytes() == b"36,AERO"
        assert "limen/" in server.requests["/firewalled"][-1]["User-Agent"]

    @pytest.mark.parametrize("name", REFUSED_NAMES)
    def test_refuses_others_and_the_hint_names_the_setting(self, server, name, tmp_path):
        url = server.says("/firewalled", firewalled(b"36,AERO"))
        with pytest.raises(NetworkError, match="403") as refused:
            Fetcher(agent=name).fetch(url, tmp_path / "sdn")
        assert "LIMEN_USER_AGENT" in refused.value.hint

    def test_can_be_given_another_name(self, server, monkeypatch, tmp_path):
        own = "Mozilla/5.0 (compatible; Example Bank sanctions desk; +https://bank.example)"
        monkeypatch.setenv("LIMEN_USER_AGENT", own)
        Fetcher().fetch(server.says("/firewalled", firewalled(b"x")), tmp_path / "sdn")
        assert server.requests["/firewalled"][-1]["User-Agent"] == own

    @pytest.mark.parametrize("name", ["Mozilla/5.0\r\nCookie: a=b", "Mozilla/5.0 Банк"])
    def test_a_name_that_no_header_can_have_is_refused(self, monkeypatch, name):
        monkeypatch.setenv("LIMEN_USER_AGENT", name)
        with pytest.raises(InputError, match="plain ASCII"):
            Fetcher()


class TestAFileThatComesWhole:
    def test_is_the_publishers_bytes_with_their_provenance(self, server, fetcher, shared, tmp_path):
        url = server.says("/un.xml", web.publish(shared(UN)))
        found = fetcher.fetch(f"{url}?token=s3cret", tmp_path / "xml")
        raw = shared(UN).read_bytes()
        assert found.path.read_bytes() == raw
        assert (found.sha256, found.size) == (sha256(raw).hexdigest(), len(raw))
        assert found.url == f"{url}?token=***"
        assert found.validators.last_modified == "Fri, 18 Feb 2022 19:54:02 GMT"
        assert found.retrieved_at == Instant(int(NOW))

    def test_asks_under_its_own_name_and_for_the_file_as_it_is(self, server, fetcher, tmp_path):
        fetcher.fetch(server.says("/name", web.send(b"x")), tmp_path / "x")
        (request,) = server.requests["/name"]
        assert "limen/" in request["User-Agent"]
        assert request["Accept-Encoding"] == "identity"

    def test_is_read_and_verified_as_the_list_it_is(self, server, fetcher, shared, tmp_path):
        found = fetcher.fetch(server.says("/un.xml", web.publish(shared(UN))), tmp_path / "xml")
        given = {"xml": Source.of_path("xml", found.path)}
        day = published_day("un_xml", given, None, retrieved=found.retrieved_at.day)
        info = load_registry().get("un_sc")
        summary = verify_version(info, read_un(found.path), previous_count=1003, published=day)
        assert (summary.records, str(day)) == (966, "2022-02-18")
        assert len(summary.canaries) == len(info.canaries)

    def test_follows_redirects_and_remembers_the_address_it_asked(self, server, fetcher, tmp_path):
        server.says("/signed/sdn", web.send(b"36,AERO", ETag='"v1"'))
        url = server.says("/sdn", web.redirect("/signed/sdn?X-Signature=abc", 307))
        found = fetcher.fetch(url, tmp_path / "sdn")
        assert (found.url, found.validators.etag) == (url, '"v1"')
        assert server.requests["/signed/sdn"][0]["path"] == "/signed/sdn?X-Signature=abc"

    def test_may_come_gzipped_unasked(self, server, fetcher, tmp_path):
        url = server.says("/packed", web.send(gzip.compress(b"36,AERO"), Content_Encoding="gzip"))
        found = fetcher.fetch(url, tmp_path / "sdn")
        assert Source.of_path("sdn", found.path).read() == b"36,AERO"

    def test_takes_a_login_from_the_address_and_shows_it_nowhere(self, server, fetcher, tmp_path):
        url = server.says("/private", web.send(b"x")).replace("//", "//bank:p%40ss@")
        found = fetcher.fetch(url, tmp_path / "x")
        assert server.requests["/private"][0]["Authorization"] == "Basic YmFuazpwQHNz"
        assert "bank" not in found.url

    def test_goes_through_the_proxy_of_the_machine(self, server, fetcher, tmp_path, monkeypatch):
        server.says("http://lists.example/un.xml", web.send(b"by proxy"))
        proxy = server.url("").replace("//", "//me:pw@")
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        found = fetcher.fetch("http://lists.example/un.xml", tmp_path / "xml")
        assert found.path.read_bytes() == b"by proxy"
        request = server.requests["http://lists.example/un.xml"][0]
        assert request["Proxy-Authorization"] == "Basic bWU6cHc="


class TestAskingForWhatIsNew:
    def test_nothing_comes_when_nothing_changed(self, server, fetcher, shared, tmp_path):
        url = server.says("/un.xml", web.publish(shared(UN)))
        first = fetcher.fetch(url, tmp_path / "first")
        again = fetcher.fetch_if_changed(url, tmp_path / "again", first.validators)
        assert again == NotModified(url, Instant(int(NOW)))
        assert not (tmp_path / "again").exists()

    def test_another_version_comes_whole(self, server, fetcher, shared, tmp_path):
        url = server.says("/un.xml", web.publish(shared(UN)))
        found = fetcher.fetch_if_changed(url, tmp_path / "xml", Validators('"older"'))
        assert isinstance(found, Fetched)

    def test_a_304_nobody_asked_for_is_no_answer(self, server, fetcher, tmp_path):
        error = refused(fetcher, server.says("/odd", web.status(304)), tmp_path)
        assert "not conditional" in error.what

    def test_a_version_of_several_files_is_unchanged_only_as_a_whole(
        self, server, fetcher, shared, tmp_path
    ):
        urls = {
            role: server.says(f"/{role}.csv", web.publish(shared(f"{SDN}/{role}.csv.gz")))
            for role in ("sdn", "alt", "add")
        }
        first = fetcher.fetch_version(urls, tmp_path, {})
        seen = {role: each.validators for role, each in first.items()}
        assert isinstance(fetcher.fetch_version(urls, tmp_path, seen), NotModified)

        changed = fetcher.fetch_version(urls, tmp_path, seen | {"alt": Validators('"older"')})
        assert set(changed) == {"sdn", "alt", "add"}
        assert changed == first


class TestAServerInTrouble:
    def test_gets_another_try_and_then_serves(self, server, fetcher, waits, shared, tmp_path):
        url = server.says("/flaky", web.status(500), web.hang_up, web.publish(shared(UN)))
        found = fetcher.fetch(url, tmp_path / "xml")
        assert found.path.read_bytes() == shared(UN).read_bytes()
        assert waits == [1, 4]

    @pytest.mark.parametrize(
        ("behaviour", "told"),
        [
            (web.status(500), "the server answers 500 Internal Server Error"),
            (web.status(503), "the server answers 503 Service Unavailable"),
            (web.hang_up, CUT),
            (web.cut(b"x" * 99_999, 50_000), CUT),
            (web.cut(b"x" * 99_999, 50_000, reset=True), CUT),
            (web.cut_chunks(b"x" * 500), CUT),
            (web.stall(0.4), "nothing came for 0.2 s"),
        ],
    )
    def test_that_lasts_is_told_after_every_try(
        self, server, fetcher, waits, tmp_path, behaviour, told
    ):
        error = refused(fetcher, server.says("/bad", behaviour), tmp_path)
        assert error.what == f"{told} (tried 3 times)"
        assert error.exit_code == 4
        assert "docs/mirrors.md" in error.hint
        assert waits == [1, 4]

    def test_may_say_how_long_to_wait(self, server, fetcher, waits, tmp_path):
        busy = web.status(429, Retry_After="30")
        fetcher.fetch(server.says("/busy", busy, web.send(b"x")), tmp_path / "x")
        assert waits == [30]

    def test_does_not_keep_us_beyond_our_patience(self, server, fetcher, waits, tmp_path):
        busy = web.status(429, Retry_After="86400")
        refused(fetcher, server.says("/busy", busy), tmp_path)
        assert sum(waits) <= 300

    def test_that_drips_forever_is_left(self, server, tmp_path):
        url = server.says("/drip", web.drip(b"x" * 100, 0.02))
        patience = Patience(read=0.2, total=0.1, pauses=())
        error = refused(Fetcher(patience=patience), url, tmp_path)
        assert error.what == "not whole after 0.1 s"

    def test_that_is_not_there(self, fetcher, tmp_path):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
            assert "cannot be reached" in refused(fetcher, url, tmp_path).what

    def test_that_has_no_name_is_not_waited_for(self, fetcher, waits, tmp_path, monkeypatch):
        def unknown(*_):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        assert "no server of that name" in refused(fetcher, "http://lists.invalid/", tmp_path).what
        assert waits == []


class TestAnAnswerThatIsFinal:
    @pytest.mark.parametrize(
        ("behaviour", "told"),
        [
            (web.status(403), "403 Forbidden"),
            (web.status(404, HTML), "404 Not Found"),
            (web.status(204), "204 No Content"),
            (web.send(b""), "empty file"),
            (web.send(b"x", Content_Encoding="br"), "packed as 'br'"),
            (web.redirect("/loop"), "leads nowhere"),
            (web.redirect("file:///etc/passwd"), "leads nowhere"),
            (web.redirect("http://[x"), "no address"),
            (web.send(b"x" * 2_000), "larger than 1,000 bytes"),
        ],
    )
    def test_is_not_asked_for_again(self, server, waits, tmp_path, behaviour, told):
        impatient = Fetcher(patience=Patience(pauses=(1,)), max_bytes=1_000, sleep=waits.append)
        error = refused(impatient, server.says("/loop", behaviour), tmp_path)
        assert told in error.what
        assert waits == []

    def test_redirects_end(self, server, fetcher, tmp_path):
        server.says("/a", web.redirect("/b"))
        url = server.says("/b", web.redirect("/a"))
        assert "more than 5 redirects" in refused(fetcher, url, tmp_path).what

    def test_a_server_that_cannot_prove_itself(self, server, fetcher, tmp_path):
        url = server.url("/un.xml").replace("http:", "https:")
        assert "no trusted connection" in refused(fetcher, url, tmp_path).what

    def test_a_redirect_out_of_a_trusted_connection(self):
        answer = urllib3.HTTPResponse(status=302, headers={"Location": "http://a.example/sdn"})
        with pytest.raises(NetworkError, match="leaves the trusted connection"):
            redirected("https://a.example/sdn", answer)

    def test_tells_no_secret(self, server, fetcher, tmp_path):
        url = server.says("/closed", web.status(403)) + "?token=s3cret&x=1"
        error = refused(fetcher, url.replace("//", "//bank:pass@"), tmp_path)
        assert error.where == server.url("/closed?token=***&x=***")
        assert not any(word in repr(vars(error)) for word in ("s3cret", "bank", "pass@"))


class TestWhatIsNoList:
    """It comes whole, so fetching takes it; reading it does not."""

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            (HTML, "document type|not well-formed|root element"),
            (BOMB, "document type"),
            (b"<CONSOLIDATED_LIST><INDIVIDUALS>", "not well-formed"),
            (gzip.compress(b"<CONSOLIDATED_LIST>" + b" " * (4 << 20)), "unpacks to more than"),
            (gzip.compress(b"<CONSOLIDATED_LIST/>" * 9)[:-20], "gzip stream is broken"),
            (b"\x00" * 512, "not well-formed"),
        ],
        ids=["error-page", "entity-bomb", "half", "gzip-bomb", "half-gzip", "zeros"],
    )
    def test_is_refused_by_the_reader(self, server, fetcher, tmp_path, body, told):
        path = fetcher.fetch(server.says("/odd", web.send(body)), tmp_path / "xml").path
        with pytest.raises(ListFormatError, match=told):
            read_un(path, max_bytes=1 << 20)

    def test_a_list_cut_in_half_and_sent_as_whole(self, server, fetcher, shared, tmp_path):
        text = gzip.decompress(shared(UN).read_bytes())
        url = server.says("/half", web.send(text[: len(text) // 2]))
        with pytest.raises(ListFormatError, match="not well-formed") as caught:
            read_un(fetcher.fetch(url, tmp_path / "xml").path)
        assert "un.xml line" in caught.value.where


class TestAMirror:
    def test_is_read_like_a_folder(self, server, fetcher, shared, tmp_path):
        text = "list: un_sc, format: un_xml, published: 2022-02-18, files: {xml: un/x.gz}"
        described = web.send(f"versions: [{{{text}}}]".encode())
        base = manifest_url(server.says("/mirror/lists.yml", described))
        server.says("/mirror/un/x.gz", web.publish(shared(UN)))
        (version,) = fetch_manifest(fetcher, base, tmp_path)
        found = fetcher.fetch_version(version.urls(base), tmp_path, {})
        assert found["xml"].path.read_bytes() == shared(UN).read_bytes()

    def test_errors_in_its_manifest_name_its_address(self, server, fetcher, tmp_path):
        url = server.says("/mirror/lists.yml", web.send(b"versions: 5")) + "?key=s3cret"
        with pytest.raises(DataError) as caught:
            fetch_manifest(fetcher, url, tmp_path)
        assert "/mirror/lists.yml?key=*** line 1" in caught.value.where


def test_a_disk_that_takes_nothing(server, fetcher, tmp_path):
    url = server.says("/x", web.send(b"x"))
    with pytest.raises(DataError, match="cannot be written"):
        fetcher.fetch(url, tmp_path / "no such folder" / "x")


def test_ctrl_c_leaves_no_half_file(server, tmp_path):
    def interrupted():
        raise KeyboardInterrupt

    ticks = iter([NOW])
    impatient = Fetcher(clock=lambda: next(ticks, None) or interrupted())
    with pytest.raises(KeyboardInterrupt):
        impatient.fetch(server.says("/x", web.send(b"x")), tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.live
@pytest.mark.parametrize(
    ("list_id", "index"),
    [
        (info.id, index)
        for info in load_registry()
        for index, download in enumerate(info.downloads)
        if not download.needs
    ],
)
def test_publishers_serve_what_the_registry_says(list_id, index, tmp_path):
    info = load_registry().get(list_id)
    download = info.downloads[index]
    found = Fetcher().fetch_version(download.urls({}), tmp_path, {})
    sources = {role: Source.of_path(role, each.path) for role, each in found.items()}
    retrieved = next(iter(found.values())).retrieved_at
    assert urlsplit(next(iter(found.values())).url).scheme == "https"
    day = published_day(download.format, sources, None, retrieved=retrieved.day) or retrieved.day
    entries = read_version(download.format, sources, Audit())
    verify_version(info, entries, previous_count=None, published=day)
