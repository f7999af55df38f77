# Two doors: `make screen` runs the main job on a fresh machine, `make test` passes the tests.
# Both install exactly the lock in requirements/; tools/environment.py says how.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# The day the bundled sample speaks for; the official lists speak for today.
SAMPLE_DAY := 2022-04-30
ENVIRONMENT := $(PYTHON) tools/environment.py
# What `make test-minimum` runs, all where it is empty: TESTS="tests/lists tests/batch".
TESTS ?=
# What `make mutants` tries: MUTANTS="--rooms names,law --sample 30 --seed 5".
MUTANTS := --sample 10 --seed 1
# How long `make fuzz` runs, and which inputs it makes: SECONDS=3600 SEED=7.
SECONDS := 600
SEED := 1
# How often `make crash` ends commands: TIMES=10000.
TIMES := 300
# What an environment is made from: the lock, and the kernels that are compiled into it.
SOURCES := pyproject.toml $(wildcard requirements/*.txt) hatch_build.py \
	$(wildcard tools/*_kernels.py) $(wildcard src/limen/names/kernels/*.py)

.PHONY: screen test spark test-pure test-minimum test-interpreted check lock upgrade audit sbom bench browser postgresql python crash fuzz mutants three-ways clean
.DEFAULT_GOAL := screen

screen: $(VENV)/.installed ## set up, then screen the example portfolio against the bundled sample
	$(BIN)/limen lists update limen_starter
	$(BIN)/limen screen examples/portfolio.csv --list limen_starter --as-of $(SAMPLE_DAY) --format table

test: $(VENV)/.installed-test check browser postgresql spark ## set up, then lint, types, import contract and tests
	$(BIN)/pytest

test-minimum: python ## the tests on the oldest versions that pyproject.toml declares
	$(ENVIRONMENT) install --venv $(VENV)-minimum --lock minimum --extras all
	$(VENV)-minimum/bin/pytest $(TESTS)

test-interpreted: $(VENV)/.installed-test ## the tests of names with no compiled kernel
	LIMEN_PURE=1 $(BIN)/pytest tests/golden tests/names

test-pure: $(VENV)/.installed-test ## what compares names, with the kernels interpreted
	LIMEN_PURE=1 $(BIN)/pytest tests/names tests/golden tests/screening

check: $(VENV)/.installed-test
	$(ENVIRONMENT) check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: python ## make the lock follow pyproject.toml, moving as little as can be
	$(ENVIRONMENT) lock

upgrade: python ## take the newest versions into the lock, run the tests, list what moved
	$(ENVIRONMENT) lock --upgrade
	$(ENVIRONMENT) moved
	@$(MAKE) test test-minimum; result=$$?; $(ENVIRONMENT) moved; exit $$result

audit: python ## known weaknesses of what is locked; needs pypi.org itself
	$(ENVIRONMENT) audit

sbom: python ## sbom.json: what is locked, as CycloneDX
	$(ENVIRONMENT) sbom

browser: $(VENV)/.installed-test ## Chromium and axe-core for the tests of the pages, where they can be had
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || echo "NO BROWSER: the pages are not tested in one"
	@test -f $(VENV)/axe.min.js || { cd $(VENV) && npm pack --silent axe-core@4.14.1 >/dev/null && tar xzf axe-core-4.14.1.tgz --strip-components=1 package/axe.min.js && rm axe-core-4.14.1.tgz; } || echo "NO AXE-CORE: the pages' accessibility is not tested"

postgresql: ## a PostgreSQL server for the tests of the archive and the cases, where it can be had
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq postgresql >/dev/null; } || echo "NO POSTGRESQL: the archive and the cases are not tested on it"

spark: $(VENV)/.installed-test ## Spark and the engines it is tested with, where there is a Java of 17 or later
	@$(ENVIRONMENT) spark --venv $(VENV)

bench: $(VENV)/.installed-test ## the claims of the README, measured again
	$(BIN)/python -m benchmarks.main_job

python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not on the PATH; Limen needs Python 3.11 or later. Name one: make PYTHON=/path/to/python3.12 screen"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit("Limen needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 screen") if sys.version_info < (3, 11) else None'

$(VENV)/.installed: $(SOURCES) | python
	$(ENVIRONMENT) install --venv $(VENV)
	@touch $@

$(VENV)/.installed-test: $(SOURCES) | python
	$(ENVIRONMENT) install --venv $(VENV) --extras all
	@touch $@ $(VENV)/.installed

three-ways: ## both doors in fresh clones: as is, without a C compiler, interpreted
	tools/three_ways.sh

crash: $(VENV)/.installed-test ## kills of every command that writes: TIMES=300 SEED=1
	nice $(BIN)/python -m tests.crash --times $(TIMES) --seed $(SEED)
	nice $(BIN)/python -m benchmarks.lists.kills --times $(TIMES) --seed $(SEED)

fuzz: $(VENV)/.installed-test ## changed inputs for every reader, and inputs that grow: SECONDS=600 SEED=1
	nice $(BIN)/python -m tests.fuzz.patterns
	nice $(BIN)/python -m tests.fuzz.growth --seconds $(SECONDS) --seed $(SEED)
	nice $(BIN)/python -m tests.fuzz --seconds $(SECONDS) --seed $(SEED)

mutants: $(VENV)/.installed-test ## change one thing at a time; the tests must notice (docs/mutation.md)
	nice $(BIN)/python tools/mutate.py $(MUTANTS)

clean:
	rm -rf $(VENV) $(VENV)-minimum .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
