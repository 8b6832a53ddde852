#!/usr/bin/env bash
# Finds the Chromium that the browser stories run in, installs it as root on Debian, or says how to get it.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ]; then exit 0; fi
for name in chromium chromium-browser google-chrome; do
	if command -v "$name" >/dev/null; then exit 0; fi
done
if [ -e '/Applications/Google Chrome.app' ]; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "Chromium is missing: installing it"
	if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; then exit 0; fi
fi
echo "Chromium is missing, in which the web pages are tested. On Debian: apt-get install chromium. Elsewhere: set CHROMIUM to its path." >&2
exit 1
