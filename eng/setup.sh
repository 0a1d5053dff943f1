#!/usr/bin/env bash
# Decides where TorchSharp comes from on this machine, once, and writes it to artifacts/torch.props:
#   package  the feed has TorchSharp's package;
#   system   it has none: Torch/ over the machine's own libtorch, for which the native file is built here.
# DLM_TORCH=package|system decides it without asking the feed. TORCH_PREFIX=<a PyTorch wheel's torch folder>
# (with include/ and lib/) builds against that libtorch instead of Debian's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

have dotnet || fail "the .NET SDK is missing: there is no 'dotnet' on the path. Install .NET SDK 10 (https://dot.net/download) and run this again."

asked=${DLM_TORCH:-}
case "$asked" in
  '' | package | system) ;;
  *) fail "DLM_TORCH is '$asked'; it must be 'package' or 'system'." ;;
esac
prefix=${TORCH_PREFIX:-/usr}
if [ -n "${TORCH_PREFIX:-}" ] && [ "$asked" = package ]; then
  fail "TORCH_PREFIX names a libtorch, and DLM_TORCH=package asks for none. Unset one of them."
fi

# ---- is there anything to do?

libtorch() { ls -L -l --time-style=+%s "$prefix"/lib/libtorch_cpu.so "$prefix"/lib/*/libtorch_cpu.so 2>/dev/null || true; }

# All that a finished setup rests on.
fingerprint() {
  { echo "$asked" "$prefix"; cat Directory.Packages.props eng/setup.sh Torch/native/*.* Torch/native/*/*; libtorch; } | sha256sum | cut -d' ' -f1
}

props=artifacts/torch.props
native=artifacts/native/libdlmtorch.so
stamp=artifacts/setup.stamp

if [ -f "$props" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ] && { [ -f "$native" ] || grep -q '>package<' "$props"; }; then
  say "nothing to do: $(sed -n 's/.*<!-- \(.*\) -->.*/\1/p' "$props")"
  exit 0
fi

finish() { # package|system, and why
  cat >"$props" <<PROPS
<Project>
  <!-- ${2//--/- -} -->
  <PropertyGroup>
    <TorchSharpSource Condition="'\$(TorchSharpSource)' == ''">$1</TorchSharpSource>
  </PropertyGroup>
</Project>
PROPS
  fingerprint >"$stamp"
  say "$2"
  exit 0
}

# ---- the package?

mkdir -p artifacts/probe

probe() { # restores the package as the projects do; where the feed has none, NuGet says so within seconds
  cat >artifacts/probe/probe.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <UseTorchSharp>true</UseTorchSharp>
  </PropertyGroup>
</Project>
PROJECT
  NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 timeout 900 dotnet restore artifacts/probe/probe.csproj \
    -p:TorchSharpSource=package --verbosity quiet >artifacts/probe/restore.log 2>&1
}

if [ "$asked" = package ]; then
  finish package "TorchSharp comes from its package, as DLM_TORCH asks."
elif [ "$asked" = system ]; then
  why="as DLM_TORCH asks"
elif [ "$prefix" != /usr ]; then
  why="as TORCH_PREFIX asks"
elif probe; then
  finish package "TorchSharp comes from its package, which the feed has."
elif grep -qE 'NU110[123]' artifacts/probe/restore.log; then
  why="because the feed has no TorchSharp package"
else
  why="because the feed does not answer (artifacts/probe/restore.log)"
fi

# ---- the machine's libtorch

missing=()
if [ "$prefix" = /usr ]; then
  [ -n "$(libtorch)" ] && [ -e /usr/include/ATen/ATen.h ] || missing+=(libtorch-dev)
  [ -e /usr/include/gloo/context.h ] || missing+=(libgloo-dev) # for training in several processes
  ls /usr/lib/*/libturbojpeg.so.0 >/dev/null 2>&1 || missing+=(libturbojpeg0) # these two for folders of images
  ls /usr/lib/*/libpng16.so.16 >/dev/null 2>&1 || missing+=(libpng16-16)
  # Without it libtorch finds a BLAS of one thread, and a matrix product runs some 70 times slower.
  ls /usr/lib/*/openblas-pthread/libblas.so.3 >/dev/null 2>&1 || missing+=(libopenblas0-pthread)
elif [ -z "$(libtorch)" ] || [ ! -e "$prefix/include/ATen/ATen.h" ]; then
  fail "TORCH_PREFIX=$prefix has no include/ATen/ATen.h or no lib/libtorch_cpu.so; it must be a PyTorch wheel's 'torch' folder."
fi
have g++ || missing+=(g++)
have cmake || missing+=(cmake)
have make || missing+=(make)

if [ ${#missing[@]} -gt 0 ]; then
  have apt-get || fail "TorchSharp would come from the machine's libtorch, $why, but ${missing[*]} is missing and there is no apt-get." \
    "Install it by hand, or name a PyTorch wheel's 'torch' folder in TORCH_PREFIX, or add a NuGet feed that has TorchSharp-cpu."
  root=()
  if [ "$(id -u)" != 0 ]; then
    have sudo || fail "${missing[*]} must be installed, which takes root: run 'apt-get install ${missing[*]}' as root, and then this again."
    root=(sudo)
  fi
  say "${missing[*]} is missing: installing with apt-get (artifacts/apt.log)"
  {
    "${root[@]}" apt-get update &&
      "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
  } >artifacts/apt.log 2>&1 || {
    tail -n 3 artifacts/apt.log >&2
    fail "apt-get could not install ${missing[*]}; the whole of what it said is in artifacts/apt.log."
  }
fi

if [ "$prefix" = /usr ]; then
  blas=$(readlink -f /usr/lib/*/libblas.so.3 | head -n 1)
  case "$blas" in
    *openblas-pthread*) ;;
    *) say "note: the BLAS in use is $blas; OpenBLAS is much faster: update-alternatives --config libblas.so.3-$(uname -m)-linux-gnu" ;;
  esac
fi

# Later libtorchs keep their version in torch/headeronly.
for header in torch/headeronly/version.h torch/csrc/api/include/torch/version.h; do
  [ -e "$prefix/include/$header" ] && break
done
version=$(awk '/define TORCH_VERSION_M/ { printf "%s%s", dot, $3; dot = "." }' "$prefix/include/$header")
say "building $native against libtorch $version (artifacts/native.log)"
rm -rf artifacts/native
mkdir -p artifacts/native
{
  cmake -S Torch/native -B artifacts/native/build -DTORCH_PREFIX="$prefix" &&
    cmake --build artifacts/native/build --parallel "$(nproc)"
} >artifacts/native.log 2>&1 || {
  grep -m 3 -iE 'error' artifacts/native.log >&2 || true
  fail "$native could not be built against libtorch $version; the whole of what the compiler said is in artifacts/native.log."
}

grep -q 'Gloo 1' artifacts/native.log || say "note: $native is built without groups of processes, as $prefix has no headers of Gloo: training in several processes will not work."

finish system "TorchSharp comes from Torch/ over libtorch $version in $prefix, $why."
