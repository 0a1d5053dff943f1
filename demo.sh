#!/usr/bin/env bash
# Trains LeNet-5 on handwritten digits and shows what it reached. Options go on to the sample: ./demo.sh --help lists them.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/eng/setup.sh"
echo "demo: building"
# To a file and not through a pipe, which the compiler's server would hold open when the build is long done.
log=$here/artifacts/demo-build.log
dotnet build "$here/Samples/Samples.csproj" --configuration Release --verbosity quiet --nologo </dev/null >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

export DLM_STARTED_BY="$0"
exec dotnet "$here/artifacts/bin/Samples/release/Dlm.Samples.dll" lenet "$@"
