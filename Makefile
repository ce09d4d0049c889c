# Two commands matter on a fresh machine: `make demo` and `make test`. Each sets everything up by itself.
# Needs: make, Python 3.11 or newer with venv, and a package registry that pip can reach. Nothing else.

.DEFAULT_GOAL := help
SHELL := /bin/sh
# Which Python makes the virtual environment: the first of these that is 3.11 or newer. `make setup PYTHON=…` chooses.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; exit 0; }; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
COMPILE := pip-compile --quiet --allow-unsafe --generate-hashes --strip-extras --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --no-header --no-emit-options
DATA ?=

.PHONY: help
help: ## this list
	@echo "reportedly: one report in, attributed claims out."
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

.PHONY: setup
setup: $(VENV)/.gazetteer ## make .venv with the pinned packages and the gazetteer; nothing the second time

$(VENV)/.packages: requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "make setup: reportedly needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo not to be found)." >&2; \
	  echo "Install one and name it: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "make setup: '$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PIP) install --quiet --require-hashes -r requirements/dev.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.gazetteer: $(VENV)/.packages \
		$(wildcard src/reportedly/gazetteer.py src/reportedly/_gazetteer_build.py src/reportedly/lexicons/places*.csv)
	$(BIN)/python -m reportedly.gazetteer
	@touch $@

.PHONY: demo
demo: setup ## read the sample reports that come with the project (they are invented)
	$(BIN)/reportedly demo --output-dir build/demo

.PHONY: check
check: setup ## formatting, types and the import contract
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: test
test: check ## everything that must hold: check, then the tests
	$(BIN)/python -m pytest

.PHONY: eval
eval: setup ## measure on the corpora in DATA=DIR and write docs/scores.md
	@test -n "$(DATA)" || { echo "make eval: name the folder of corpora: make eval DATA=DIR" >&2; exit 2; }
	$(BIN)/python -m evals.all --data "$(DATA)"

.PHONY: picture
picture: setup ## draw the pictures in the README, from the sample reports
	$(BIN)/python docs/images/draw.py docs/images

.PHONY: lock
lock: ## pin every package again, with hashes (needs pip-tools: make lock COMPILE_FROM=DIR/bin/)
	cd requirements && $(COMPILE_FROM)$(COMPILE) --output-file=runtime.lock runtime.in
	cd requirements && $(COMPILE_FROM)$(COMPILE) --output-file=dev.lock dev.in
	cd requirements && $(COMPILE_FROM)$(filter-out --allow-unsafe,$(COMPILE)) --unsafe-package torch \
	  --unsafe-package sentence-transformers --output-file=train.lock train.in

.PHONY: wheel
wheel: setup ## build dist/reportedly-VERSION-py3-none-any.whl
	$(BIN)/python -m hatchling build -t wheel

.PHONY: clean
clean: ## remove what was built: .venv, build, dist and caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
