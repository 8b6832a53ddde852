#!/usr/bin/env bash
# Fails if go.mod isn't tidy, or if the two modules below don't fit each other.
set -euo pipefail
cd "$(dirname "$0")/.."

# go mod tidy -diff prints what it would change.
go mod tidy -diff || { echo "go.mod is not tidy: run go mod tidy"; exit 1; }
(cd tools && go mod tidy -diff) || { echo "tools/go.mod is not tidy: run go mod tidy in tools"; exit 1; }

# modernc.org/sqlite is machine-translated against one version of modernc.org/libc and breaks in odd ways on any other,
# newer ones included.
sqlite=modernc.org/sqlite
libc=modernc.org/libc
has=$(go list -m -f '{{.Version}}' $libc)
wants=$(go mod edit -json "$(go list -m -f '{{.GoMod}}' $sqlite)" | grep -A 1 "\"$libc\"" | grep -oE 'v[0-9][^"]*')
if [ "$has" != "$wants" ]; then
	echo "$sqlite needs $libc at exactly $wants, go.mod has $has: go get $libc@$wants. Where another module wants $has,"
	echo "go.mod excludes it: go mod edit -exclude=$libc@$has -require=$libc@$wants"
	exit 1
fi
