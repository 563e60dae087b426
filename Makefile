# `make run` and `make test` do all their own set-up; both are quick the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
WORKERS ?= 2

.PHONY: run test docs benchmark clean

run: $(VENV)/.runtime
	@test -f $${KARJERA_INDEX:-var/index}/CURRENT || $(BIN)/karjera index build
	@echo "Karjera answers on http://$(ADDRESS)"
	$(BIN)/gunicorn wsgi --bind $(ADDRESS) --workers $(WORKERS) --threads 4

test: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Karjera needs Python 3.11 or newer, this is %s; say make PYTHON=python3.x" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.runtime: $(VENV)/bin/python pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/.benchmarks: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --group benchmarks
	@touch $@

# DATA is a folder of *.jsonl.gz; without it articles are generated.
benchmark: $(VENV)/.benchmarks
	$(BIN)/python -m benchmarks $(if $(DATA),--data $(DATA))
	$(BIN)/python -m benchmarks.kills

docs: $(VENV)/.runtime
	$(BIN)/python -m docs.generate

clean:
	rm -rf $(VENV) var build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
