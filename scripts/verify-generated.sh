#!/usr/bin/env bash
# verify-generated.sh PATH... generates anew and fails if that changes anything below the paths, committed or not.
set -euo pipefail
cd "$(dirname "$0")/.."

index=$(mktemp -d)
trap 'rm -rf "$index"' EXIT

paths=()
for path in "$@"; do
	if [ -e "$path" ]; then paths+=("$path"); fi
done
if [ ${#paths[@]} -eq 0 ]; then
	echo "nothing is generated yet: $*"
	exit 0
fi

# The working tree as a Git tree, made in an index of its own so that nobody's staged work is touched.
snapshot() {
	GIT_INDEX_FILE=$index/index git add --all -- "${paths[@]}"
	GIT_INDEX_FILE=$index/index git write-tree
}

before=$(snapshot)
make generate
after=$(snapshot)

if ! git diff --exit-code --stat "$before" "$after"; then
	echo "the generated code was not up to date. It is now: commit it (make generate)"
	exit 1
fi
