#!/usr/bin/env bash
# A Chromium for the browser tests: one on the PATH, else the system's package, else playwright's own.
# Never fails: without a browser those tests skip and say why.
set -u
python=${1:?usage: browser.sh PYTHON}

found() {
  for name in "${FOEDUS_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" && return 0
  done
  return 1
}

if path=$(found); then
  echo "browser: $path"
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "browser: installing the system's chromium"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
    >/dev/null 2>&1
  found && exit 0
fi
echo "browser: installing playwright's chromium"
timeout 600 "$python" -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "browser: none could be installed; the browser tests will skip"
exit 0
