# Two doors: `make screen` runs the main job on a fresh machine, `make test` passes the tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# The day the bundled sample speaks for; the official lists speak for today.
SAMPLE_DAY := 2022-04-30

.PHONY: screen test check bench browser clean
.DEFAULT_GOAL := screen

screen: $(VENV)/.installed ## set up, then screen the example portfolio against the bundled sample
	$(BIN)/limen lists update limen_starter
	$(BIN)/limen screen examples/portfolio.csv --list limen_starter --as-of $(SAMPLE_DAY) --format table

test: $(VENV)/.installed-test check browser ## set up, then lint, types, import contract and tests
	$(BIN)/pytest

check: $(VENV)/.installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser: $(VENV)/.installed-test ## Chromium and axe-core for the tests of the pages, where they can be had
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || echo "NO BROWSER: the pages are not tested in one"
	@test -f $(VENV)/axe.min.js || { cd $(VENV) && npm pack --silent axe-core@4.14.1 >/dev/null && tar xzf axe-core-4.14.1.tgz --strip-components=1 package/axe.min.js && rm axe-core-4.14.1.tgz; } || echo "NO AXE-CORE: the pages' accessibility is not tested"

bench: $(VENV)/.installed-test ## the claims of the README, measured again
	$(BIN)/python -m benchmarks.main_job

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Limen needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 screen") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[batch,postgres,test]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
