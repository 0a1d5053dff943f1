#!/usr/bin/env bash
# Trains LeNet-5 on handwritten digits and shows what it reached. Options go on to the sample: ./demo.sh --help lists them.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/eng/setup.sh"
echo "demo: building"
log=$(dotnet build "$here/Samples/Samples.csproj" --configuration Release --verbosity quiet --nologo) || { echo "$log" >&2; exit 1; }

export DLM_STARTED_BY="$0"
exec dotnet "$here/artifacts/bin/Samples/release/Dlm.Samples.dll" lenet "$@"
