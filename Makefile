# Everything there is to do, by name. `make demo` and `make test` work on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check format catalogues bench serve clean

demo: $(VENV)/installed  ## make an environment, run the whole main job on an invented world
	$(BIN)/matcher demo

test: $(VENV)/installed-dev  ## all tests
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed-dev  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

catalogues: $(VENV)/installed-dev  ## texts of the page into its catalogues, and the catalogues compiled
	$(BIN)/python scripts/catalogues.py

bench: $(VENV)/installed-dev  ## the figures in benchmarks/, from scripts
	for script in benchmarks/*/run.py; do $(BIN)/python $$script || exit 1; done

serve: $(VENV)/installed  ## the HTTP service on the demo index
	$(BIN)/matcher serve --indexes indexes/demo/indexes

$(VENV)/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:  ## remove the environment and the demo
	rm -rf $(VENV) indexes/demo
