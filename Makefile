# Every recipe does its own set-up: Python 3.11 or newer (with venv) and make are all that a fresh machine needs.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
# The version that wrote the locks; another may order them differently.
UV_VERSION := 0.13.8
UV := $(VENV)/lock/bin/uv
# Extras stay in the pins: without them an old pip looks past a pin for "coverage[toml]" and finds a release without hash.
COMPILE_ONE := $(UV) pip compile --quiet --no-strip-extras --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header
COMPILE := $(COMPILE_ONE) pyproject.toml
# More words for pytest: make test PYTEST_ARGS="-k overdue"
PYTEST_ARGS ?=
# How many broken files the benchmark reads: ten thousand take about ten minutes on two processors.
MUTANTS ?= 10000
# How long a plan the workbook and the CSV are written of, and how many lines of the trail stand in the workbook.
ACTIONS ?= 100000
EVENTS ?= 100000
# How many random changes the tamper run makes.
TAMPERINGS ?= 1000
# As many tests at once as there are processors; a file stays together, because its tests may share a server. The files run
# in the order that tests/conftest.py gives them: the long ones first.
AT_ONCE := -n auto --dist loadfile --no-loadscope-reorder
# Compiled code is kept, also where the machine says otherwise: each test process, and each program that a test starts,
# would compile everything again.
COMPILED := -u PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite test-postgres check bench lock clean venv runtime dev frontend

help: ## list the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The command fetches the front-end files itself, and says so.
run: runtime ## start the whole application on this machine (PORT=8000; EMPTY=1 for no demonstration, HISTORY=1 for one with a past)
	@$(BIN)/python manage.py serve

# One after the other also under make -j: the two share the machine.
test: frontend ## run the tests on SQLite, then on PostgreSQL those in which the database matters
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgres

test-sqlite: frontend ## run the tests on SQLite alone
	@echo "The tests on SQLite:"
	@env -u DATABASE_URL $(COMPILED) $(BIN)/python -m pytest $(AT_ONCE) $(PYTEST_ARGS)

# What asks the database in ways of its own, who may see which rows, and a walk that opens every page as every role, of
# the admin as its lead. What knows no database, or looks at a page's words, is the same on each and runs once.
ON_POSTGRES := $(addprefix tests/, models services management api benchmarks web/test_leaks.py web/test_list.py \
  $(notdir $(wildcard tests/test_access*.py)) test_worlds.py test_celery.py test_delivery.py test_digest_mail.py \
  test_packing.py \
  admin/test_leaks.py::test_a_lead_reads_no_word_of_another_authority_anywhere_about_a_kind_of_record)

test-postgres: frontend ## run those in which the database matters, on a PostgreSQL of their own
	@echo "The tests on PostgreSQL:"
	@env $(COMPILED) $(BIN)/python -W "ignore:XDG_RUNTIME_DIR" -m tests.servers postgres -- $(BIN)/python -m pytest $(AT_ONCE) $(ON_POSTGRES) $(PYTEST_ARGS)

frontend: dev ## fetch the front-end files (into var/frontend)
	@$(BIN)/python -m config.frontend.build

check: dev ## check format, lint, types and that no migration is missing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run

# All are run, also where one misses its aim. Where a database or a mail server is needed, they bring their own.
bench: dev ## run the benchmarks; their sizes: MUTANTS, ACTIONS, EVENTS, TAMPERINGS
	@missed=0; \
	$(BIN)/python -m tests.benchmarks.reading || missed=1; \
	$(BIN)/python -m tests.benchmarks.mutants $(MUTANTS) || missed=1; \
	$(BIN)/python -W ignore:XDG_RUNTIME_DIR -m tests.benchmarks.notices || missed=1; \
	$(BIN)/python -W ignore:XDG_RUNTIME_DIR -m tests.benchmarks.faults || missed=1; \
	$(BIN)/python -m tests.benchmarks.sheets $(ACTIONS) $(EVENTS) || missed=1; \
	$(BIN)/python -m tests.benchmarks.paper || missed=1; \
	$(BIN)/python -W ignore:XDG_RUNTIME_DIR -m tests.servers postgres -- $(BIN)/python -m tests.benchmarks.as_at || missed=1; \
	$(BIN)/python -W ignore:XDG_RUNTIME_DIR -m tests.servers postgres -- $(BIN)/python -m tests.benchmarks.whole $(ACTIONS) || missed=1; \
	$(BIN)/python -m tests.benchmarks.tampering $(TAMPERINGS) || missed=1; \
	$(BIN)/python -W ignore:XDG_RUNTIME_DIR -m tests.servers postgres -- $(BIN)/python -m tests.benchmarks.trail || missed=1; \
	exit $$missed

lock: venv ## write the lock files anew from pyproject.toml and config/frontend/requirements.in
	@test -x $(UV) || { $(BIN)/python -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra dev --constraint requirements.lock --output-file tests/requirements.lock
	$(COMPILE_ONE) config/frontend/requirements.in --output-file config/frontend/requirements.lock

clean: ## remove what the recipes made (not var/, where your data is)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

# The first of these names that is Python 3.11 or newer; a name may exist and still not run.
venv:
	@test -x $(BIN)/python || { \
	  for name in $(PYTHON) python3.11 python3 python; do \
	    if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	  fi; \
	  $$found -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; }

# A copy of the lock inside .venv says what is installed; its content is compared, since a checkout changes the times.
runtime: venv
	@cmp -s requirements.lock $(VENV)/runtime.lock || { \
	  echo "Installing what the application needs (about half a minute)…"; \
	  $(INSTALL) -r requirements.lock && cp requirements.lock $(VENV)/runtime.lock; }

# The tests' lock holds every pin of the application's own.
dev: venv
	@cmp -s tests/requirements.lock $(VENV)/dev.lock || { \
	  echo "Installing what the application and its tests need (about a minute)…"; \
	  $(INSTALL) -r tests/requirements.lock \
	    && cp tests/requirements.lock $(VENV)/dev.lock && cp requirements.lock $(VENV)/runtime.lock; }
