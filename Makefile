# Rampen: `make help` lists what there is.
PYTHON ?= python3
VENV := .venv/bin
CODE := contracts chassis services gateway sandbox bench

.DEFAULT_GOAL := help
.PHONY: help setup up down demo test check docs bench reset lock

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## Install what is needed (done by the others too)

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) sandbox/set_up.py

up: setup ## Run everything on this machine, until Ctrl-C
	@exec $(VENV)/python -m sandbox up

down: setup ## Stop what `make up` started
	@$(VENV)/python -m sandbox down

demo: setup ## Play one real case against the running suite
	@$(VENV)/python -m sandbox.demo

test: setup ## Run all tests; ARGS="tests/unit -x" chooses
	@$(PYTHON) sandbox/set_up.py --tests
	@$(VENV)/pytest -q -n 2 --dist loadscope $(ARGS)

check: setup ## Style, types and import rules
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check --quiet .
	@$(VENV)/mypy $(CODE)
	@$(VENV)/lint-imports

docs: setup ## Write the generated parts of the documentation anew
	@$(VENV)/python -W ignore -m docs.tools

bench: setup ## Measure, against a peer and against the limit
	@$(VENV)/python -m bench

reset: setup ## Stop everything and forget all data
	@$(VENV)/python -m sandbox reset

lock: setup ## Lock the newest versions that pyproject.toml allows
	@$(VENV)/pip install --quiet uv
	@$(VENV)/uv pip compile pyproject.toml --extra sandbox --extra dev --generate-hashes --upgrade \
		--python-version 3.11 --no-emit-index-url --no-emit-find-links -o requirements.lock
