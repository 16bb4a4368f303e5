#!/usr/bin/env bash
# Builds the optimised program for this machine as .build/release/brunel-lfp.
# Installs the system libraries it needs (Debian and its relatives). Further arguments go to `swift build`.
# BRUNEL_LFP_FLAGS replaces the compiler flags chosen for this machine; set it empty for a portable binary.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/lib.sh

command -v swift >/dev/null || fail "Swift 6.1 or later is needed: https://www.swift.org/install"
install_libraries
flags=${BRUNEL_LFP_FLAGS-$(machine_flags)}
say "building${flags:+ with $flags}"
# shellcheck disable=SC2086 # flags are words
swift build -c release --product brunel-lfp $flags "$@" >&2
