# The commands of this project. Python 3.11 or newer (with venv) and make are all it needs; `make` alone prints this list.
# Paths are relative on purpose: the checkout may lie anywhere, also in a folder with spaces in its name.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-postgres test-browser check bench locks fixtures messages clean

ADDR ?= 127.0.0.1:8000
ARGS ?=
python := .venv/bin/python
# Both cores, each taking over what the other has left.
both := -n 2 --dist worksteal
# How many lines and branches of the site were seen. It warns that it looks at no test, and shall not.
measured := -W 'ignore:Unable to activate pytest branch coverage' -m tests.measured
# Node runs from the wheel, whatever the machine has.
node := PATH="$(CURDIR)/.venv/bin:$$PATH"

help: ## This list
	@echo 'make COMMAND, where COMMAND is one of'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s%s\n", $$1, $$2 }'

# Who has a .env decides with it what is served; without one it is the demo, in the clear, for this machine.
setting = $(or $($1),$(shell sed -n 's/^$1=//p' .env 2>/dev/null),$(if $(wildcard .env),false,true))
ifeq ($(wildcard .env),)
run: export ALLOWED_HOSTS ?= 127.0.0.1,localhost,[::1],$(firstword $(subst :, ,$(ADDR)))
endif
run: export DEBUG := $(call setting,DEBUG)
run: export DEMO := $(call setting,DEMO)
run: .venv/.runtime frontend/dist/app.css ## Set everything up and serve the demo (ADDR=127.0.0.1:8000)
	@mkdir -p var
	@$(python) manage.py migrate --verbosity 0
	@if [ $(DEMO) = true ]; then $(python) manage.py seed_demo; fi
	@if [ $(DEBUG) = true ]; then exec $(python) manage.py runserver "$(ADDR)"; fi; \
		$(python) manage.py collectstatic --no-input --verbosity 0 && \
		exec $(python) -m gunicorn --bind "$(ADDR)"

setup: .venv/.runtime frontend/dist/app.css ## Install and compile, nothing else (for production: see docs/operations.md)

test: .venv/.dev frontend/dist/app.css ## Run the tests, all but the browser's (ARGS='tests/models -x' for some of them)
	$(python) $(if $(ARGS),-m pytest $(ARGS),$(measured) -m pytest $(both))

test-postgres: .venv/.dev frontend/dist/app.css ## Those that use a database, on PostgreSQL (TEST_DATABASE_URL=, else one from a wheel)
	$(python) -m tests.postgres $(python) -m pytest $(if $(ARGS),$(ARGS),$(both) -m "database and not browser")

test-browser: .venv/.dev frontend/dist/app.css ## The tests that click through Chromium (CHROMIUM=/usr/bin/chromium)
	$(python) -m pytest -m browser $(if $(ARGS),$(ARGS),-n 2 tests/browser)

check: export DEBUG = true
check: export DATABASE_URL = sqlite://:memory:
check: .venv/.dev frontend/dist/app.css ## Lint, formatting, import rules, types, migrations, production settings
	$(python) -m ruff check
	$(python) -m ruff format --check
	.venv/bin/lint-imports
	find templates recommendations -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 5.2
	$(python) -m mypy
	$(python) manage.py makemigrations --check --dry-run
	@echo 'manage.py check --deploy, with production settings'
	@DEBUG=false DEMO=false SECURE=true ALLOWED_HOSTS=tracker.example.gov.uk \
		SECRET_KEY="$$($(python) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(python) manage.py check --deploy --fail-level WARNING

bench: .venv/.dev frontend/dist/app.css ## Measure the site beside its floor at 10,000 to 1,000,000 recommendations (SIZES=10000)
	$(python) -m benchmarks.bench $(SIZES) $(ARGS)

uv := $(python) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

locks: .venv/.dev ## Make the locks again from pyproject.toml and package.json (ARGS=--upgrade for newer versions)
	$(uv) $(ARGS) pyproject.toml -o requirements.txt
	$(uv) $(ARGS) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	cd frontend && $(node) npm $(if $(ARGS),update,install) --package-lock-only

scratch := var/fixtures.sqlite3
fixtures: export DEBUG = true
fixtures: export DEMO = true
fixtures: export DATABASE_URL = sqlite:///$(scratch)
fixtures: .venv/.runtime ## Make fixtures/cse_item.json again: the CSE item, lived through by the real verbs
	@mkdir -p var && rm -f $(scratch)*
	$(python) manage.py migrate --verbosity 0
	$(python) manage.py seed_demo --only-cse
	$(python) manage.py shell --verbosity 0 --command "from recommendations.models import User; User.objects.update(password=chr(33))"
	$(python) manage.py dumpdata recommendations --natural-foreign --indent 1 --output fixtures/cse_item.json \
		--exclude recommendations.responseregime --exclude recommendations.historicalresponseregime \
		--exclude recommendations.organisation --exclude recommendations.historicalorganisation \
		--exclude recommendations.searchable
	@rm -f $(scratch)*

# What no person reads on a page is not looked through.
no_messages := --ignore=tests --ignore=benchmarks --ignore=frontend --ignore=var --ignore=docs --ignore=fixtures
messages: export DEBUG = true
messages: export DATABASE_URL = sqlite://:memory:
messages: .venv/.runtime ## Make or renew the catalogue of another language (ARGS='--locale cy'), and compile it
	@command -v xgettext >/dev/null && command -v msgfmt >/dev/null || { echo '$(no_gettext)' >&2; exit 1; }
	@mkdir -p recommendations/locale
	$(python) manage.py makemessages $(if $(ARGS),$(ARGS),--all) --no-wrap --add-location=file $(no_messages)
	$(python) manage.py compilemessages --ignore=.venv

clean: ## Remove what the commands above made; the site's data in var/ stays
	rm -rf .venv frontend/node_modules frontend/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the commands stand on. Each step leaves a stamp and is taken again only when what it was made from is newer.

define no_python
This project needs Python 3.11 or newer. Install it, or name one: make PYTHON=/path/to/python3
endef
define no_venv
The venv module of this Python is missing. On Debian or Ubuntu: apt-get install python3-venv
endef

define no_gettext
GNU gettext is missing. On Debian or Ubuntu: apt-get install gettext
endef

# A virtual environment knows its own path: in a moved or copied checkout it is made anew.
usable = $(shell .venv/bin/python -c '' 2>/dev/null && [ "$$(cat .venv/.made)" = "$$PWD" ] && echo yes)
.venv/.made: $(if $(usable),,no-python-yet)
	@for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		found=yes; \
		"$$candidate" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		echo "Making .venv with $$("$$candidate" --version)"; \
		"$$candidate" -m venv --clear .venv && echo "$$PWD" >$@ && exit 0; \
		rm -rf .venv; exit 1; \
	done; \
	if [ "$$found" ]; then echo '$(no_venv)' >&2; else echo '$(no_python)' >&2; fi; exit 1

.PHONY: no-python-yet
no-python-yet:

install := $(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r

.venv/.runtime: .venv/.made requirements.txt
	@echo 'Installing requirements.txt'
	@$(install) requirements.txt
	@touch $@

# The larger lock holds the smaller one.
.venv/.dev: .venv/.made requirements.txt requirements-dev.txt
	@echo 'Installing requirements-dev.txt'
	@$(install) requirements-dev.txt
	@touch .venv/.runtime $@

frontend/node_modules/.made: frontend/package-lock.json frontend/.npmrc | .venv/.runtime
	@echo 'Installing the front end'
	@cd frontend && $(node) npm ci --loglevel=error
	@touch $@

sources := frontend/build.mjs $(wildcard frontend/*.js) frontend/favicon.svg $(wildcard frontend/*.scss frontend/app/*.scss)
frontend/dist/app.css: frontend/node_modules/.made $(sources) | .venv/.runtime
	@echo 'Compiling the front end'
	@cd frontend && $(node) node build.mjs
