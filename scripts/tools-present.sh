#!/usr/bin/env bash
# Says which of the tools that the project stands on are missing or too old, and how to get them.
set -uo pipefail
cd "$(dirname "$0")/.."

wanted_go=$(awk '$1 == "go" { print $2 }' go.mod)
wanted_node=20.19
missing=()

# at_least HAVE WANTED
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

if ! command -v go >/dev/null; then
	missing+=("Go $wanted_go or newer is missing: https://go.dev/doc/install")
else
	have=$(go version 2>&1 | grep -oE 'go[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1)
	at_least "${have#go}" "$wanted_go" || missing+=("Go ${have#go} is too old, $wanted_go or newer is needed: https://go.dev/doc/install")
fi

if ! command -v node >/dev/null; then
	missing+=("Node.js $wanted_node or newer is missing: https://nodejs.org/en/download")
else
	have=$(node --version)
	at_least "${have#v}" "$wanted_node" || missing+=("Node.js ${have#v} is too old, $wanted_node or newer is needed: https://nodejs.org/en/download")
fi

command -v npm >/dev/null || missing+=("npm is missing: it comes with Node.js (Debian has it apart: apt-get install npm)")
command -v git >/dev/null || missing+=("git is missing: apt-get install git")

if [ ${#missing[@]} -gt 0 ]; then
	printf '%s\n' "${missing[@]}" >&2
	exit 1
fi
