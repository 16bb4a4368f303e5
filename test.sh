#!/usr/bin/env bash
# Runs all tests: format, the Swift suites (release build), and the checks from Python (h5py, pynwb, xarray, SciPy, libsonata;
# the report in Chromium) in a virtual environment under .build. Arguments go to `swift test`, for example --filter SpikingNetwork.
#   ./test.sh --sanitize  runs only short tests of modules with raw memory and threads, in debug builds under sanitizers.
#   ./test.sh --cluster   runs only the test of `submit`, on a Slurm that it installs and starts for the time of the test.
#   ./test.sh --examples  runs only the scripts of Examples/python, all of them: those with sbi need PyTorch (1.5 GB).
set -euo pipefail
cd "$(dirname "$0")"
source scripts/lib.sh

command -v swift >/dev/null || fail "Swift 6.1 or later is needed: https://www.swift.org/install"
if [ "${1-}" = --cluster ]; then
  [ $# = 1 ] || fail "--cluster takes no further arguments"
  scripts/build.sh
  install_packages slurm-wlm munge procps
  say "jobs on a small cluster"
  exec Tests/Cluster/test_submit.sh .build/release/brunel-lfp
fi
if [ "${1-}" = --examples ]; then
  [ $# = 1 ] || fail "--examples takes no further arguments"
  scripts/build.sh
  say "examples in Python"
  python_environment .build/examples Examples/python/requirements.txt
  exec .build/examples/bin/python -m pytest -q Tests/Python/test_examples.py
fi

install_libraries
if [ "${1-}" = --sanitize ]; then
  [ $# = 1 ] || fail "--sanitize takes no further arguments"
  export LSAN_OPTIONS="suppressions=$PWD/scripts/known-leaks.txt:print_suppressions=0"
  export TSAN_OPTIONS="suppressions=$PWD/scripts/known-races.txt"
  for sanitizer in thread address; do
    say "tests under the $sanitizer sanitizer"
    swift test --sanitize="$sanitizer" --scratch-path ".build-$sanitizer" \
      --filter 'Sanitised|HDF5StorageTests|DurableFilesTests|WorkerPool'
  done
  exit
fi

say "format"
swift format lint --strict --recursive Package.swift Sources Tests Snippets

flags=${BRUNEL_LFP_FLAGS-$(machine_flags)}
say "building the tests${flags:+ with $flags}"
# shellcheck disable=SC2086 # flags are words
swift build -c release --build-tests $flags
say "Swift tests"
# shellcheck disable=SC2086
swift test -c release --skip-build $flags "$@"

say "Python checks"
install_packages chromium fonts-liberation
python_environment .build/python Tests/Python/requirements.txt
.build/python/bin/python -m pytest -q Tests/Python
