# Every target sets up what it needs first; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
SETUP := $(PYTHON) scripts/setup.py

.DEFAULT_GOAL := help
.PHONY: help run test lint bench prove wheel styles messages lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: ## set everything up and serve http://127.0.0.1:8000 (PORT, STANDDOWN_HOME)
	@$(SETUP) run

test: ## lint, types, import contracts, both databases, browser journeys
	@$(SETUP) develop
	@$(BIN)/python scripts/check.py everything

lint: ## lint, types and import contracts only
	@$(SETUP) develop
	@$(BIN)/python scripts/check.py lint

bench: ## measure the figures we promise; writes build/bench.json
	@$(SETUP) develop
	@$(BIN)/python scripts/bench

prove: ## the long proofs, which `make test` leaves out
	@$(SETUP) develop
	@$(BIN)/python scripts/check.py prove

wheel: ## a wheel with compiled styles and texts, in dist/
	@$(SETUP) develop
	@$(BIN)/python -m build --wheel --no-isolation

styles: ## compile the styles
	@$(SETUP) styles

messages: ## gather the texts into the catalogues of the languages, and compile them
	@$(SETUP) develop
	@$(BIN)/python scripts/messages.py

lock: ## lock every Python package by hash (LOCK=--upgrade takes newer ones)
	@$(SETUP) develop
	@$(BIN)/python scripts/lock.py $(LOCK)

clean: ## remove everything that was made, except the data in var/
	rm -rf .venv node_modules build dist standdown/design/static/design
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	find standdown tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find standdown/locale -name '*.mo' -delete
