"""A pass loads, re-screens, alerts and measures; what is wrong is an alarm, and nothing is lost."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from msgspec.structs import replace
from tests.rescreening.bases import BASE
from tests.watching.own_list import CANARY, LIST, QUESTION, Clock, make_home, publish

from limen.cases.exchange.figures import figures
from limen.cases.place import open_cases
from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.model import BusyError, DataError
from limen.rescreening.bases.base_home import base_folder
from limen.rescreening.run_record import last_run
from limen.util.exit_codes import ExitCode
from limen.watching import alerts_of_runs
from limen.watching.lag import read_state
from limen.watching.watch import watch_once, watching
from limen.watching.watch_report import WatchSettings


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    make_home(home)
    monkeypatch.setenv("LIMEN_HOME", str(home))
    return home


@pytest.fixture
def settings(tmp_path):
    publish(tmp_path / "lists", "2024-01-02", "Ivan Petrenko")
    return WatchSettings(
        source=str(tmp_path / "lists"), question=QUESTION, metrics=tmp_path / "limen.prom"
    )


def alerts(home):
    """Each alert that was written: its customer, finding, outcome and run."""
    lines = [
        json.loads(line)
        for path in sorted((home / "watch" / "alerts").glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    return [
        ((line["after"] or line["before"])["customer"], line["outcome"], line["run"])
        for line in lines
    ]


def second_day(settings, home):
    """Watch for two days; on the second, Olena Hrytsenko comes to the list."""
    first = watch_once(home, settings, clock=Clock("2024-01-02T10:00:00"))
    publish(home.parent / "lists", "2024-01-03", "Ivan Petrenko", "Olena Hrytsenko")
    return first, watch_once(home, settings, clock=Clock("2024-01-03T10:00:00"))


def test_a_day_is_loaded_re_screened_alerted_and_measured(home, settings):
    first, second = second_day(settings, home)
    assert (first.alarms, second.alarms) == ((), ())
    assert second.loaded == (f"{LIST} 2024-01-03",)
    assert {(customer, what) for customer, what, _ in alerts(home)} == {
        ("C0", "new"),
        ("C1", "new"),
    }
    assert len(alerts(home)) == 2
    lag = read_state(home / "watch" / "state.json").lists[LIST]
    ten = 10 * 3600
    steps = [lag.seconds(each) for each in (lag.loaded, lag.rescreened[BASE], lag.alerted[BASE])]
    assert steps == sorted(steps)
    assert all(ten < each < ten + 60 for each in steps)


def test_the_metrics_name_lists_and_bases_and_no_customer(home, settings):
    second_day(settings, home)
    text = settings.metrics.read_text()
    assert 'limen_watch_alarms{kind="list"} 0\n' in text
    assert f'limen_watch_lag_seconds{{list="{LIST}",step="first_alert",base="{BASE}"}} 360' in text
    assert 'limen_watch_pairs{base="retail",outcome="new"} 1\n' in text
    assert CANARY not in text
    assert "C1" not in text
    assert all(line.startswith(("#", "limen_watch_")) for line in text.splitlines())


def test_the_first_version_that_is_seen_has_no_lag(home, settings):
    report = watch_once(home, settings, clock=Clock("2024-01-20T10:00:00"))
    assert report.alarms == ()
    assert "step=" not in settings.metrics.read_text()


def test_a_version_that_came_late_is_an_alarm_once(home, settings):
    watch_once(home, settings, clock=Clock("2024-01-02T10:00:00"))
    publish(home.parent / "lists", "2024-01-03", "Ivan Petrenko", "Olena Hrytsenko")
    late = watch_once(home, settings, clock=Clock("2024-01-04T12:30:00"))
    assert [(alarm.kind, alarm.about) for alarm in late.alarms] == [("lag", LIST)]
    assert "36.5 hours" in late.alarms[0].text
    assert late.exit_code == ExitCode.CANNOT_SAY
    assert watch_once(home, settings, clock=Clock("2024-01-04T13:30:00")).alarms == ()


def test_a_refused_version_is_an_alarm_and_the_bases_are_re_screened_all_the_same(home, settings):
    watch_once(home, settings, clock=Clock("2024-01-02T10:00:00"))
    publish(home.parent / "lists", "2024-01-03")  # one entry: below the list's band
    report = watch_once(home, settings, clock=Clock("2024-01-03T10:00:00"))
    assert [(alarm.kind, alarm.about) for alarm in report.alarms] == [("list", LIST)]
    assert report.exit_code == ExitCode.DATA_REFUSED
    assert [each.base for each in report.runs] == [BASE]
    assert len(alerts(home)) == 1


def test_a_list_that_grew_too_old_is_an_alarm(home, settings):
    watch_once(home, settings, clock=Clock("2024-01-02T10:00:00"))
    report = watch_once(home, settings, clock=Clock("2024-03-01T10:00:00"))
    assert [(alarm.kind, alarm.about) for alarm in report.alarms] == [("coverage", LIST)]
    assert report.exit_code == ExitCode.CANNOT_SAY


def test_one_base_that_fails_does_not_hold_up_another(home, settings):
    settings = replace(settings, bases=("missing", BASE))
    report = watch_once(home, settings, clock=Clock("2024-01-02T10:00:00"))
    assert [(alarm.kind, alarm.about) for alarm in report.alarms] == [("base", "missing")]
    assert [each.base for each in report.runs] == [BASE]


def test_nothing_new_is_no_run_and_no_alert(home, settings):
    clock = Clock("2024-01-02T10:00:00")
    watch_once(home, settings, clock=clock)
    before = alerts(home)
    assert watch_once(home, settings, clock=clock).runs == ()
    assert alerts(home) == before


def test_alerts_of_a_run_that_was_ended_before_them_are_written_by_the_next(
    home, settings, monkeypatch
):
    clock = Clock("2024-01-02T10:00:00")
    with monkeypatch.context() as broken:
        broken.setattr(
            alerts_of_runs, "whole_file", lambda *_, **__: (_ for _ in ()).throw(OSError())
        )
        with pytest.raises(DataError, match="cannot be written"):
            watch_once(home, settings, clock=clock)
    run_id = last_run(base_folder(home, BASE))
    assert run_id
    assert alerts(home) == []
    watch_once(home, settings, clock=clock)
    assert alerts(home) == [("C0", "new", run_id)]


def test_alerts_go_to_the_case_store_where_there_is_one(home, settings):
    with open_cases(home):
        pass
    second_day(settings, home)
    assert not (home / "watch" / "alerts").exists()
    with open_cases(home) as cases:
        assert figures(cases.database, "2024-01-03T12:00:00Z")["opened_by_channel"] == {"base": 2}


def test_one_watch_at_a_time(home):
    with watching(home), pytest.raises(BusyError, match="limen watch"), watching(home):
        pass


def test_a_damaged_state_is_refused(home, settings):
    (home / "watch").mkdir()
    (home / "watch" / "state.json").write_text("{")
    with pytest.raises(DataError, match="state of the watch"):
        watch_once(home, settings)


class Receiver(BaseHTTPRequestHandler):
    """Another system, that receives alarms."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.received.append(json.loads(body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


def test_alarms_are_posted_and_what_cannot_be_sent_is_one_more(home, settings):
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.received = []
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/alarms"
    settings = replace(settings, bases=("missing",), alarm_url=url)
    try:
        watch_once(home, settings, clock=Clock("2024-01-02T10:00:00"))
    finally:
        server.shutdown()
        server.server_close()
    (received,) = server.received
    assert [alarm["about"] for alarm in received["alarms"]] == ["missing"]
    report = watch_once(home, settings, clock=Clock("2024-01-02T11:00:00"))
    assert [alarm.kind for alarm in report.alarms] == ["base", "delivery"]


@pytest.mark.parametrize("bad", ["36", "0h", "1w", "-1h", ""])
def test_a_length_of_time_that_cannot_be_read_is_refused(home, bad):
    assert run(limen, ["watch", "--most-lag", bad]) == ExitCode.USAGE


def test_the_command_leaves_with_the_alarm(home, settings, capsys):
    arguments = ["watch", "--from", settings.source, "--list", LIST, "--format", "json"]
    code = run(limen, arguments)
    (report,) = json.loads(capsys.readouterr().out)
    assert code == ExitCode.CANNOT_SAY  # the version of 2024 is too old today
    assert [alarm["kind"] for alarm in report["alarms"]] == ["coverage"]
