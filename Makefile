# `make help` lists the habits. A build folder outside the clone keeps fresh clones quick.
export HEADWATERS_BUILD ?= $(HOME)/.cache/headwaters/build
SWIFT_FLAGS = --scratch-path $(HEADWATERS_BUILD)
.PHONY: help setup build install demo test check format bench golden
.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing: Debian packages, pinned PyPI packages
	@scripts/setup build

build: setup ## a release binary at .build/release/headwaters
	swift build -c release --product headwaters $(SWIFT_FLAGS)
	@scripts/link-release

install: ## copy what `make build` made, and all it needs, to PREFIX (default /opt/headwaters)
	@PREFIX='$(PREFIX)' scripts/install

demo: build ## a sample city, the whole chain, then http://127.0.0.1:8080 (ONCE=1 stops after the chain)
	@scripts/demo

test: ## install what is missing and run every test (F=Name runs the suites that match)
	@scripts/setup test
	@scripts/test '$(F)'

check: ## what review expects: format, then every test
	swift format lint -r --strict Sources Tests Benchmarks Package.swift
	@$(MAKE) --no-print-directory test

format: ## rewrite the code in the one style
	swift format -i -r Sources Tests Benchmarks Package.swift

golden: ## accept the files that golden tests compare with, then read the diff
	@scripts/setup test
	RECORD=1 scripts/test

bench: ## measure the speed goals, as ratios in one run
	@scripts/setup bench
	@scripts/bench
