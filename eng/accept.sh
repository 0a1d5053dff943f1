#!/usr/bin/env bash
# Accepts what snapshot tests received: all of it, or that of the tests whose name begins with $1, as in Class.Method.
# A page of docs that is written by a test is its own snapshot.
set -eu
cd "$(dirname "$0")/.."
find Tests docs README*.md -name "${1:-}*.received.*" -not -path '*/bin/*' -not -path '*/obj/*' -print0 | sort -z | while IFS= read -r -d '' received; do
  case $received in docs/* | README*) accepted=${received/.received./.} ;; *) accepted=${received/.received./.verified.} ;; esac
  mv -- "$received" "$accepted"
  echo "accepted $received"
done
