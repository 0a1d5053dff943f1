#!/usr/bin/env bash
# Accepts what snapshot tests received: all of it, or that of the tests whose name begins with $1, as in Class.Method.
set -eu
cd "$(dirname "$0")/../Tests"
find . -name "${1:-}*.received.*" -not -path '*/bin/*' -not -path '*/obj/*' -print0 | sort -z | while IFS= read -r -d '' received; do
  mv -- "$received" "${received/.received./.verified.}"
  echo "accepted ${received#./}"
done
