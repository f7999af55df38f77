"""The walk in short: every job of a day in a small home, in a browser, with its assertions.

``python -m tests.walk docs/walk`` walks it on the real lists and takes the pictures.
"""

from __future__ import annotations

import pytest
from tests.screened import TODAY
from tests.server.conftest import make_home
from tests.walk import asking, deciding
from tests.walk.pictures import check
from tests.walk.site import CHROMIUM, served_site

from limen.server import Settings

pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="NO BROWSER: `apt-get install chromium`; the walk is NOT done",
)
_CASES = 4


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A served home with a queue, and people who have accounts."""
    home = tmp_path_factory.mktemp("walk") / "home"
    home.mkdir()
    settings = Settings(home=make_home(home), clock=lambda: TODAY, rate=0.0)
    deciding.open_queue(settings, _CASES + 1)
    with served_site(settings) as site:
        yield site
        assert not site.faults


@pytest.mark.parametrize("job", asking.JOBS, ids=lambda job: job.__name__)
def test_a_job_that_asks(site, job):
    with site.page_of() as page:
        job(site, page, check)


def test_a_file_from_its_upload_to_the_answer_of_a_row(site, tmp_path):
    path = asking.write_portfolio(tmp_path / "customers.csv", 60)
    with site.page_of() as page:
        asking.file_of_rows(site, page, check, path)


def test_the_desk_from_the_first_decision_to_the_end_of_a_good_guy(site, tmp_path):
    with (
        site.page_of("anna") as anna,
        site.page_of("bo") as bo,
        site.page_of("cleo") as cleo,
        site.page_of("dora") as dora,
    ):
        alert = deciding.decide(site, anna, check)
        deciding.sign(site, cleo, check, alert)
        deciding.queue(site, anna, check, _CASES)
        deciding.pack(site, dora, check, alert, tmp_path)
        deciding.figures(site, cleo, check)
        deciding.good_guy(site, bo, cleo, check, alert)
