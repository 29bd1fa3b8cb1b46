# Everything happens in .venv inside this folder; nothing else on the machine is touched.
# Another interpreter:  make PYTHON=python3.13 test

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Tests also wait for servers, browsers and Java: one worker more than there are cores keeps the cores busy.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

# What is installed, as stamps: each is redone when the dependencies or the versions to use change.
MADE    := $(VENV)/.made
RUNTIME := $(VENV)/.runtime-installed
DEV     := $(VENV)/.dev-installed
INTEROP := $(VENV)/.interop-installed
EDITOR  := $(VENV)/.editor-fetched

.DEFAULT_GOAL := help
.PHONY: help explore test check bench interop clean
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

explore: $(RUNTIME) $(EDITOR) ## build the bundled graph, list its gaps, draw it as pages, serve it until Ctrl-C
	$(BIN)/targetgraph build
	$(BIN)/targetgraph gaps
	$(BIN)/targetgraph view
	$(BIN)/targetgraph serve

test: $(DEV) ## run the tests, WORKERS at a time
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: $(DEV) ## static checks: style, types, who imports whom, generated files up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/targetgraph ontology --check
	$(BIN)/targetgraph ontology --quality

interop: $(INTEROP) ## install the readers of others that some tests of exports ask, and the fuzzer (CI does)

bench: $(DEV) ## measure, side by side, and write tests/benchmarks/README.md
	$(BIN)/python -m tests.benchmarks

clean: ## remove .venv, the built graph and every cache
	rm -rf $(VENV) .targetgraph dist build
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find graph tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(MADE):
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "TargetGraph needs Python 3.11 or newer; $(PYTHON) is %d.%d. Try: make PYTHON=python3.12" % v[:2])'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python has no venv module here. On Debian or Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Build backends come first, in the versions of constraints.txt, so that builds need no isolation: ours, and setuptools for
# owlready2, which comes as source.
$(RUNTIME): pyproject.toml constraints.txt $(MADE)
	$(PIP) install -c constraints.txt hatchling 'setuptools>=77'
	$(PIP) install -c constraints.txt --no-build-isolation -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt $(MADE)
	$(PIP) install -c constraints.txt hatchling 'setuptools>=77'
	$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $(RUNTIME) $@

# With npm the query page gets its editor; without, or without its registry, a plain text area does. Tried once.
$(EDITOR): hatch_build.py $(RUNTIME)
	-@$(BIN)/python hatch_build.py
	@touch $@

# Some of these come as sources and bring a build of their own, hence no --no-build-isolation. The fuzzer has wheels for Linux only;
# elsewhere its tests are skipped.
$(INTEROP): $(DEV)
	$(PIP) install -c constraints.txt 'sssom>=0.4.21,<0.5'
	-$(PIP) install -c constraints.txt --only-binary atheris 'atheris>=3.0,<4'
	@touch $@
