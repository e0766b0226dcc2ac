# Everything a reader of the README needs: `make quiz` and `make test` set up what they need themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif

.DEFAULT_GOAL := help
.PHONY: help quiz test test-all lint bench bench-large fuzz learners commands clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

quiz: $(VENV)/.run  ## set up, then study
	@$(BIN)/quiz || { code=$$?; [ $$code -eq 130 ] || exit $$code; }

test: $(VENV)/.dev  ## set up, then run the tests (under two minutes)
	$(BIN)/python -m pytest -n auto -m "not slow"

test-all: $(VENV)/.dev  ## all tests, the slow ones too
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev  ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev  ## measure speed beside yardsticks, in one table (some ten minutes)
	$(BIN)/python -m benchmarks

bench-large: $(VENV)/.dev  ## a bank of 10,000 conditions beside one of half as many (some fifteen minutes)
	$(BIN)/python -m benchmarks deck_size --share 1

fuzz: $(VENV)/.dev  ## bad input by the thousand, against limits (some ten minutes)
	$(BIN)/python -m tests.fuzz

learners: $(VENV)/.dev  ## what scripted learners gain by the practice (a few minutes)
	$(BIN)/python -m benchmarks.learners

commands: $(VENV)/.dev  ## write docs/commands.md anew from the help texts
	$(BIN)/python docs/write_commands.py

clean:  ## remove what the targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis fuzz-finds build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tellapart needs Python 3.11 or newer; say which one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python could not make a virtual environment (on Debian and Ubuntu: apt install python3-venv)"; rm -rf $(VENV); exit 1; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "Setting up (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up for development (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
