.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: help run test check format build evaluate system requirements clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.run: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.run

run: $(VENV)/.run ## start the dashboard on http://localhost:8501 (PORT=… to change)
	$(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

test: $(VENV)/.dev ## all tests (those that need an optional system package say so when it is absent)
	$(BIN)/python -m pytest -n 3 --dist loadgroup

check: $(VENV)/.dev ## format, lint, types, architecture
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -n0 tests/test_architecture.py

format: $(VENV)/.dev ## mend format and imports
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .

build: $(VENV)/.run ## build the tables from data/directives
	$(BIN)/python -m loaders build

evaluate: $(VENV)/.run ## accuracy against the gold records
	$(BIN)/python -m loaders evaluate tests/gold

system: ## install the optional system packages (Debian)
	scripts/install-system.sh

requirements: ## write requirements*.txt from pyproject.toml
	$(PYTHON) scripts/requirements.py

clean: ## remove what was built; the environment stays
	rm -rf data/tables data/cache .pytest_cache .mypy_cache .ruff_cache
