#!/usr/bin/env bash
# Decides where TorchSharp comes from on this machine, once, and writes it to artifacts/torch.props:
#   package  the feed has TorchSharp's package;
#   system   it has none: Torch/ over the machine's own libtorch, for which the native file is built here.
# DLM_TORCH=package|system decides it without asking the feed. TORCH_PREFIX=<a PyTorch wheel's torch folder>
# (with include/ and lib/) builds against that libtorch instead of Debian's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p artifacts

say() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

have dotnet || fail "the .NET SDK is missing: 'dotnet' is not on the path. Install .NET SDK 10 (https://dot.net/download) and run this again."

asked=${DLM_TORCH:-}
choice=$asked
case "$choice" in ''|package|system) ;; *) fail "DLM_TORCH is '$choice'; it must be 'package' or 'system'." ;; esac
if [ -n "${TORCH_PREFIX:-}" ]; then
  [ "$choice" != package ] || fail "TORCH_PREFIX names a libtorch, and DLM_TORCH=package asks for none. Unset one of them."
  choice=system
fi
prefix=${TORCH_PREFIX:-/usr}

# What a finished setup rests on: if none of it changed, there is nothing to do.
libtorch() { ls -L --time-style=+%s -l "$prefix"/lib/libtorch_cpu.so "$prefix"/lib/*/libtorch_cpu.so 2>/dev/null || true; }
fingerprint() { { echo "$asked" "$prefix"; cat Directory.Packages.props eng/setup.sh Torch/native/*; libtorch; } | sha256sum | cut -d' ' -f1; }

stamp=artifacts/native/setup.stamp
if [ -f artifacts/torch.props ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; then
  if grep -q '>package<' artifacts/torch.props || [ -f artifacts/native/libdlmtorch.so ]; then
    say "nothing to do: $(sed -n 's/.*<!-- \(.*\) -->.*/\1/p' artifacts/torch.props)."
    exit 0
  fi
fi

finish() { # mode, reason
  mkdir -p artifacts/native
  printf '<Project>\n  <!-- %s -->\n  <PropertyGroup>\n    <TorchSharpSource Condition="'"''"' == '"'\$(TorchSharpSource)'"'">%s</TorchSharpSource>\n  </PropertyGroup>\n</Project>\n' "$2" "$1" >artifacts/torch.props
  fingerprint >"$stamp"
  say "$2."
  exit 0
}

# ---- the package?

in_feed() { # restores the package as the projects would; where the feed has none, NuGet says so in a second or two
  mkdir -p artifacts/probe
  cat >artifacts/probe/probe.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <UseTorchSharp>true</UseTorchSharp>
  </PropertyGroup>
</Project>
PROJECT
  timeout 600 dotnet restore artifacts/probe/probe.csproj -p:TorchSharpSource=package --verbosity quiet >artifacts/probe/restore.log 2>&1
}

if [ -z "$choice" ]; then
  if in_feed; then choice=package; why="TorchSharp comes from its package, which the feed has"
  else choice=system; why="TorchSharp comes from Torch/ over the system's libtorch: the feed has no TorchSharp package"; fi
else
  why="TorchSharp comes from its package, as DLM_TORCH asks"
  [ "$choice" = package ] || why="TorchSharp comes from Torch/ over the libtorch in $prefix, as $([ -n "${TORCH_PREFIX:-}" ] && echo TORCH_PREFIX || echo DLM_TORCH) asks"
fi
[ "$choice" = system ] || finish package "$why"

# ---- the system's libtorch

missing=()
if [ "$prefix" = /usr ]; then
  [ -n "$(libtorch)" ] && [ -e /usr/include/ATen/ATen.h ] || missing+=(libtorch-dev)
  # Without a threaded BLAS a matrix product runs some 70 times slower.
  ls /usr/lib/*/openblas-pthread/libblas.so.3 >/dev/null 2>&1 || missing+=(libopenblas0-pthread)
else
  [ -n "$(libtorch)" ] && [ -e "$prefix/include/ATen/ATen.h" ] ||
    fail "TORCH_PREFIX=$prefix has no include/ATen/ATen.h and lib/libtorch_cpu.so; name a PyTorch wheel's 'torch' folder."
fi
have g++ || missing+=(g++)
have cmake || missing+=(cmake)
have make || have ninja || missing+=(make)

if [ ${#missing[@]} -gt 0 ]; then
  have apt-get || fail "the feed has no TorchSharp package, this machine lacks ${missing[*]}, and there is no apt-get to install them." \
    "Install them, or name a PyTorch wheel's torch folder in TORCH_PREFIX, or add a NuGet feed that has TorchSharp-cpu."
  root=()
  if [ "$(id -u)" != 0 ]; then
    have sudo || fail "${missing[*]} must be installed, which needs root: run 'apt-get install ${missing[*]}' and then this again."
    root=(sudo)
  fi
  say "installing ${missing[*]} (log in artifacts/apt.log)"
  { "${root[@]}" apt-get update && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >artifacts/apt.log 2>&1 || { tail -n 5 artifacts/apt.log >&2; fail "apt-get could not install ${missing[*]}; the whole log is in artifacts/apt.log."; }
fi

if [ "$prefix" = /usr ]; then
  blas=$(readlink -f /usr/lib/*/libblas.so.3 | head -n 1)
  case "$blas" in *openblas-pthread*) ;; *)
    say "note: libblas.so.3 is $blas; 'update-alternatives --config libblas.so.3-x86_64-linux-gnu' chooses OpenBLAS, which is much faster." ;;
  esac
fi

version=$(awk '/define TORCH_VERSION_M/ { printf "%s%s", dot, $3; dot = "." }' "$prefix/include/torch/csrc/api/include/torch/version.h")
say "building artifacts/native/libdlmtorch.so against libtorch $version"
rm -rf artifacts/native
mkdir -p artifacts/native
{ cmake -S Torch/native -B artifacts/native/build -DTORCH_PREFIX="$prefix" && cmake --build artifacts/native/build --parallel; } \
  >artifacts/native.log 2>&1 || { grep -m 5 -E 'error|Error' artifacts/native.log >&2; fail "the native file did not compile against libtorch $version; the whole log is in artifacts/native.log."; }

finish system "$why, version $version"
