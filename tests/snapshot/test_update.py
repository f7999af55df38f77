"""Update: what is offered is read, verified and kept, or refused with its reason."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from limen.archive import Archive
from limen.engine import Engine
from limen.engine.replay import replay
from limen.lists.fetch.fetcher import Fetcher
from limen.model import DataError, InputError, NetworkError
from limen.snapshot import Snapshot, active_folder, active_id, list_snapshots, verify
from limen.snapshot.build import build, registry_of, update

HEADER = "id,schema,name,programme,listed_on\n"
OWN = """\
id: own
title: Our own list
authority: OWN
publisher: us
page: https://example.org
downloads: []
licence: {name: ours, redistribute: false}
cadence: daily
max_age_days: 30
records: {min: 2, max: 1000}
max_shrink: 0.4
canaries: [{name: Karim Abramovich Testov, record_id: "1"}]
default: true
in_service: {from: null, until: null}
"""
PEOPLE = [
    "Karim Abramovich Testov",
    "Dunya Company Ltd",
    "Pavel Ostrovsky",
    "Irina Lis",
    "Oleg Den",
]


def table(*names: str) -> str:
    rows = [f"{number},LegalEntity,{name},X,\n" for number, name in enumerate(names, start=1)]
    return HEADER + "".join(rows)


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    (folder / "lists.d").mkdir(parents=True)
    (folder / "lists.d" / "own.yml").write_text(OWN)
    return folder


@pytest.fixture
def mirror(tmp_path):
    """Writes a folder with a ``lists.yml``: ``{day: table}``."""

    def write(versions):
        folder = tmp_path / "mirror"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        lines = ["versions:"]
        for day, text in versions.items():
            (folder / f"{day}.csv").write_text(text)
            lines.append(
                f"  - {{list: own, format: limen_csv, published: {day}, files: {{csv: {day}.csv}}}}"
            )
        (folder / "lists.yml").write_text("\n".join(lines) + "\n")
        return folder

    return write


def results(report):
    return [(each.published, each.result) for each in report.outcomes]


def test_a_folder_becomes_an_answer(home, mirror):
    report = update(home, source=str(mirror({"2024-01-05": table(*PEOPLE)})))
    assert results(report) == [("2024-01-05", "stored")]
    engine = Engine(Snapshot(active_folder(home)))
    answer = engine.screen(
        {"schema": "Person", "properties": {"name": "Pavel Ostrovsky"}}, as_of="2024-01-06"
    )
    assert [finding.id for finding in answer.findings] == ["own:3"]


def test_the_same_files_again_change_nothing(home, mirror):
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    before = update(home, source=str(folder)).snapshot
    again = update(home, source=str(folder))
    assert results(again) == [("2024-01-05", "unchanged")]
    assert again.snapshot is None
    assert active_id(home) == before.manifest.id
    assert len(list_snapshots(home)) == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("", "empty"),
        (HEADER, "empty"),
        (table(*PEOPLE[:2]), "before has 5"),
        (table("Somebody Else", *PEOPLE[1:]), "canary"),
        (table(*PEOPLE).replace("LegalEntity,Irina", "LegalEntity,Irina,Extra"), "columns"),
    ],
)
def test_a_bad_version_is_refused_and_the_last_good_one_stays(home, mirror, bad, reason):
    good = {"2024-01-05": table(*PEOPLE)}
    active = update(home, source=str(mirror(good))).snapshot.manifest.id
    report = update(home, source=str(mirror(good | {"2024-02-05": bad})))
    assert results(report) == [("2024-01-05", "unchanged"), ("2024-02-05", "refused")]
    (refused,) = report.refused
    assert reason in str(refused.error)
    assert "the version of 2024-01-05 stays active" in str(refused.error)
    assert active_id(home) == active


def test_a_version_is_compared_with_the_one_before_it_and_no_older_one(home, mirror):
    grown = [*PEOPLE, *(f"Person Number {number}" for number in range(20))]
    days = {"2024-01-05": table(*PEOPLE), "2024-02-05": table(*grown)}
    report = update(home, source=str(mirror(days | {"2024-03-05": table(*PEOPLE)})))
    assert [result for _, result in results(report)] == ["stored", "stored", "refused"]
    assert "before has 25" in str(report.refused[0].error)


def test_one_bad_version_does_not_stop_the_others(home, mirror):
    report = update(
        home,
        source=str(
            mirror(
                {
                    "2024-01-05": table(*PEOPLE),
                    "2024-02-05": "",
                    "2024-03-05": table(*PEOPLE, "New"),
                }
            )
        ),
    )
    assert [result for _, result in results(report)] == ["stored", "refused", "stored"]


def test_the_order_of_loading_does_not_show(home, mirror, tmp_path):
    days = {
        "2024-01-05": table(*PEOPLE),
        "2024-02-05": table(*PEOPLE, "New Man"),
        "2024-03-05": table(*PEOPLE),
    }
    forward = update(home, source=str(mirror(days))).snapshot.manifest.id
    other = tmp_path / "other"
    shutil.copytree(home / "lists.d", other / "lists.d")
    for day in reversed(days):
        update(other, source=str(mirror({day: days[day]})))
    assert active_id(other) == forward


UPDATE = """\
import sys
from pathlib import Path
from limen.snapshot.build import update
update(Path(sys.argv[1]), source=sys.argv[2])
"""


def kill_when_stored(home, folder, day):
    """Update in a process of its own, and kill it as soon as the version is in the archive."""
    process = subprocess.Popen([sys.executable, "-c", UPDATE, str(home), str(folder)])
    end = time.monotonic() + 60
    with Archive.open(str(home / "archive.sqlite")) as archive:
        while day not in [version.published for version in archive.versions("own")]:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.002)
    process.kill()
    assert process.wait() == -signal.SIGKILL


def test_after_a_kill_between_store_and_build_the_next_update_serves_the_version(home, mirror):
    days = {"2024-01-05": table(*PEOPLE)}
    first = update(home, source=str(mirror(days))).snapshot.manifest.id
    days["2024-02-05"] = table(*PEOPLE, "Semyon Novikovsky")
    folder = mirror(days)
    kill_when_stored(home, folder, "2024-02-05")
    assert active_id(home) == first
    again = update(home, source=str(folder))
    assert [result for _, result in results(again)] == ["unchanged", "unchanged"]
    engine = Engine(Snapshot(active_folder(home)))
    person = {"schema": "Person", "properties": {"name": "Semyon Novikovsky"}}
    assert [finding.id for finding in engine.screen(person, as_of="2024-02-06").findings]
    assert update(home, source=str(folder)).snapshot is None


def test_after_a_snapshot_is_lost_or_damaged_the_next_update_builds_it(home, mirror):
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    snapshot = update(home, source=str(folder)).snapshot
    for harm in (lambda path: path.unlink(), lambda path: path.write_bytes(b"{")):
        harm(snapshot.folder / "manifest.json")
        assert update(home, source=str(folder)).snapshot.manifest.id == snapshot.manifest.id
        assert results(update(home, source=str(folder))) == [("2024-01-05", "unchanged")]


def test_a_version_stored_without_a_build_is_built_by_the_next_update(home, mirror):
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    assert update(home, source=str(folder), compile_after=False).snapshot is None
    assert update(home, source=str(folder)).snapshot is not None


def test_a_version_that_lost_a_field_is_refused_with_the_figures_until_it_is_allowed(home, mirror):
    names = [*PEOPLE, *(f"Party {number} Limited" for number in range(95))]
    good = table(*names)
    days = {"2024-01-05": good, "2024-02-05": good.replace(",X,", ",,")}
    report = update(home, source=str(mirror(days)))
    assert [result for _, result in results(report)] == ["stored", "refused"]
    assert "record.programmes 0 of 100 (before: 100 of 100)" in str(report.refused[0].error)
    (home / "lists.d" / "own.yml").write_text(f"{OWN}max_fill_drop: 1\n")
    again = update(home, source=str(mirror(days)))
    assert [result for _, result in results(again)] == ["unchanged", "stored"]


def test_a_version_that_lost_a_field_of_few_records_is_stored_and_says_so(home, mirror):
    names = [*PEOPLE, *(f"Party {number} Limited" for number in range(95))]
    full, rows = table(*names), table(*names).splitlines()
    few = "\n".join([rows[0], *(row.replace(",X,", ",,") for row in rows[1:89]), *rows[89:], ""])
    days = {"2024-01-05": few, "2024-02-05": full.replace(",X,", ",,")}
    stored = update(home, source=str(mirror(days))).outcomes[-1]
    assert stored.result == "stored"
    assert set(stored.oddities) == {
        "programmes: 12 of 12 values are others now",
        "programme: no longer printed; the version before had it 12 times",
    }
    again = update(home, source=str(mirror({"2024-03-05": full.replace(",X,", ",,")})))
    assert not again.outcomes[-1].oddities


def test_newest_takes_only_the_newest(home, mirror):
    folder = mirror({"2024-01-05": table(*PEOPLE), "2024-02-05": table(*PEOPLE)})
    assert results(update(home, source=str(folder), newest=True)) == [("2024-02-05", "stored")]


def test_an_unknown_list_is_refused_before_anything_is_done(home, mirror):
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    with pytest.raises(InputError, match="no list is called 'onw'"):
        update(home, source=str(folder), lists=["onw"])
    assert active_id(home) is None


def test_a_folder_without_lists_yml_says_what_it_needs(home, tmp_path):
    with pytest.raises(DataError, match=r"lists\.yml"):
        update(home, source=str(tmp_path))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def served(mirror):
    """Serves a mirror on loopback."""
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", folder
    server.shutdown()
    server.server_close()


def test_a_mirror_over_http_gives_the_same_as_its_folder(home, served, tmp_path):
    address, folder = served
    over_http = update(home, source=address).snapshot.manifest.id
    other = tmp_path / "other"
    shutil.copytree(home / "lists.d", other / "lists.d")
    assert update(other, source=str(folder)).snapshot.manifest.id == over_http


def test_a_file_the_mirror_lacks_is_refused_and_said(home, served):
    address, folder = served
    (folder / "2024-01-05.csv").unlink()
    report = update(home, source=address)
    (refused,) = report.refused
    assert isinstance(refused.error, NetworkError)
    assert "404" in str(refused.error)


def test_the_bundled_sample_needs_no_network(tmp_path):
    report = update(tmp_path / "fresh", lists=["limen_starter"])
    assert results(report) == [("2022-04-30", "stored")]


def test_a_bundled_sample_loaded_years_later_is_still_of_its_day(tmp_path):
    late = datetime(2031, 5, 1, tzinfo=UTC)
    home = tmp_path / "fresh"
    update(home, lists=["limen_starter"], clock=lambda: late)
    lists = Engine(Snapshot(active_folder(home)), clock=lambda: late).coverage()
    states = {coverage.list: coverage.state for coverage in lists}
    assert states.pop("limen_starter") == "stale"
    assert set(states.values()) == {"missing"}, "the official lists were never loaded"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_home_that_cannot_be_written_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(DataError, match="home folder"):
        update(tmp_path / "home", lists=["limen_starter"])


def test_a_snapshot_that_misses_its_canary_is_not_activated(home, mirror, monkeypatch):
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    active = update(home, source=str(folder)).snapshot.manifest.id
    monkeypatch.setattr(Engine, "screen", lambda *_, **__: _Nothing())
    with pytest.raises(DataError, match="canary"):
        update(home, source=str(mirror({"2024-02-05": table(*PEOPLE, "New Man")})))
    assert active_id(home) == active
    assert not [each for each in (home / "snapshots").iterdir() if each.name.startswith(".build")]


class _Nothing:
    findings = ()


def test_versions_survive_a_build_that_fails(home, mirror, monkeypatch):
    monkeypatch.setattr(Engine, "screen", lambda *_, **__: _Nothing())
    with pytest.raises(DataError, match="canary"):
        update(home, source=str(mirror({"2024-01-05": table(*PEOPLE)})))
    with Archive.open(str(home / "archive.sqlite")) as archive:
        assert [each.published for each in archive.versions("own")] == ["2024-01-05"]


UN_WITH_A_BAD_YEAR = """\
<CONSOLIDATED_LIST dateGenerated="2024-01-04T00:00:00"><INDIVIDUALS><INDIVIDUAL>
<FIRST_NAME>ANTON</FIRST_NAME><REFERENCE_NUMBER>QDi.1</REFERENCE_NUMBER>
<UN_LIST_TYPE>X</UN_LIST_TYPE><LISTED_ON>2020-01-01</LISTED_ON>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>{year}</FROM_YEAR>
<TO_YEAR>1970</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>
"""


@pytest.mark.parametrize("year", ["Mar", "9223372036854775808", "²"])
def test_one_bad_value_refuses_its_list_with_the_place_and_the_others_go_on(home, mirror, year):
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    (folder / "un.xml").write_text(UN_WITH_A_BAD_YEAR.format(year=year))
    listing = (folder / "lists.yml").read_text().splitlines()
    bad = "  - {list: un_sc, format: un_xml, published: 2024-01-04, files: {xml: un.xml}}"
    (folder / "lists.yml").write_text("\n".join([listing[0], bad, *listing[1:]]) + "\n")
    report = update(home, source=str(folder))
    assert [(each.list_id, each.result) for each in report.outcomes] == [
        ("un_sc", "refused"),
        ("own", "stored"),
    ]
    (refused,) = report.refused
    assert "un.xml line 1" in refused.error.where
    assert report.snapshot is not None


def serve_from(tmp_path, home, text):
    """Serve the own list as its publisher does, with an ETag; return the server."""
    body = text.encode()

    class Publisher(_Quiet):
        def do_GET(self):
            unchanged = self.headers.get("If-None-Match") == '"v1"'
            self.send_response(304 if unchanged else 200)
            self.send_header("ETag", '"v1"')
            self.send_header("Last-Modified", "Fri, 05 Jan 2024 09:00:00 GMT")
            self.send_header("Content-Length", "0" if unchanged else str(len(body)))
            self.end_headers()
            if not unchanged:
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/own.csv"
    download = f'downloads: [{{format: limen_csv, files: {{csv: "{url}"}}}}]'
    (home / "lists.d" / "own.yml").write_text(OWN.replace("downloads: []", download))
    return server


def at(day):
    moment = datetime.fromisoformat(f"{day}T08:00:00+00:00")
    return {"clock": lambda: moment, "fetcher": Fetcher(clock=moment.timestamp)}


def test_a_list_that_was_found_unchanged_is_current_without_a_build(home, tmp_path, monkeypatch):
    server = serve_from(tmp_path, home, table(*PEOPLE))
    first = update(home, lists=["own"], **at("2024-01-06")).snapshot
    old = Engine(Snapshot(first.folder)).screen(
        {"name": ["Nobody At All"]}, as_of="2024-01-30", lists=["own"]
    )
    monkeypatch.setattr("limen.snapshot.build.current.build", None)
    report = update(home, lists=["own"], **at("2024-02-20"))
    server.shutdown()
    server.server_close()
    assert [each.result for each in report.outcomes] == ["unchanged"]
    (coverage,) = Engine(Snapshot(active_folder(home))).coverage(as_of="2024-02-20", lists=["own"])
    assert (coverage.state, coverage.age_days) == ("ok", 0)
    assert replay(Engine(Snapshot(first.folder)), old.to_dict()).same
    monkeypatch.undo()
    rebuilt = build(home, registry_of(home), use=False)
    assert rebuilt.manifest.id == active_id(home), "a build gives the same snapshot"


def test_damaged_files_are_built_again_and_not_taken_over(home, tmp_path):
    server = serve_from(tmp_path, home, table(*PEOPLE))
    first = update(home, lists=["own"], **at("2024-01-06")).snapshot
    damaged = first.folder / "parties.list.npy"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    again = update(home, lists=["own"], **at("2024-02-20")).snapshot
    server.shutdown()
    server.server_close()
    verify(again.folder)


def test_a_limit_that_was_changed_in_the_registry_is_served_after_the_next_update(home, mirror):
    folder = mirror({"2024-01-05": table(*PEOPLE)})
    update(home, source=str(folder))
    (home / "lists.d" / "own.yml").write_text(OWN.replace("max_age_days: 30", "max_age_days: 3"))
    update(home, source=str(folder))
    (coverage,) = Engine(Snapshot(active_folder(home))).coverage(as_of="2024-01-10", lists=["own"])
    assert (coverage.state, coverage.max_age_days) == ("stale", 3)
