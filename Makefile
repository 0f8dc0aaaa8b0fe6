# Groundswell's commands. `make help` lists them.
# Each needs Python 3.11+, Node 20+ and make, nothing else: `make install` does the rest.

SHELL := /bin/sh
BIN := .venv/bin
JOBS ?= 2
ROOMS := campaigns events home indicators reach schools surveys
.DEFAULT_GOAL := help
.PHONY: help install run dev test check bench lock test-services test-long

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Make .venv and node_modules from the locks (quick when they stand already)
	@sh scripts/install.sh

run: install ## Run the site with the demonstration: PORT (8000), SANDBOX_PORT (8025), VAR_DIR (var)
	@$(BIN)/python -m config.serve

dev: install ## The same, with Django's debug pages, and changed code taken up at once
	@$(BIN)/python -m config.serve --dev

test: install ## Run every test, browser tests included
	@$(BIN)/python scripts/install_chromium.py
	exec $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not services and not long"

check: install ## Format, lint, types, layers, templates, migrations and the production settings
	@BIN=$(BIN) ROOMS="$(ROOMS)" sh scripts/check.sh

test-services: install ## Run what these can change (not the browser's, nor "alike") on a PostgreSQL and a Redis of its own
	exec $(BIN)/python scripts/with_services.py \
		$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not browser and not long and not alike"

test-long: install ## Run the soak, flood, load and fault tests (minutes each)
	@$(BIN)/python scripts/install_chromium.py
	exec $(BIN)/python -m pytest -m long

bench: install ## Print each benchmark as: name | ours | peer | ratio
	@$(BIN)/python -m benchmarks

lock: install ## Renew the lock files, with hashes and without addresses
	$(BIN)/uv pip compile --upgrade --quiet --generate-hashes --no-emit-index-url --no-header --universal \
		pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile --upgrade --quiet --generate-hashes --no-emit-index-url --no-header --universal \
		pyproject.toml --extra dev -o requirements/dev.txt
	$(BIN)/uv pip compile --upgrade --quiet --generate-hashes --no-emit-index-url --no-header --universal \
		--group pyproject.toml:oracle --constraint requirements/dev.txt -o requirements/oracle.txt
	npm update --package-lock-only --no-audit --no-fund
