SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# make run ARGS='--addr 127.0.0.1:9000'
ARGS ?=
# make test-go PACKAGES=./internal/adapter/store/...
PACKAGES ?= ./...
# make bench BENCH='--users 10000 --notifications 100000 --database sqlite --only a,b'
BENCH ?=
# What runs at once with itself. The rest of the tests sits on SQLite, which is 43 times slower under the race detector;
# and of the random questions a quarter is asked.
RACE_PACKAGES ?= adapter/mail adapter/twilio live platform/gqlfast platform/secret throttle twiliosandbox
# make test-versions PREVIOUS=v1.2.3. Before the first tag: the last version without jobs.
PREVIOUS ?= $(shell git describe --tags --match 'v[0-9]*' --abbrev=0 2>/dev/null || echo 831a3786)
# make fuzz FUZZTIME=10m
FUZZTIME ?= 30s
# What factordesk version tells. Where there is no checkout with tags: make build VERSION=v1.2.3
VERSION ?= $(shell git describe --tags --match 'v[0-9]*' 2>/dev/null)
COMMIT = $(shell git describe --always --exclude '*' --abbrev=40 --dirty 2>/dev/null)
COMMIT_DATE = $(shell TZ=UTC0 git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd 2>/dev/null)
LINKED = -X main.linkedVersion=$(VERSION) -X main.linkedCommit=$(COMMIT) -X main.linkedDate=$(COMMIT_DATE)
# Where generated code lies.
GENERATED ?= graph schema.graphql internal/platform/gqlfast/testschema web/shared/src/gql web/admin/src/gql web/banking/src/gql

PAGES := $(patsubst web/%/index.html,%,$(wildcard web/*/index.html))
NPM_DONE := web/node_modules/.package-lock.json
GOLANGCI_LINT := go tool -modfile=tools/go.mod golangci-lint
# Committed or not, but still there.
GO_FILES = { git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 ls -d 2>/dev/null || true; }

# steps runs the named targets in turn, does not stop at one that fails, and ends with one line that says how it went.
define steps
@failed=; \
for step in $(1); do \
	printf '\n== %s\n' "$$step"; \
	$(MAKE) "$$step" || failed="$$failed $$step"; \
done; \
echo; \
if [ -n "$$failed" ]; then echo "make $@: FAILED in$$failed (see above), after $$SECONDS s"; exit 1; fi; \
echo "make $@: everything passed in $$SECONDS s"
endef

.PHONY: help
help: ## List what can be asked for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-19s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##### Running and building

.PHONY: run
run: build ## Build everything and serve the demo (ARGS='…' are handed on)
	@exec bin/factordesk serve --demo $(ARGS)

.PHONY: build
build: web ## Build bin/factordesk with its web pages inside
	go build -ldflags '$(LINKED)' -o bin/factordesk ./cmd/factordesk

.PHONY: web
web: $(PAGES:%=web/%/dist/index.html) ## Build the web pages that changed

.PHONY: generate
generate: tools-present $(NPM_DONE) ## Write the generated code anew, the web clients' types too
	go generate ./...
	cd web && npm run --silent generate

.PHONY: fmt
fmt: tools-present ## Format the Go code
	@$(GO_FILES) | xargs gofmt -w

.PHONY: clean
clean: ## Remove what was built and installed here (the data in var/ stays)
	rm -rf bin web/node_modules web/*/node_modules
	git clean -fdXq -- $(PAGES:%=web/%/dist)

##### Testing

.PHONY: test
test: tools-present ## Test everything, on a real PostgreSQL that is found or installed
	$(call steps,verify build test-side-by-side test-race)

# The Go tests wait for databases, the stories for pages, which go first.
.PHONY: test-side-by-side
test-side-by-side: tools-present build bin/pgtemp
	@nice $(MAKE) test-go >bin/test-go.log 2>&1 & go=$$!; failed=; \
	$(MAKE) test-web || failed="$$failed test-web"; \
	wait $$go || failed="$$failed test-go"; \
	cat bin/test-go.log; \
	if [ -n "$$failed" ]; then echo "failed:$$failed (see above)"; exit 1; fi

.PHONY: test-go
test-go: tools-present $(NPM_DONE) bin/pgtemp ## Only the Go tests (PACKAGES=./internal/adapter/store/...)
	@bin/pgtemp -- go test -timeout 25m $(PACKAGES)

.PHONY: test-race
test-race: tools-present bin/pgtemp ## Only the Go tests of what runs at once, under the race detector
	@command -v "$$(go env CC)" >/dev/null || { echo "the race detector needs a C compiler: apt-get install gcc"; exit 1; }
	@packages="$(strip $(foreach p,$(RACE_PACKAGES),$(if $(wildcard internal/$p),./internal/$p/...)))"; \
	if [ -z "$$packages" ]; then echo "none of RACE_PACKAGES is here: $(RACE_PACKAGES)"; else bin/pgtemp -- go test -race -short $$packages; fi

.PHONY: test-web
test-web: build ## Only the web tests, the stories in a browser among them
	@scripts/chromium-present.sh
	@cd web && npm run --silent test

.PHONY: pictures
pictures: build ## Take the pictures in docs/images anew
	@scripts/chromium-present.sh
	@cd web && PICTURES=1 npm run --silent test -w e2e

.PHONY: test-versions
test-versions: tools-present bin/pgtemp ## Hold this version against PREVIOUS, the last tag or what is said: both on one database
	@rm -rf bin/previous && mkdir -p bin/previous
	@git archive $(PREVIOUS) | tar -x -C bin/previous
	@cd bin/previous && go build -o factordesk ./cmd/factordesk
	@PREVIOUS=$$PWD/bin/previous bin/pgtemp -- go test -tags versions -count 1 -run TestVersions ./cmd/factordesk

.PHONY: fuzz
fuzz: tools-present ## Try every fuzz test with new inputs for FUZZTIME each (make test runs their seeds)
	@grep -rl --include='*_test.go' '^func Fuzz' cmd graph internal | while read -r file; do \
		for name in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$$file"); do \
			go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s "./$$(dirname "$$file")" </dev/null; \
		done; \
	done

.PHONY: bench
bench: tools-present bin/pgtemp ## Measure what requests cost, on both databases (BENCH='--only a,b')
	@bin/pgtemp -- go run ./internal/dev/bench $(BENCH)

.PHONY: bin/pgtemp
bin/pgtemp:
	@go build -o $@ ./internal/dev/pgtest/cmd/pgtemp

##### Verifying

.PHONY: verify
verify: tools-present ## Check generated code, format, lint, modules and the rules of the house
	$(call steps,verify-format verify-generated verify-gqlgen verify-modules verify-house lint)

.PHONY: lint
lint: $(NPM_DONE) ## Only the linters: golangci-lint (.golangci.yml), ESLint, the TypeScript compiler
	$(GOLANGCI_LINT) run ./...
	@cd web && npm run --silent check

.PHONY: verify-format
verify-format: ## Only: is every Go file formatted?
	@unformatted=$$($(GO_FILES) | xargs gofmt -l); \
	if [ -n "$$unformatted" ]; then printf 'not formatted, run make fmt:\n%s\n' "$$unformatted"; exit 1; fi

.PHONY: verify-generated
verify-generated: ## Only: is the generated code what make generate writes?
	@scripts/verify-generated.sh $(GENERATED)

.PHONY: verify-gqlgen
verify-gqlgen: tools-present ## Only: is the installed gqlgen what internal/platform/gqlfast stands on?
	@go test -short ./internal/platform/gqlfast/... || { echo 'internal/platform/gqlfast/README.md says what to do ("Upgrading gqlgen")'; exit 1; }

.PHONY: verify-modules
verify-modules: ## Only: are the Go modules tidy and the pinned ones in step?
	@scripts/verify-modules.sh

.PHONY: verify-house
verify-house: ## Only: does no file name a package registry or somebody's machine?
	@scripts/verify-house.sh

##### What the others stand on

.PHONY: tools-present
tools-present:
	@scripts/tools-present.sh

# npm writes this file last: when it is newer than what it was made from, the packages are all there.
$(NPM_DONE): web/package-lock.json web/package.json web/.npmrc $(wildcard web/*/package.json) | tools-present
	cd web && npm ci
	@touch $@

define page
web/$(1)/dist/index.html: $$(NPM_DONE) $$(wildcard web/*.json web/*.ts) \
		$$(shell find $$(wildcard web/$(1) web/shared) -name node_modules -prune -o -name dist -prune -o -type f -print)
	cd web && npm run --silent build -w $(1)
endef
$(foreach p,$(PAGES),$(eval $(call page,$p)))
