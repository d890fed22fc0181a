# Needs git, make and Python 3.11, 3.12 or 3.13; brings everything else into this folder.

# An uv that can read this project's lock, or one of the project's own.
UV := $(shell uv export --frozen --quiet >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
RUN := .venv/bin

export UV_PYTHON_DOWNLOADS = never
export UV_NO_PROGRESS = 1
# A build starts Python a dozen times: let the environment keep its bytecode.
unexport PYTHONDONTWRITEBYTECODE VIRTUAL_ENV

.PHONY: report gallery check explore test test-long soak lint bench clean distclean

report: .venv/.report  ## build the report
	$(RUN)/report build

gallery: report  ## show all figures of both editions side by side, for review
	$(RUN)/report gallery

check: .venv/.report  ## check data and settings only
	$(RUN)/report check

explore: .venv/.report  ## open JupyterLab on the tidy tables
	$(UV) sync --locked --inexact --quiet --extra explore
	$(RUN)/report explore

test: .venv/.test tests/browser/node_modules/.ready browser  ## run all tests
	$(RUN)/pytest -n 2 --dist worksteal

test-long: .venv/.test  ## run the long tests: other studies, every format, hostile cells
	$(RUN)/pytest -n 2 --dist worksteal -m long

soak: .venv/.test  ## for hours, and going on where it was stopped: random edits, accidents and kills, each against a clean build
	@command -v strace >/dev/null || $(call install,strace,strace)
	$(RUN)/pytest -n 2 -m soak
	$(RUN)/python -m tests.workflow.soak .soak/report --steps 100 --kills 5
	$(RUN)/python -m tests.workflow.soak .soak/small --small --steps 0 --kills 50

lint: .venv/.test  ## check style and types
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-cache
	$(RUN)/snakefmt --check Snakefile

bench: .venv/.test  ## measure builds against the time the work itself takes
	$(RUN)/python -m tests.bench

clean:  ## remove what a build makes, the published report included
	rm -rf data/tidy data/results data/checked figures/sv figures/en report/_output report/_staging logs .snakemake .quarto

distclean: clean  ## remove what was installed, too
	rm -rf .venv .uv .soak tests/browser/node_modules

# Packages of the environment; --inexact leaves those that the other target installed.
.venv/.report: pyproject.toml report_engine/pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --locked --inexact --quiet
	@touch $@

.venv/.test: pyproject.toml report_engine/pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --locked --inexact --quiet --group dev
	@touch $@ .venv/.report

.uv/bin/uv: .ci/uv.txt
	@for python in python3.13 python3.12 python3.11 python3; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    $$python -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r .ci/uv.txt && touch $@; exit; \
	  fi; \
	done; \
	echo 'There is no Python 3.11, 3.12 or 3.13 with venv here. On Debian or Ubuntu: apt install python3-venv' >&2; exit 1

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
