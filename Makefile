# Every command of the project. `make help` reads the comments after ##.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON := .venv/bin/python
BIN := .venv/bin
export PORT ?= 8000
# Without compiled modules every start takes seconds more; another environment must not show through.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH VIRTUAL_ENV
ARGS ?=

.PHONY: help install demo run test check lint bench catalogues lock format clean dev system

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | while IFS='|' read -r name what; do \
		printf '  \033[1mmake %-11s\033[0m %s\n' "$$name" "$$what"; done
	@echo
	@echo "  PORT=8000 MAILLAGE_VAR=var DATABASE_URL=…   and the others: docs/configuration.md"

install: ## Prepare .venv/ and the catalogues (make demo and make run do it too)
	@tools/install.sh base

demo: install ## The demo: an invented town, at http://127.0.0.1:8000/ (PORT=… for another port)
	@exec $(PYTHON) manage.py demo --seed 4

run: install ## The same program, empty, on SQLite; no variable needed
	@exec $(PYTHON) manage.py serve

dev:
	@tools/install.sh dev

system:
	@tools/system_packages.sh chromium postgresql gettext

test: dev system ## Set up and pass the tests: SQLite, browser journeys, and beside them a PostgreSQL of its own
	@tools/on_both_databases.sh $(ARGS)

check: lint test ## Everything that must hold before a change is proposed: linters, contracts, types, tests

lint: dev ## Everything of make check but the tests
	@tools/lint.sh

bench: dev ## Measure this version against its budgets (docs/measures.md)
	@$(PYTHON) -m tools.bench $(ARGS)

catalogues: dev ## Collect messages into locale/ (needs gettext) and compile them
	@tools/system_packages.sh gettext
	@$(PYTHON) manage.py makemessages --locale en --add-location file --no-wrap --ignore '.venv' --ignore 'var' --ignore 'tests'
	@$(PYTHON) tools/compile_catalogues.py

lock: dev ## Write requirements/*.txt again from pyproject.toml, with hashes
	@tools/lock.sh

format: dev ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

clean: ## Remove caches; neither .venv/ nor the data folder
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
	@rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .coverage htmlcov
