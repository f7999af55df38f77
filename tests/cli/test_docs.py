"""The page about the command line says what the commands say."""

import build_cli_docs


def test_the_page_is_current():
    assert build_cli_docs.PAGE.read_text() == build_cli_docs.page(), (
        "run python tools/build_cli_docs.py"
    )
