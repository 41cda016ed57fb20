#!/usr/bin/env bash
# What the scripts share.  Sourced, never run: it only defines.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# Sets root for the scripts that source this file.
export root

# Progress and complaints go to stderr: stdout belongs to the program that a script starts.
say() { printf '%s\n' "$*" >&2; }

die() {
    say "error: $*"
    exit 1
}

jobs() { printf '%s\n' "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"; }
