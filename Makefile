# Targets that a person calls; `make help` lists them. Works with GNU make 3.81 and newer.

PORT ?= 8000
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
BROWSER := $(VENV)/.browser-found
POSTGRES := $(VENV)/.postgres-looked-for
PATRONI := $(VENV)/.patroni-found

# The first Python that is new enough; macOS's own may be older.
PYTHON = $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

# Without a terminal to ask for a password, sudo must not wait for one.
SUDO = $(shell [ "$$(id -u)" = 0 ] || { [ -t 0 ] && echo sudo || echo sudo -n; })
APT_INSTALL = $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends
LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock' pyproject.toml --group install

# What Python compiled is kept, wherever the environment says otherwise: a run of the tests starts it many times.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup install run test test-postgres test-failover sweep check format bench preview pictures lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

setup: $(DEV) ## install everything into .venv: to run, to test and to check

install: $(RUNTIME) ## install into .venv what running needs, and nothing else

run: $(RUNTIME) ## start DreamTree on 127.0.0.1 (PORT=8000, WORKERS=one more than cores)
	@exec $(BIN)/flask --app app serve --port $(PORT) --workers $(WORKERS)

# Two processes a core; whichever is free takes the next file, those that wait between those that work: see `tests/conftest.py`.
BESIDE := -n auto --dist loadfile --no-loadscope-reorder

# What differs most between the engines, once more on a database server; `make test-postgres` runs all that can differ.
COVERING = tests/postgres tests/units/test_db.py tests/units/test_maintain.py tests/rules/test_schema.py \
	tests/rules/test_upgrade.py tests/rules/test_one_post.py $(SIGNING_IN:%=tests/pages/test_sign_in.py::test_%)
SIGNING_IN := too_many_tries_wait_longer_each_time unknown_and_wrong_get_the_same_answer \
	signing_in_again_ends_the_session_that_was_here from_a_sample_one_signs_in_to_ones_own \
	signing_out_clears_the_browser a_save_that_meets_the_end_of_a_session_asks_to_sign_in \
	when_two_trees_are_one_the_account_is_who_is_here after_a_quarter_of_an_hour_nothing_waits
ON_A_SERVER := $(BIN)/python -m tests.postgres.cluster --if-there

test: $(DEV) $(BROWSER) $(POSTGRES) ## run all tests (T='tests/units -k pairs' for some)
	$(BIN)/python -m pytest $(or $(T),$(BESIDE))
	$(if $(T),,$(ON_A_SERVER) $(BIN)/python -m pytest $(BESIDE) $(COVERING))

test-postgres: $(DEV) $(POSTGRES) ## run rules, pages, units and tools on a PostgreSQL server of its own
	$(ON_A_SERVER) $(BIN)/python -m pytest $(BESIDE) $(or $(T),tests/postgres tests/rules tests/pages tests/units tests/tools)

sweep: $(DEV) $(BROWSER) $(POSTGRES) ## run every test of every exercise, with more examples (for nights and releases)
	$(BIN)/python -m pytest $(BESIDE) --everything
	$(ON_A_SERVER) $(BIN)/python -m pytest $(BESIDE) --everything tests/postgres tests/rules tests/pages tests/units tests/tools

test-failover: $(DEV) $(POSTGRES) $(PATRONI) ## lose the leader of three database servers in every way while people save, and look for every text
	$(BIN)/python -m tests.postgres.failover

check: $(DEV) ## lint, format, types, import order, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict dreamtree app.py
	$(BIN)/lint-imports
	$(BIN)/djlint --lint templates

format: $(DEV) ## put the Python files into the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV) $(BROWSER) ## measure pages, saves, the skill search and refused sign-ins
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.sign_in
	$(BIN)/python -m tests.bench.load

preview: $(DEV) $(BROWSER) ## draw static/preview.png anew, which links to DreamTree are shown with
	$(BIN)/python -m tests.browser.preview

pictures: $(DEV) $(BROWSER) ## draw the pictures of the README anew, from a sample tree
	$(BIN)/python -m tests.browser.pictures

lock: $(BIN)/uv ## write both lock files anew from pyproject.toml
	$(LOCK) --upgrade -o requirements.lock
	$(LOCK) --upgrade --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove .venv and all caches; what people wrote stays
	rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/pip:
	@[ -n "$(PYTHON)" ] || { echo "DreamTree needs Python 3.11 or newer: apt-get install python3, or python.org."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		echo "Python's venv module is missing: installing $$package"; \
		$(APT_INSTALL) $$package || { echo "Please install it yourself: apt-get install $$package"; exit 1; }; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)

# uv comes from the lock file too, with its hashes, and then installs the rest.
$(BIN)/uv: | $(BIN)/pip
	awk '/^[^ #]/ {keep = /^uv==/} keep' requirements.lock > $(VENV)/uv.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt

$(RUNTIME): requirements.lock | $(BIN)/uv
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements.lock
	@rm -f $(DEV)
	@touch $@

$(DEV): requirements.lock requirements-dev.lock | $(BIN)/uv
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements-dev.lock
	@touch $(RUNTIME) $@

# A browser that is there, else Debian's, else the one that Playwright brings. Its shell is quicker, where there is one.
$(BROWSER): | $(DEV)
	@$(BIN)/python -m tests.browser.chromium both \
		|| { command -v apt-get >/dev/null && { $(APT_INSTALL) chromium chromium-headless-shell; }; $(BIN)/python -m tests.browser.chromium; } \
		|| $(BIN)/playwright install chromium \
		|| { echo "The browser tests need Chromium or Chrome: please install one."; exit 1; }
	@touch $@

# PostgreSQL's programs, or Debian's package. Where there is neither, the tests of a server are left out, and say so.
$(POSTGRES): | $(DEV)
	@$(BIN)/python -m tests.postgres.cluster true 2>/dev/null \
		|| { command -v apt-get >/dev/null && { $(APT_INSTALL) postgresql; }; } \
		|| echo "PostgreSQL isn't here, and can't be installed: its tests are left out."
	@touch $@

# Debian starts what it installs; the test starts servers of its own, so those end at once and stay so.
$(PATRONI): | $(DEV)
	@command -v patroni >/dev/null && command -v etcd >/dev/null || { \
		$(APT_INSTALL) patroni etcd-server && for one in patroni etcd; do \
			$(SUDO) systemctl disable --now $$one 2>/dev/null || $(SUDO) service $$one stop 2>/dev/null || true; done; } \
		|| { echo "The failover test needs Patroni and etcd: apt-get install patroni etcd-server"; exit 1; }
	@touch $@
