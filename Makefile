# Each target prepares what it needs from a bare clone and may be run again at any time.
PORT ?= 8000
PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check probe flask backup restore bench-web bench-drafting bench-imaging bench-review bench-handoff bench-orders claims chaos environment revision

help:
	@echo "make run [PORT=8000]   everything: database, pages, catalogue, orders, workers"
	@echo "make probe [URL=...]   walk one practice listing through a running installation"
	@echo "make flask DO=\"...\"   a command of flask within what make run started: audit verify"
	@echo "make backup            database and files, while it runs; the newest seven stay"
	@echo "make restore FROM=...  a backup put in place; [REPLACE=1] [ONLY=onshelf]"
	@echo "make test              every test, with the browser's"
	@echo "make check             ruff, mypy, import rules, templates and translations"
	@echo "make bench-web         our web server against gunicorn on two of our pages, ratios"
	@echo "make bench-imaging     five renditions of large photographs against the floor, ratios"
	@echo "make bench-review      the desk with 10,000 and 1,000,000 versions, ratios"
	@echo "make claims            20 reviewers claim at once for a minute: never the same case"
	@echo "make bench-handoff     from the outbox to both receivers, beside the floor"
	@echo "make bench-orders      orders over signed HTTP, one hot item and 1,000, beside the floor"
	@echo "make chaos [SEED=...]  2,000 approvals and as many changes while all is killed, and the count"
	@echo "make bench-drafting    finding categories, saving drafts, paging listings, ratios"

# Quick when neither the lock file nor the environment has changed.
environment:
	@bin/environment

run: environment
	@exec $(PYTHON) -m app.surfaces.cli.run --port $(PORT) --end-with-parent

probe: environment
	@exec $(PYTHON) -m app.surfaces.cli.probe $(if $(URL),--url $(URL))

flask: environment
	@$(PYTHON) -m app.surfaces.cli.within $(DO)

backup: environment
	@$(PYTHON) -m app.surfaces.cli.backup

restore: environment
	@$(PYTHON) -m app.surfaces.cli.restore $(FROM) $(if $(REPLACE),--replace) $(if $(ONLY),--only $(ONLY))

test: environment
	@bin/test $(TESTS)

check: environment
	@bin/check

bench-web: environment
	@$(PYTHON) -m tests.benchmarks.bench_web_server $(BENCH)

bench-imaging: environment
	@$(PYTHON) -m tests.benchmarks.bench_imaging

bench-drafting: environment
	@$(PYTHON) -m tests.benchmarks.bench_drafting

bench-review: environment
	@$(PYTHON) -m tests.benchmarks.bench_review

claims: environment
	@CLAIM_SECONDS=60 $(PYTHON) -m pytest -q -n 0 -s tests/functional/review/test_races.py -k twenty_who_ask

bench-orders: environment
	@$(PYTHON) -m tests.benchmarks.bench_orders $(BENCH)

bench-handoff: environment
	@$(PYTHON) -m tests.benchmarks.bench_handoff

# Four minutes of an idle machine; CHAOS="--keep FOLDER" keeps the journals and logs.
chaos: environment
	@$(PYTHON) -m tests.chaos $(SEED) $(CHAOS)

# make revision BRANCH=onshelf MESSAGE="..." writes what the models have and the migrations lack.
revision: environment
	@$(PYTHON) -m app.surfaces.cli.revision $(BRANCH) "$(MESSAGE)"

