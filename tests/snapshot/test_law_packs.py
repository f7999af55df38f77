"""Packs of law: taken whole or refused, and each answers for the time when it was known."""

from __future__ import annotations

import io
import threading
import zipfile
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.worlds import a_list, fill, listed, registry

from limen.engine import Engine
from limen.engine.replay import replay
from limen.law.in_force import Clocks
from limen.law.packs import Pack, bundled_pack, read_folder, read_zip, zipped
from limen.law.queries.search import Terms, ask
from limen.lists.fetch.fetcher import Fetcher
from limen.lists.fetch.http import Patience
from limen.model import ArchiveError, DataError, InputError, Instant
from limen.snapshot import Snapshot, active_folder, active_id
from limen.snapshot.build import build, open_archive, update_law
from limen.snapshot.build.current import bring_up_to_date
from limen.snapshot.law_archive import keep, law_in_use, packs_of

BUNDLED = bundled_pack()
NOW = datetime(2027, 3, 1, tzinfo=UTC)
LISTS = registry(a_list("one"))
#: What the newer pack changes: an order of its own, as a correction would be.
CHANGED = (b"Executive Order 14065", b"Executive Order 14065 (corrected)")


def changed(day: str, *, by: tuple[bytes, bytes] = CHANGED) -> Pack:
    """The bundled law of another day, with one word changed."""
    texts = {name: text.replace(*by) for name, text in BUNDLED.texts.items()}
    return Pack("changed", day, texts)


def take(home, source, **rest):
    patience = Patience(connect=2, read=2, total=5, pauses=())
    return update_law(
        home, source=str(source), clock=lambda: NOW, fetcher=Fetcher(patience), **rest
    )


def refused(home, source, **rest):
    """The refusal of the one pack, after a look that the law in use stayed."""
    before = law_in_use(home).id
    (outcome,) = take(home, source, **rest).outcomes
    assert (outcome.result, law_in_use(home).id) == ("refused", before)
    return outcome.error


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def packed(tmp_path):
    def write(pack, name="law.zip"):
        (tmp_path / name).write_bytes(zipped(pack))
        return tmp_path / name

    return write


def test_a_pack_is_the_same_whichever_way_it_travels(tmp_path):
    raw = zipped(BUNDLED)
    assert raw == zipped(BUNDLED)
    assert read_zip(raw, "law.zip").id == BUNDLED.id
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        archive.extractall(tmp_path)
    assert read_folder(tmp_path, "folder").id == BUNDLED.id
    assert changed("2027-01-05").id != BUNDLED.id != changed(BUNDLED.published).id


def test_each_pack_answers_for_the_time_when_it_was_known(home):
    fill(home, {"one": {"2024-05-28": [listed("1", "Pavel Ostrovsky")]}})
    first = build(home, LISTS, clock=lambda: NOW).manifest
    assert first.known_until == "2024-05-28", "the first pack is for all days"
    engine = Engine(Snapshot(active_folder(home)), clock=lambda: NOW)
    party = {"schema": "Person", "properties": {"name": ["Pavel Ostrovsky"]}}
    before = engine.screen(party, as_of="2024-05-29").to_dict()
    assert before["stamp"]["law"] == BUNDLED.id

    newer = changed("2027-01-05")
    keep(home, newer, at=NOW, source="test")
    with open_archive(home) as archive:
        assert bring_up_to_date(home, LISTS, archive, clock=lambda: NOW) is not None
        assert bring_up_to_date(home, LISTS, archive, clock=lambda: NOW) is None
    engine = Engine(Snapshot(active_folder(home)), clock=lambda: NOW)
    assert [pack.id for pack in engine.snapshot.manifest.law] == [BUNDLED.id, newer.id]
    assert engine.screen(party, as_of="2024-05-29").stamp.law == newer.id
    assert engine.screen(party, as_of="2024-05-29", known_at="2026-12-31").stamp.law == BUNDLED.id
    clocks = Clocks.at(Instant.parse("2022-03-01"))
    for known, instrument in (
        (None, CHANGED[1]),
        ("2026-12-31", CHANGED[0]),
        ("2022-03-01", CHANGED[0]),
    ):
        law = engine.regimes_known(known).law
        (view,) = ask(law, Terms(act="us-eo-14065"), clocks).in_force
        assert view.instrument == instrument.decode()
    old = Engine(Snapshot(home / "snapshots" / first.id), clock=lambda: NOW)
    assert replay(old, before).same, "the snapshot of then has the law of then"


def test_the_same_pack_again_changes_nothing_and_packs_come_in_any_order(home, packed):
    take(home, packed(changed("2027-02-01")))
    assert take(home, packed(changed("2027-02-01"))).outcomes[0].result == "unchanged"
    earlier = changed("2027-01-05")
    assert "older than the law in use, of 2027-02-01" in refused(home, packed(earlier)).what
    assert take(home, packed(earlier), older=True).in_use.published == "2027-02-01"
    assert [each.published for each in packs_of(home)] == ["2026-11-30", "2027-01-05", "2027-02-01"]


WRONG = [
    ((b"is: in_force", b"is: in_forse"), "in_forse", "did you mean in_force?"),
    ((b"prohibits: [asset_freeze]", b"prohibits: [asset_freese]"), "asset_freese", "asset_freeze"),
    ((b"measures:", b"measures: ["), "not YAML", "indentation"),
]


@pytest.mark.parametrize(("by", "what", "hint"), WRONG)
def test_a_pack_with_an_error_is_refused_with_its_line(by, what, hint, home, packed):
    error = refused(home, packed(changed("2027-01-05", by=by)))
    assert what in error.what
    assert hint in error.hint
    assert error.where.startswith("law.zip: ")
    assert "line " in error.where


def with_entry(raw: bytes, name: str, text: bytes) -> bytes:
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def resealed(pack: Pack, name: str, text: bytes) -> bytes:
    """A pack of which a file is another than the seal says."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zipped(pack))) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(each, text if each == name else old.read(each))
    return out.getvalue()


NEW = changed("2027-01-05")
BROKEN = {
    "empty": (zipped(Pack("empty", "2027-01-05", {})), "no file of law"),
    "no zip": (b"<html>Not found</html>", "no whole ZIP file"),
    "cut short": (zipped(NEW)[:2000], "no whole ZIP file"),
    "another hash": (resealed(NEW, "syria.yml", b"regime: syria\n"), "syria.yml has the hash"),
    "a file more": (with_entry(zipped(NEW), "extra.yml", b"regime: x\n"), "not in its seal"),
    "out of it": (with_entry(zipped(NEW), "../../evil.yml", b"x"), "leads out of the pack"),
    "absolute": (with_entry(zipped(NEW), "/etc/evil.yml", b"x"), "leads out of the pack"),
    "windows": (with_entry(zipped(NEW), "..\\evil.yml", b"x"), "leads out of the pack"),
    "a program": (with_entry(zipped(NEW), "run.py", b"x"), "no file of law"),
    "no day": (resealed(NEW, "pack.toml", b'format = 1\ntitle = "x"\npublished = "soon"\n'), "published is no day"),
    "of tomorrow": (zipped(changed("2027-03-02")), "has not come yet"),
    "of a later format": (resealed(NEW, "pack.toml", b'format = 2\ntitle = "x"\npublished = 2027-01-05\n'), "format 2"),
    "no sources": (zipped(Pack("x", "2027-01-05", {"syria": BUNDLED.texts["syria"]})), "is missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_pack_that_is_not_whole_is_refused_and_leaves_nothing(name, home, tmp_path):
    raw, what = BROKEN[name]
    (tmp_path / "law.zip").write_bytes(raw)
    error = refused(home, tmp_path / "law.zip")
    assert what in error.what
    assert error.unchanged
    assert len(list((home / "laws").glob("*.zip"))) == 1
    assert not list(tmp_path.parent.glob("**/evil.yml"))


def test_another_pack_than_the_one_announced_is_refused(home, packed):
    error = refused(home, packed(NEW), expected=BUNDLED.id)
    assert NEW.id in error.what
    assert take(home, packed(NEW), expected=NEW.id[:8]).outcomes[0].result == "stored"


def test_a_mirror_serves_a_pack_and_a_dead_one_is_a_refusal(home, packed, tmp_path):
    packed(NEW)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert take(home, f"{address}/").in_use.id == NEW.id
        assert "404" in refused(home, f"{address}/none.zip").what
    finally:
        server.shutdown()
        server.server_close()
    assert refused(home, address).exit_code == 4
    with pytest.raises(InputError, match="no folder"):
        take(home, tmp_path / "nowhere")


def test_an_installed_package_ships_a_pack(home, tmp_path, monkeypatch):
    package = tmp_path / "site" / "a_law"
    info = tmp_path / "site" / "a_law-1.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    (package / "__init__.py").write_text("")
    (package / "law.zip").write_bytes(zipped(NEW))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: a-law\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[limen.regimes]\nhouse = a_law\n")
    with pytest.raises(InputError, match="no installed package"):
        update_law(home, clock=lambda: NOW)
    monkeypatch.syspath_prepend(str(package.parent))
    (outcome,) = update_law(home, clock=lambda: NOW).outcomes
    assert (outcome.source, outcome.id) == ("package house: law.zip", NEW.id)


def test_a_kept_pack_that_was_damaged_is_found_and_stops_the_build(home, packed):
    fill(home, {"one": {"2024-05-28": [listed("1", "Pavel Ostrovsky")]}})
    build(home, LISTS, clock=lambda: NOW)
    active = active_id(home)
    keep(home, NEW, at=NOW, source="test")
    (file,) = (home / "laws").glob("2027-*.zip")
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(ArchiveError, match="not what was stored"):
        build(home, LISTS, clock=lambda: NOW)
    assert active_id(home) == active


def test_a_pack_that_this_engine_does_not_read_is_named_when_it_is_needed(home):
    fill(home, {"one": {"2024-05-28": [listed("1", "Pavel Ostrovsky")]}})
    strange = changed("2026-01-05", by=(b"is: in_force", b"is: of_a_later_engine"))
    keep(home, strange, at=NOW, source="test")
    build(home, LISTS, clock=lambda: NOW)
    engine = Engine(Snapshot(active_folder(home)), clock=lambda: NOW)
    assert engine.regimes_known(None).law.pack == BUNDLED.id
    with pytest.raises(DataError, match=strange.id) as caught:
        engine.regimes_known("2026-02-01")
    assert "of_a_later_engine" in caught.value.why


def test_a_pack_that_lost_a_fifth_of_the_measures_is_refused(home, packed):
    extra = b"regime: extra\ntitle: extra\nknown_to: 2026-12-01\nmeasures:\n" + b"".join(
        b"- {id: extra-%d, title: t, authority: US, instrument: Act, kind: blocking, source: M1, "
        b"status: [{on: 2020-01-01, is: in_force, source: M1}]}\n" % number
        for number in range(200)
    )
    take(home, packed(Pack("more", "2027-01-05", {**BUNDLED.texts, "extra": extra})))
    error = refused(home, packed(changed("2027-01-06")))
    assert error.what.startswith("200 of the ")
    assert "extra-0" in error.hint
