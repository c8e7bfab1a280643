# `make run` starts the service, `make test` checks it; both set up what they need. Python 3.11 or newer is all they ask for.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
# Which tests, for example `make test TESTS=tests/unit`.
TESTS ?=
JOBS ?= 2
# The small model that `make local-llm` sets up.
QWEN := models/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf

# uv would install into an environment that is active in the shell.
unexport VIRTUAL_ENV CONDA_PREFIX

# Stands for the very large model whose answers are kept: nothing listens there.
LARGE := SUMMARIZER_LLM_MODEL=very-large SUMMARIZER_LLM_BASE_URL=http://127.0.0.1:9/v1 SUMMARIZER_LLM_API_KEY=none \
	SUMMARIZER_LLM_TASK=draft SUMMARIZER_LLM_RETRIES=0

.PHONY: help run test check format local-llm lock screenshots bench bench-drafting eval eval-llm eval-large eval-baseline clean

help: ## Show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/run.stamp ## Start the service with the demonstration workspace and print its address
	$(BIN)/summarizer serve --demo

test: .venv/dev.stamp check ## Run all checks and tests
	$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

check: .venv/dev.stamp ## Types, style and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m cogapp --check docs/settings.md

format: .venv/dev.stamp ## Put the code and the generated tables into shape
	$(BIN)/python -m cogapp -r docs/settings.md
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

local-llm: .venv/local-llm.stamp ## Start the service on a small language model that runs on this machine
	$(BIN)/python -m eval.local_model --into models
	SUMMARIZER_LLM_GGUF=$(QWEN) $(BIN)/summarizer serve --demo

lock: $(UV) ## Write the requirement files anew from pyproject.toml
	for set in run dev; do $(UV) pip compile -q pyproject.toml --extra $$set --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--upgrade -o requirements/$$set.txt; done

screenshots: .venv/dev.stamp ## Take the README's picture of the review page anew
	$(BIN)/python -m tests.acceptance.screenshots docs/images/review.png

bench: .venv/dev.stamp ## Measure how long a draft and the first page take
	$(BIN)/python -m eval.bench

eval: .venv/dev.stamp ## Measure the embedded engine on the test cases, as the README shows it, with a report in build/eval
	$(BIN)/summarizer eval run --engine embedded --cases test --out build/eval/test.json --report build/eval/test.html
	$(BIN)/summarizer eval run --engine embedded --cases nothing --out build/eval/nothing.json
	$(BIN)/summarizer eval run --engine embedded --cases brief --out build/eval/brief.json

eval-llm: .venv/dev.stamp ## Measure a small language model on twelve development cases; what is in eval/answers is not asked again
	SUMMARIZER_LLM_GGUF=$(QWEN) $(BIN)/summarizer eval run --engine llm --cases development --limit 12 \
		--answers eval/answers --out build/eval/llm.json --report build/eval/llm.html

eval-large: .venv/dev.stamp ## Score what a very large model answered to the test, brief and nothing cases; nobody is asked
	for cases in test brief nothing; do $(LARGE) $(BIN)/summarizer eval run --engine llm --cases $$cases \
		--answers eval/answers/very-large --out build/eval/large-$$cases.json --report build/eval/large-$$cases.html || exit 1; done

bench-drafting: .venv/dev.stamp ## Measure tokens, time and quality of drafts beside LangExtract's, on the same model
	$(UV) pip install --quiet --editable ".[bench]"
	$(BIN)/python -m eval.bench drafting --model $(QWEN)

eval-baseline: .venv/dev.stamp ## Keep the scores on the development cases as what CI compares with
	$(BIN)/summarizer eval run --engine embedded --cases development --out eval/baselines/embedded.json --scores-only

clean: ## Remove the environment; data and models stay
	rm -rf .venv

$(UV):
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/run.stamp: requirements/run.txt pyproject.toml | $(UV)
	$(UV) pip install --quiet --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: requirements/dev.txt requirements/model-test.txt pyproject.toml | $(UV)
	$(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	$(UV) pip install --quiet --no-deps --require-hashes -r requirements/model-test.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/local-llm.stamp: requirements/local-llm.txt .venv/run.stamp
	$(UV) pip install --quiet --no-deps --require-hashes -r requirements/local-llm.txt
	touch $@
