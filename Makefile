PYTHON ?= python3
LAUNCH = @$(PYTHON) dev/launch.py

.PHONY: help run quick test soak coverage bench check reset pins

help: ## list the commands
	@sed -n 's/^\([a-z]*\): .*## /make \1\t/p' Makefile

run: ## set up and start the service on http://127.0.0.1:8000 (PORT=8001 for another)
	$(LAUNCH) run

quick: ## before a commit: style, types, imports and the tests of what changed
	$(LAUNCH) quick $(ARGS)

test: ## run the whole suite (ARGS="-k words" for a part)
	$(LAUNCH) test $(ARGS)

soak: ## run the long tests
	$(LAUNCH) soak $(ARGS)

coverage: ## run the suite and list the lines that no test runs
	$(LAUNCH) coverage $(ARGS)

bench: ## measure the main pages, the CSV of everything and the main forms
	$(LAUNCH) bench $(ARGS)

check: ## style, types, imports, migrations, production settings
	$(LAUNCH) check

reset: ## delete the database
	$(LAUNCH) reset

pins: ## write requirements/ again (ARGS=--upgrade for newer versions)
	$(LAUNCH) pins $(ARGS)
