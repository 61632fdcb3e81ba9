# `make help` lists what there is. Every target sets up what it needs by itself.
SHELL := /bin/bash
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
NPM := tools/npm
STATIC_STAMP := static/vendor/.stamp
BENCHES := figure pages scale sync track
JS_CSS := static/sw.js "static/js/**/*.js" "static/css/**/*.css" "tests/js/**/*.js" "tools/*.mjs" "bench/sync/*.mjs" eslint.config.js

.PHONY: help run test soak soak-broken check format setup setup-dev lock bench $(BENCHES:%=bench-%) kills proof-scale figures figures-sheet cards hip-map voice screenshots clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: setup ## set up, migrate the database and serve on http://127.0.0.1:8000
	@exec $(BIN)/python -m dbsapp

test: setup-dev ## every test: Python, PostgreSQL, JavaScript, Chromium, Firefox, WebKitGTK
	@tools/system-packages
	$(BIN)/python -m pytest
	node --test $$(find tests/js -name "*.test.js" | sort)

soak: setup-dev ## play new stories of the sync's simulation for MINUTES (60), on both databases
	@tools/system-packages
	@$(BIN)/python -m tests.sim.soak --minutes $(or $(MINUTES),60)

soak-broken: setup-dev ## put known faults into the sync; each must be found, or this fails
	@tools/system-packages
	@$(BIN)/python -m tests.sim.try_broken

check: setup-dev ## lint, formatting and types of Python, templates, JavaScript and CSS
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --check --lint --quiet templates
	node_modules/.bin/eslint --max-warnings 0 .
	node_modules/.bin/prettier --check --log-level warn $(JS_CSS)
	node_modules/.bin/tsc -p .

format: setup-dev ## put Python, JavaScript, CSS and templates in their usual shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat --quiet templates
	node_modules/.bin/eslint --fix .
	node_modules/.bin/prettier --write --log-level warn $(JS_CSS)

bench: $(BENCHES:%=bench-%) ## measure everything in bench/ (one of them: make bench-pages); never fails a build

$(BENCHES:%=bench-%): bench-%: setup-dev
	-@tools/system-packages bench && $(BIN)/python -m bench.$*

kills: setup-dev ## kill servers, PostgreSQL and Chromium by the hundred; prints what was lost or came twice
	@tools/system-packages
	$(BIN)/python -m tests.kills

proof-scale: setup-dev ## lose an app server and the database under riders; `make test` does it too
	@tools/system-packages
	$(BIN)/python -m pytest tests/scale

bench-sync: bench/node_modules/.dev

figures: setup-dev ## draw the stills of the exercises again (docs/figures.md)
	@tools/node tools/figures.mjs

figures-sheet: setup-dev ## put all of them on one sheet to look at, build/figures.png
	@tools/system-packages
	@tools/node tools/figures.mjs sheet

cards: setup-dev ## draw again what a shared link shows, static/cards/, where a figure or a name has changed
	@tools/system-packages
	@$(BIN)/python -m tools.cards

hip-map: setup-dev ## draw the hip map again, static/hip-map/, from the points in tools/hip_map
	@$(BIN)/python -m tools.hip_map

voice: setup-dev ## speak every word of the player again, static/voice/ (docs/voice.md)
	@tools/voice/make

screenshots: setup-dev ## renew the pictures of the README and the manifest
	$(BIN)/python -m tools.screenshots

setup: .venv/.run $(STATIC_STAMP)

setup-dev: .venv/.dev node_modules/.dev $(STATIC_STAMP)

lock: .venv/.dev ## renew the pinned versions in requirements*.txt and package-lock.json
	tools/lock

clean: ## remove what set-up made, but not instance/ with its data
	rm -rf .venv node_modules bench/node_modules static/vendor build

.venv/bin/python:
	@tools/make-venv "$(PYTHON)"

.venv/.run: requirements.txt | .venv/bin/python
	@echo "Installing the Python packages…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing the Python packages for tests and checks…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.run

node_modules/.run: package-lock.json | .venv/bin/python
	@echo "Fetching the browser libraries…"
	@$(NPM) ci --omit=dev --ignore-scripts --silent
	@touch $@

node_modules/.dev: package-lock.json | .venv/bin/python
	@echo "Fetching the browser libraries and the JavaScript tools…"
	@$(NPM) ci --ignore-scripts --silent
	@touch $@ node_modules/.run

bench/node_modules/.dev: bench/package-lock.json | .venv/bin/python
	@echo "Fetching PouchDB to measure beside…"
	@$(NPM) ci --prefix bench --ignore-scripts --silent
	@touch $@

$(STATIC_STAMP): tools/vendor.mjs $(wildcard tools/icons.txt) | node_modules/.run
	@tools/node tools/vendor.mjs
	@touch $@
