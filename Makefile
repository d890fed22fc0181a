# Needs git, make and a Python with venv (or uv); brings everything else into this folder. `make help` lists what there is.

# An uv that can read this project's lock, or one of the project's own.
UV := $(shell uv export --frozen --quiet >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
RUN := .venv/bin

# A build starts Python a dozen times: let the environment keep its bytecode. Modules of others have no place in it.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH VIRTUAL_ENV

.PHONY: report help gallery check explore test test-long soak lint bench bench-scale clean distclean

report: .venv/.report  ## build the report
	bin/report build

help:  ## list what make can do here
	@sed -n 's/^\([a-z-]*\):.*  ## /make \1	/p' $(MAKEFILE_LIST) | expand -t 16

gallery: report  ## show all figures of both editions side by side, for review
	bin/report gallery

check: .venv/.report  ## check data and settings only
	bin/report check

explore: .venv/.report  ## open JupyterLab on the tidy tables
	@UV=$(UV) bin/install --extra explore
	bin/report explore

test: .venv/.test tests/browser/node_modules/.ready browser  ## run all tests
	$(RUN)/pytest -n 2 --dist worksteal

test-long: .venv/.test  ## run the long tests: other studies, every format, hostile cells
	$(RUN)/pytest -n 2 --dist worksteal -m long

soak: .venv/.test  ## for hours, and going on where it was stopped: random edits, accidents, kills and damaged files
	@command -v strace >/dev/null || $(call install,strace,strace)
	$(RUN)/pytest -n 2 -m soak
	$(RUN)/python -m tests.workflow.soak .soak/report --steps 100 --kills 5
	$(RUN)/python -m tests.workflow.soak .soak/small --small --steps 0 --kills 50
	$(RUN)/python -m tests.hostile.soak .soak/files

lint: .venv/.test  ## check style and types
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-cache
	$(RUN)/snakefmt --check Snakefile

bench: .venv/.test  ## measure builds against an earlier commit, other tools and a floor (OPTIONS="--rows word --without peers")
	UV=$(UV) $(RUN)/python -m tests.bench $(OPTIONS)

bench-scale: .venv/.test  ## measure CPU and memory with data up to a thousand times as large
	$(RUN)/python -m tests.bench.scale $(OPTIONS)

clean:  ## remove what a build makes, the published report included
	rm -rf data/tidy data/results data/checked figures/sv figures/en report/_output report/_staging logs .snakemake .quarto

distclean: clean  ## remove what was installed, too
	rm -rf .venv .uv .soak .bench tests/browser/node_modules

# Packages of the environment; --inexact leaves those that the other target installed.
.venv/.report: pyproject.toml report_engine/pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	@UV=$(UV) bin/install
	@touch $@

.venv/.test: pyproject.toml report_engine/pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	@UV=$(UV) bin/install --group dev
	@touch $@ .venv/.report

# Any Python will do to install uv with: where none fits the report, uv fetches one.
.uv/bin/uv: .ci/uv.txt
	@for python in python3.13 python3.12 python3.11 python3 python; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then \
	    $$python -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r .ci/uv.txt && touch $@; exit; \
	  fi; \
	done; \
	found=$$(python3 --version 2>/dev/null || echo -); \
	bin/say "Här finns ingen Python med modulen venv (hittade: $$found). På Debian eller Ubuntu: sudo apt install python3-venv. Annars: installera uv (docs.astral.sh/uv), som hämtar en Python själv." \
	  "There is no Python with the module venv here (found: $$found). On Debian or Ubuntu: sudo apt install python3-venv. Elsewhere: install uv (docs.astral.sh/uv), which fetches a Python itself."; exit 1

# What the tests of the published files need: html-validate and axe-core from npm, a Chromium, and Poppler for the PDF.
tests/browser/node_modules/.ready: tests/browser/package-lock.json
	@command -v npm >/dev/null || $(call install,nodejs npm,Node 18 or newer with npm)
	npm ci --prefix tests/browser --no-audit --no-fund
	@touch $@

.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || $(call install,chromium,Chromium or Google Chrome)
	@command -v pdftotext >/dev/null || $(call install,poppler-utils,Poppler (pdftotext))

# $(call install,<Debian packages>,<what to say where they can't be installed>)
install = { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq $(1) >/dev/null; } \
  || { echo 'The tests need $(2) on the PATH, and installing it needs rights that are lacking here. On Debian: sudo apt install $(1)' >&2; exit 1; }
