# `make run` and `make test` do all their own set-up; both are quick the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
WORKERS ?= 2

.PHONY: run test docs evaluate translations benchmark clean

run: $(VENV)/.runtime
	@$(BIN)/karjera index build --if-missing
	@echo "Karjera answers on http://$(ADDRESS)"
	$(BIN)/gunicorn wsgi --bind $(ADDRESS) --workers $(WORKERS) --threads 2

test: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Karjera needs Python 3.11 or newer, this is %s; say make PYTHON=python3.x" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.runtime: $(VENV)/bin/python pyproject.toml
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[evaluate,traces]' --group dev
	@touch $@

$(VENV)/.benchmarks: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --group benchmarks
	@touch $@

# DATA is a folder of *.jsonl.gz; without it articles are generated.
benchmark: $(VENV)/.benchmarks
	$(BIN)/python -m benchmarks $(if $(DATA),--data $(DATA))
	$(BIN)/python -m benchmarks.queries $(if $(DATA),--data $(DATA)) --load 10
	$(BIN)/python -m benchmarks.kills

# How good the answers are: on the judged set of the library, and on those of DATA.
evaluate: $(VENV)/.development
	$(BIN)/karjera evaluate tests/judged $(DATA)

docs: $(VENV)/.runtime
	$(BIN)/python -m docs.generate

# The strings of the interface, brought up to date in every catalogue of search/web/translations.
translations: $(VENV)/.runtime
	@mkdir -p build
	$(BIN)/pybabel -q extract --mapping-file pyproject.toml --no-location --no-wrap --sort-output --omit-header \
		--output-file build/messages.pot .
	@for file in search/web/translations/*.po; do \
		language=$$(basename $$file .po); \
		$(BIN)/pybabel -q update --input-file build/messages.pot --output-file $$file --locale $$language --no-wrap \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
		sed -i.old -E '/^"(Project-Id|Report-Msgid|POT-Creation|PO-Revision|Last-Trans|Language-Team|Generated-By)/d' $$file; \
		rm $$file.old; \
	done
	$(BIN)/python -m pytest -q tests/search/web/test_catalogues.py

clean:
	rm -rf $(VENV) var build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
