# What a developer types. Written for any POSIX make; needs Python 3.11 or newer and nothing else.
# A stamp in .venv is newer than the requirements that it installed, so a second run installs nothing.

PORT ?= 8000
CHROMIUM ?=

PYTHON = .venv/bin/python
PIP = $(PYTHON) -m pip install --quiet --disable-pip-version-check
RUNTIME = .venv/installed-runtime
DEVELOPMENT = .venv/installed-development

# The embedded mode, whatever the caller's shell has set for another project.
EMBEDDED = unset DATABASE_URL REDIS_URL SECRET_KEY SIGNATURE_KEYS ALLOWED_HOSTS SITE_URL; DJANGO_DEBUG=1

# A production environment in form; nothing listens there and nothing is kept.
PRODUCTION = unset DJANGO_DEBUG; \
	SECRET_KEY=only-for-the-deployment-check-0123456789-abcdefghijklmnop \
	SIGNATURE_KEYS=only-for-the-deployment-check-0123456789-abcdefghijklmnop \
	DATABASE_URL=postgres://countersign@127.0.0.1:5432/countersign \
	REDIS_URL=redis://127.0.0.1:6379/0 \
	ALLOWED_HOSTS=countersign.example.org \
	SITE_URL=https://countersign.example.org

.PHONY: help demo test coverage mutation check check-style check-types check-imports check-project checks-report test-services test-browser bench format clean

help: ## print this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME) ## sample content on http://127.0.0.1:8000 (PORT=8001 for another port); Ctrl-C stops it
	@$(PYTHON) -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' "$(PORT)" 2>/dev/null \
		|| { echo "Port $(PORT) is taken or may not be used. Choose another one: make demo PORT=8001" >&2; exit 1; }
	@$(EMBEDDED) $(PYTHON) manage.py migrate --verbosity 0
	@$(EMBEDDED) SITE_URL="http://127.0.0.1:$(PORT)" $(PYTHON) manage.py seed_demo
	@$(EMBEDDED) SITE_URL="http://127.0.0.1:$(PORT)"; export DJANGO_DEBUG SITE_URL; \
	$(PYTHON) manage.py clock & clock=$$!; \
	$(PYTHON) manage.py runserver --noreload "127.0.0.1:$(PORT)" & server=$$!; \
	trap 'kill $$clock $$server 2>/dev/null' INT TERM HUP; \
	wait $$server; kill $$clock 2>/dev/null; wait

test: $(DEVELOPMENT) ## the tests that need neither services nor a browser
	@$(EMBEDDED) $(PYTHON) -m pytest -n auto --dist worksteal -m "not services and not browser"

coverage: $(DEVELOPMENT) ## the same tests with the lines and branches they reach, held against the floors in pyproject.toml
	@$(EMBEDDED) $(PYTHON) -m pytest -n auto --dist worksteal -m "not services and not browser" --cov --cov-report=json:test-results/coverage.json
	@$(PYTHON) -m tests.coverage_floors test-results/coverage.json

mutation: $(DEVELOPMENT) ## change workflow, rules and record a little at a time; docs/mutation.md explains each change that no test notices
	@$(EMBEDDED) .venv/bin/mutmut run && .venv/bin/mutmut results

check: check-style check-types check-imports check-project ## style, types, layers, migrations, deployment settings, diagram

check-style: $(DEVELOPMENT)
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --quiet --check . || { echo "Not formatted: run make format." >&2; exit 1; }

check-types: $(DEVELOPMENT)
	@$(EMBEDDED) $(PYTHON) -m mypy --no-error-summary

check-imports: $(DEVELOPMENT)
	@said=$$(.venv/bin/lint-imports 2>&1) || { echo "$$said" >&2; exit 1; }

check-project: $(DEVELOPMENT)
	@$(EMBEDDED) DATABASE_URL=sqlite://:memory: $(PYTHON) manage.py makemigrations --check --dry-run --verbosity 1
	@$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING
	@$(EMBEDDED) DATABASE_URL=sqlite://:memory: $(PYTHON) manage.py draw_workflow --check

checks-report: $(DEVELOPMENT) ## precision and recall of the checks on the labelled corpus (MISSES=1 names each miss, WRITE=1 keeps the table)
	@$(EMBEDDED) $(PYTHON) -m tests.corpus $(if $(MISSES),--misses) $(if $(WRITE),--write)

# The domain's own tests run a second time on PostgreSQL, where locks and triggers are different code; those of pure
# functions need not.
ON_POSTGRESQL = tests/articles tests/reviews --ignore=tests/articles/text/rendering --ignore=tests/articles/text/checks \
	--ignore=tests/articles/text/page_text --ignore=tests/articles/library/files --ignore=tests/articles/library/services

test-services: $(DEVELOPMENT) ## the tests on PostgreSQL and Redis (DATABASE_URL, REDIS_URL; default: this machine)
	@DJANGO_DEBUG=1; DATABASE_URL="$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/countersign}"; REDIS_URL="$${REDIS_URL:-redis://127.0.0.1:6379/0}"; \
	if [ "$${CI:-}" = true ]; then REQUIRE_SERVICES=1; else REQUIRE_SERVICES="$${REQUIRE_SERVICES:-}"; fi; \
	export DJANGO_DEBUG DATABASE_URL REDIS_URL REQUIRE_SERVICES; \
	if ! $(PYTHON) -c 'import os, psycopg; psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", connect_timeout=5).close()' 2>/dev/null; then \
		echo "PostgreSQL does not answer at the address in DATABASE_URL, so nothing of test-services was run." >&2; \
		[ -z "$$REQUIRE_SERVICES" ]; exit; \
	fi; \
	$(PYTHON) -m pytest -n auto --dist worksteal -m services && \
	HYPOTHESIS_PROFILE=dev $(PYTHON) -m pytest -n auto --dist worksteal -m "not services and not browser" $(ON_POSTGRESQL)

test-browser: $(DEVELOPMENT) ## the journeys in Chromium (CHROMIUM=path when it is not found by name)
	@CHROMIUM="$(CHROMIUM)"; \
	for name in chromium chromium-browser google-chrome; do [ -n "$$CHROMIUM" ] || CHROMIUM=$$(command -v "$$name" || true); done; \
	if ! [ -x "$$CHROMIUM" ]; then echo "No Chromium was found. Install it (Debian: apt-get install chromium) or say where it is: make test-browser CHROMIUM=path" >&2; exit 1; fi; \
	export CHROMIUM; $(EMBEDDED) DJANGO_ALLOW_ASYNC_UNSAFE=true $(PYTHON) -m pytest -m browser

bench: $(DEVELOPMENT) ## measure, and print the table kept in benchmarks/RESULTS.md (DATABASE_URL, REDIS_URL; default: embedded)
	@DJANGO_DEBUG=0 $(PYTHON) -m benchmarks

format: $(DEVELOPMENT) ## put the code into the house form
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format --quiet .

clean: ## remove the environment, the demo's database and every cache
	@rm -rf .venv mutants db.sqlite3 db.sqlite3-wal db.sqlite3-shm staticfiles test-results .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.txt
	@if ! [ -x $(PYTHON) ] || ! $(PYTHON) -m pip --version >/dev/null 2>&1; then \
		rm -rf .venv; python=; bare=; \
		for name in python3 python3.14 python3.13 python3.12 python3.11; do \
			if [ -z "$$python" ] && "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
				if "$$name" -c 'import ensurepip, venv' 2>/dev/null; then python=$$name; else bare=$$name; fi; \
			fi; \
		done; \
		if [ -z "$$python$$bare" ]; then echo "Python 3.11 or newer is needed, and neither python3 nor python3.11 to python3.14 is one. Install it and try again." >&2; exit 1; fi; \
		if [ -z "$$python" ]; then echo "$$bare has no ensurepip module, which a virtual environment needs. Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; fi; \
		echo "Making .venv with $$("$$python" --version)"; \
		"$$python" -m venv .venv || { rm -rf .venv; exit 1; }; \
	fi
	@echo "Installing requirements.txt"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@echo "Installing requirements-dev.txt"
	@$(PIP) -r requirements-dev.txt
	@touch $@
