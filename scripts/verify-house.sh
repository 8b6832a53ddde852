#!/usr/bin/env bash
# Fails if a file of the repository, committed or about to be, names a package registry's host or a path of
# somebody's machine: both mean something at one desk only.
# The patterns are written so that they don't match themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0

# refuse WHAT PATTERN
refuse() {
	if git grep --untracked -nIE -e "$2"; then
		echo "^ names $1"
		failed=1
	fi
}

refuse "a package registry's host" \
	'(registry|repo)[.](npmjs|yarnpkg|npmmirror|maven)|(proxy|sum)[.]golang[.]org|goproxy[.](io|cn)|(deb|security|ftp)[.]debian[.]org|(archive|security)[.]ubuntu[.]com|pypi[.]org|files[.]pythonhosted|(static|index)[.]crates[.]io'
refuse "a path of somebody's machine" \
	'(^|[^[:alnum:]_./-])/(wor[k]|roo[t]|home/[a-z][a-z0-9_-]*|Users/[A-Za-z]+)/'

if git grep --untracked -nE -e '"resolved": "[a-z+]+:' -- '*package-lock.json'; then
	echo "^ a lock file holds download addresses: run npm in web/, whose .npmrc leaves them out"
	failed=1
fi

exit $failed
