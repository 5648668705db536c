# Everything a newcomer needs: Python 3.11 or newer, and make. `make help` lists the targets.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CENTRAL := sqlite
DEMO_DIR := $(if $(filter sqlite,$(CENTRAL)),.demo,.demo-$(CENTRAL))
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11

# What Python has compiled once is read by the next start: a test of the program starts it hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: docs wheel languages help demo demo-reset test torture torture-devices check bench constraints environment

help: ## say what each target does
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: $(READY) ## run the demo warehouse: central store, data and the terminal program (CENTRAL=postgres)
	@$(BIN)/scanner demo --dir $(DEMO_DIR) --central $(CENTRAL)

demo-reset: ## forget the demo warehouse; the next `make demo` builds a new one
	@for data in .demo*/postgresql; do [ ! -L "$$data" ] || rm -rf "$$(dirname "$$(readlink "$$data")")"; done
	@rm -rf .demo .demo-*
	@echo "The demo warehouse is gone. 'make demo' builds a new one."

test: $(READY) ## run the tests, four at a time (ARGS="-k word" to choose)
	@$(BIN)/python -m pytest -q -n 4 --dist worksteal $(ARGS)

torture: $(READY) ## try to make it lose something: each trial in full, in turn, best as root (PART=name for one, ARGS="-k word")
	@$(if $(filter-out fuzz,$(PART)),,$(PIP) install 'atheris>=3,<4' 2>/dev/null \
		|| echo "atheris cannot be installed here; the fuzzer is left out.")
	@$(if $(filter-out patroni,$(PART)),,$(call install-cluster) \
		|| echo "A database cluster cannot be installed here; its trial is left out.")
	@$(BIN)/python -m tests.torture $(PART) $(ARGS)

torture-devices: $(READY) ## try readers on real kernel devices, plugged into a virtual machine (WORD=word to choose)
	@$(BIN)/python -m tests.torture.machine $(WORD)

check: $(READY) ## lint, format, types, import contracts
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { $(BIN)/ruff format --check; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

bench: $(READY) ## measure product against floor (ONLY=name for one)
	@$(BIN)/python -m benchmarks $(ONLY)

docs: $(READY) ## draw the charts and pictures of the docs from the code
	@$(BIN)/python docs/build.py

languages: $(READY) ## bring the catalogues of sentences in step with the phrase book
	@$(BIN)/python -m scanner_app.languages.update

wheel: $(READY) ## build dist/scanner_app-*.whl, which is what is installed elsewhere
	@$(PIP) wheel --no-deps -w dist .
	@ls dist/scanner_app-*.whl

constraints: ## resolve the newest allowed versions and write constraints.txt
	@rm -rf build/constraints && mkdir -p build
	@$(call find-python) && "$$python" -m venv build/constraints
	@build/constraints/bin/python -m pip -qq --disable-pip-version-check install 'pip>=25.1'
	@build/constraints/bin/python -m pip -qq --disable-pip-version-check install -e '.[central]' --group dev
	@build/constraints/bin/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==' > constraints.txt
	@rm -rf build/constraints
	@echo "constraints.txt names $$(wc -l < constraints.txt) packages."

# Two makes at once wait for each other here, and the second finds the work done.
$(READY): pyproject.toml constraints.txt $(wildcard scanner_app/languages/*.po)
	@mkdir -p $(VENV)
	@if command -v flock >/dev/null 2>&1; \
		then flock $(VENV)/.lock $(MAKE) --no-print-directory environment; \
		else $(MAKE) --no-print-directory environment; fi

environment:
	@[ $(READY) -nt pyproject.toml ] && [ $(READY) -nt constraints.txt ] || { set -e; \
		echo "Preparing $(VENV) ..."; \
		$(call find-python); \
		[ -x $(BIN)/python ] && $(BIN)/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv $(VENV); \
		$(PIP) install 'pip>=25.1'; \
		$(PIP) install -c constraints.txt -e '.[central]' --group dev; }
	@$(BIN)/python -m scanner_app.languages.catalogue
	@touch $(READY)

# Debian's packages; PostgreSQL does not run as root, so the interpreter of an environment may be out of its reach.
define install-cluster
[ -x /usr/bin/patroni ] && command -v etcd >/dev/null && command -v pg_ctlcluster >/dev/null || { [ "$$(id -u)" = 0 ] \
	&& export DEBIAN_FRONTEND=noninteractive && apt-get update -qq >/dev/null 2>&1 \
	&& apt-get install -y -qq --no-install-recommends postgresql patroni python3-etcd etcd-server >/dev/null 2>&1; }
endef

define find-python
python=; for name in $(PYTHONS); do \
	if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
		then python=$$name; break; fi; done; \
	[ -n "$$python" ] || { echo "Python 3.11 or newer (with venv) is needed." >&2; exit 1; }
endef
