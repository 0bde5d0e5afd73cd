# What a developer types. Written for any POSIX make; needs Python 3.11 or newer and nothing else.
# A stamp in .venv is newer than the requirements that it installed, so a second run installs nothing.

PORT ?= 8000
CHROMIUM ?=

PYTHON = .venv/bin/python
PIP = $(PYTHON) -m pip install --quiet --disable-pip-version-check
RUNTIME = .venv/installed-runtime
DEVELOPMENT = .venv/installed-development

# The embedded mode, whatever the caller's shell has set for another project.
EMBEDDED = unset DATABASE_URL REDIS_URL SECRET_KEY SIGNATURE_KEYS SIGNATURE_KEYS_FILE ALLOWED_HOSTS SITE_URL EMAIL_URL; DJANGO_DEBUG=1

# A production environment in form; nothing listens there and nothing is kept.
PRODUCTION = unset DJANGO_DEBUG; \
	SECRET_KEY=checks-the-deployment-and-runs-no-site-0123456789-abcdef \
	SIGNATURE_KEYS=signs-nothing-during-the-deployment-check-0123456789 \
	DATABASE_URL=postgres://countersign@127.0.0.1:1/countersign \
	REDIS_URL=redis://127.0.0.1:1/0 \
	EMAIL_URL=smtp+tls://127.0.0.1:1 \
	DEFAULT_FROM_EMAIL=desk@countersign.example.org \
	ADMIN_EMAILS=operator@countersign.example.org \
	ALLOWED_HOSTS=countersign.example.org \
	SITE_URL=https://countersign.example.org

.PHONY: help demo test coverage mutation check check-style check-types check-imports check-project checks-report test-services test-long test-browser bench format clean

help: ## print this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME) ## sample content on http://localhost:8000 (PORT=8001 for another port); Ctrl-C stops it
	@$(PYTHON) -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' "$(PORT)" 2>/dev/null \
		|| { echo "Port $(PORT) is taken or may not be used. Choose another one: make demo PORT=8001" >&2; exit 1; }
	@$(EMBEDDED) SITE_URL="http://localhost:$(PORT)"; export DJANGO_DEBUG SITE_URL; \
	$(PYTHON) manage.py seed_demo || exit; \
	$(PYTHON) manage.py clock & clock=$$!; \
	$(PYTHON) manage.py runserver --noreload "localhost:$(PORT)" & server=$$!; \
	trap 'kill $$clock $$server 2>/dev/null' INT TERM HUP; \
	wait $$server; kill $$clock 2>/dev/null; wait

test: $(DEVELOPMENT) ## the tests that need neither services nor a browser
	@$(EMBEDDED) $(PYTHON) -m pytest -n auto --dist worksteal -m "not services and not browser"

coverage: $(DEVELOPMENT) ## the same tests with the lines and branches they reach, held against the floors in pyproject.toml
	@$(EMBEDDED) $(PYTHON) -m pytest -n auto --dist worksteal -m "not services and not browser" --cov --cov-report=json:test-results/coverage.json
	@$(PYTHON) -m tests.coverage_floors test-results/coverage.json

mutation: $(DEVELOPMENT) ## change workflow, rules and record a little at a time; docs/mutation.md explains each change that no test notices
	@$(EMBEDDED) .venv/bin/mutmut run && $(PYTHON) -m tests.mutation_results

check: check-style check-types check-imports check-project ## style, types, layers, migrations, deployment settings, diagram

check-style: $(DEVELOPMENT)
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --quiet --check . || { echo "Not formatted: run make format." >&2; exit 1; }
	@$(PYTHON) -m djlint templates --check --quiet || { echo "A template is not formatted: run make format." >&2; exit 1; }
	@! LC_ALL=C.UTF-8 grep -rnE --include='*.html' '.{121}' templates || { echo "Break these lines: a template's are of at most 120 characters (docs/decisions/0023-templates-by-djlint.md)." >&2; exit 1; }

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

# A service that is missing is a failure in CI and in the long proof; elsewhere it is said, and what needs it is not run.
SERVICES = DJANGO_DEBUG=1; DATABASE_URL="$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/countersign}"; \
	REDIS_URL="$${REDIS_URL:-redis://127.0.0.1:6379/0}"; \
	if [ "$${CI:-}" = true ]; then REQUIRE_SERVICES=1; else REQUIRE_SERVICES="$${REQUIRE_SERVICES:-}"; fi; \
	export DJANGO_DEBUG DATABASE_URL REDIS_URL REQUIRE_SERVICES; \
	if ! $(PYTHON) -c 'import os, psycopg; psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", connect_timeout=5).close()' 2>/dev/null; then \
		echo "PostgreSQL does not answer at the address in DATABASE_URL, so nothing that needs it was run." >&2; \
		[ -z "$$REQUIRE_SERVICES" ]; exit; \
	fi

# Of the domain PostgreSQL has here the part where databases differ, and all of it in test-long. Hypothesis looks further
# once, in make test: what it makes up is the same for both.
test-services: $(DEVELOPMENT) ## the tests on PostgreSQL and Redis (DATABASE_URL, REDIS_URL; default: this machine)
	@$(SERVICES); HYPOTHESIS_PROFILE=dev $(PYTHON) -m pytest -n auto --dist worksteal -m "services or differs_by_database"

# Counting what is covered makes tests of the domain take half as long again, so it is done here and not in make test.
test-long: $(DEVELOPMENT) ## what takes hours: 20,000 random steps, a hundred of each race, the whole domain on both databases, coverage, mutation
	@CI=true WALK_STEPS=20000 $(MAKE) coverage
	@REQUIRE_SERVICES=1; $(SERVICES); RACES=100 HOSTILE_BYTES=8000000 HYPOTHESIS_PROFILE=dev $(PYTHON) -m pytest -n auto --dist worksteal -m "not browser"
	@$(MAKE) mutation

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
	@$(PYTHON) -m djlint templates --reformat --quiet || true

clean: ## remove the environment, the demo's database and every cache
	@rm -rf .venv db.sqlite3 db.sqlite3-wal db.sqlite3-shm db.sqlite3.key mail var staticfiles test-results .coverage mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
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
