#!/usr/bin/env bash
# Sets up, builds and runs the tests: ./test.sh all of them, ./test.sh Dsl those of the projects whose names begin with Dsl.
# What follows -- goes on to the test programs: ./test.sh Dsl -- -method '*Lexer*'. The last line is "N passed, N failed",
# with ", N skipped" where some were; anything but success ends with a status other than 0.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec </dev/null

readonly results=$PWD/artifacts/test-results
readonly longest=1200 # seconds a project may take before it counts as hanging

wanted=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do wanted+=("$1"); shift; done
[ $# -eq 0 ] || shift

passed=0 failed=0 skipped=0
finish() {
  echo
  if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  [ "$failed" -eq 0 ]
  exit
}
stop() { echo "test: $*"; failed=1; finish; }

projects=()
for project in Tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  [ ${#wanted[@]} -gt 0 ] || projects+=("$name")
  for prefix in ${wanted[@]+"${wanted[@]}"}; do
    case $name in "$prefix"*) projects+=("$name"); break ;; esac
  done
done
[ ${#projects[@]} -gt 0 ] || stop "no test project begins with ${wanted[*]}; there are $(cd Tests && echo *.Tests)."

eng/setup.sh || stop "setting up failed."

rm -rf "$results"
mkdir -p "$results"

# ---- build: warnings are errors. No process outlives it, because a build server would keep a caller's pipe open.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
build() {
  local project
  for project; do
    dotnet build "$project" --configuration Release --verbosity quiet -maxcpucount:2 -nodeReuse:false \
      $([ "${CI:-}" != true ] || echo -p:UseSharedCompilation=false) >>"$results/build.log" 2>&1 || return
  done
}
targets=(Compiler.sln)
[ ${#wanted[@]} -eq 0 ] || mapfile -t targets < <(printf 'Tests/%s\n' "${projects[@]}")
echo "test: building (log in ${results#"$PWD"/}/build.log)"
started=$SECONDS
build "${targets[@]}" || {
  grep -E 'error|warning' "$results/build.log" | sort -u || cat "$results/build.log"
  stop "the build failed."
}
echo "test: built in $((SECONDS - started)) s"

if [ ${#wanted[@]} -eq 0 ]; then
  unformatted=$(dotnet format whitespace . --folder --verify-no-changes --exclude artifacts 2>&1) || {
    echo "$unformatted"
    echo "test: not formatted; this does it: dotnet format whitespace . --folder --exclude artifacts"
    failed=$((failed + 1))
  }
fi

# ---- run: each project is a program that writes what it found to a TRX file. Most tensors of tests are so small that threads would only wait for one
# another: one thread for each operation, and tests side by side.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
for name in "${projects[@]}"; do
  trx=$results/$name.trx log=$results/$name.log
  started=$SECONDS
  assembly=$(ls "artifacts/bin/$name/release/"*".$name.dll" 2>/dev/null | head -n 1)
  { timeout -k 10 "$longest" dotnet "${assembly:-artifacts/bin/$name/release/ is empty}" -noLogo -noColor -trx "$trx" "$@" >"$log" 2>&1; } 2>/dev/null
  status=$?

  counters=$(grep -o '<Counters [^>]*>' "$trx" 2>/dev/null)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  total=$(count total) good=$(count passed) bad=$(count failed)
  total=${total:-0} good=${good:-0} bad=${bad:-0}
  left=$((total - good - bad))

  problem=
  if [ -z "$counters" ]; then problem="it ended with status $status before it could say what it found"
  elif [ "$total" -eq 0 ] && [ $# -eq 0 ]; then problem="it ran no test"
  elif [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then problem="no test failed, and yet it ended with status $status"
  fi
  [ "$status" -ne 124 ] || problem="it was stopped after $longest s"
  [ -z "$problem" ] || bad=$((bad + 1))

  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
  printf '%-20s %5d passed, %d failed, %d skipped   %d s\n' "$name" "$good" "$bad" "$left" $((SECONDS - started))
  if [ "$bad" -gt 0 ]; then
    # A crash may end in thousands of lines; its beginning says what it was.
    if [ -n "$counters" ]; then cat "$log"; else head -n 100 "$log" | cut -c 1-300; fi
    [ -z "$problem" ] || echo "test: $name: $problem; its whole log is in ${log#"$PWD"/}."
  else
    grep -A 1 '\[SKIP\]' "$log" | grep -v '^--$'
  fi
done
[ $((passed + failed + skipped)) -gt 0 ] || stop "no test is of that name."
finish
