#!/usr/bin/env bash
# Kills a training run $1 times (a hundred without it) with SIGKILL, at moments drawn by chance from a fixed seed, resumes it each time, and compares
# its losses and its network with those of a run that nobody killed: they must be equal bit for bit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
eng/setup.sh
dotnet build Tests/Runtime.Tests --verbosity quiet
DLM_KILLS=${1:-100} dotnet artifacts/bin/Runtime.Tests/debug/Dlm.Runtime.Tests.dll -noColor -noLogo -method '*A_run_that_is_killed_again_and_again_ends_as_one_that_was_not'
