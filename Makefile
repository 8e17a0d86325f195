# The five commands of the house. Each installs what it needs; `make run` is all a visitor types.
SHELL := /bin/sh
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Playwright's own Node wants a library that a minimal Debian lacks; the wheel's does without.
export PLAYWRIGHT_NODEJS_PATH := $(CURDIR)/.venv/bin/node
PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= ./data
SETUP = python3 requirements/setup.py

.PHONY: run test check proof bench pwa setup clean
.DEFAULT_GOAL := run

run: setup  ## serve the demo: the service, the pretend one-stop system, the pretend bank
	@exec motcua demo --host $(HOST) --port $(PORT) --data $(DATA)

setup pwa:
	@$(SETUP)

check: setup  ## static checks and unit tests on SQLite, under 3 minutes
	@python requirements/checks.py quick

test: setup  ## all that CI needs, under 25 minutes
	@python requirements/checks.py all

proof: setup  ## the long figures of the README, written to docs/proof.json
	@python -m tests.proof

bench: setup  ## benchmarks, one JSON object per line
	@python -m tests.bench

clean:
	rm -rf .venv pwa/node_modules pwa/dist
