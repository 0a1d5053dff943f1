#!/usr/bin/env bash
# Trains LeNet-5 on handwritten digits and shows what it reached. Options go on to the sample: ./demo.sh --help lists them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$here/eng/setup.sh"
dotnet build "$here/Samples/Samples.csproj" --configuration Release --verbosity quiet --nologo
export DLM_STARTED_BY="$0"
exec dotnet "$here/artifacts/bin/Samples/release/Dlm.Samples.dll" lenet "$@"
