# foedus. `make assess` and `make test` each work by themselves in a fresh clone (Python 3.11+, make, git).
SHELL := /bin/bash
# The first Python that is new enough; `make PYTHON=...` names another.
PYTHON ?= $(or $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done),python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT ?= out/russia-north-korea.html
DATA ?= ../shared/data
# Two test processes; JOBS=0 runs them in one.
JOBS ?= 2

.PHONY: assess test lint format model bench picture docs readme pin clean help

help:
	@echo "make assess   the assessment of Russia and North Korea, offline, with its report"
	@echo "make test     all tests"
	@echo "make lint     ruff, pyright, import-linter"
	@echo "make model    import DATA, fit the models, build the snapshot, into the package"
	@echo "make bench    time and memory of the main commands"
	@echo "make picture  the picture of the README"
	@echo "make docs     the table of factors in docs/methods.md, from the code"
	@echo "make readme   the outputs and figures in README.md, from real runs"
	@echo "make pin      new lock files: constraints.txt and requirements.txt"

# The cache of its own keeps the run to what the package ships, whatever else has been imported.
assess: $(VENV)/.run
	@mkdir -p $(dir $(OUT))
	@FOEDUS_HOME=$(CURDIR)/out/home $(BIN)/foedus assess RUS PRK --out $(OUT)
	@echo "The report is in $(CURDIR)/$(OUT)"

test: $(VENV)/.dev $(VENV)/.browser
	$(BIN)/python -m pytest -n $(JOBS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright src
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# From DATA alone, in a cache of its own, so that nothing else that was imported has a say.
model: export FOEDUS_HOME = $(CURDIR)/out/model-home
model: $(VENV)/.run
	$(BIN)/foedus data import $(DATA) --quiet
	$(BIN)/foedus train --out src/foedus/durability/fitted
	$(BIN)/foedus snapshot build

bench: $(VENV)/.run
	@$(BIN)/python benchmarks/run.py

picture: $(VENV)/.run
	$(BIN)/python tools/picture.py

readme: $(VENV)/.run
	$(BIN)/python tools/readme.py

docs: $(VENV)/.run
	$(BIN)/python tools/factor_table.py

pin:
	@test -x .venv-pin/bin/uv || { $(PYTHON) -m venv .venv-pin && .venv-pin/bin/pip install -q uv; }
	PATH=$(CURDIR)/.venv-pin/bin:$$PATH $(PYTHON) tools/pin.py

clean:
	rm -rf $(VENV) .venv-pin out build dist

# Stamps: an environment is built once, and again when its lock or the project's metadata change.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "foedus needs Python 3.11 or later; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing foedus with the extra 'report' into $(VENV)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing foedus for development into $(VENV)"
	@$(PIP) install --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/.run $@

$(VENV)/.browser: $(VENV)/.dev tools/browser.sh
	@tools/browser.sh $(BIN)/python
	@touch $@
