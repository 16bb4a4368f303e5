#!/usr/bin/env bash
# The whole study: build, simulate, merge, train, evaluate, report.
#   ./pipeline.sh [CONFIG] [OUTPUT_DIR] [--force]
# Without arguments: configs/quick.yaml into data/quick. Stages whose result is there and belongs to the same
# configuration are skipped, an interrupted one continues; results of another configuration that this script made are
# replaced, files that it did not make are left alone and stop it. --force makes all but the shards anew, whoever made it.
set -euo pipefail
cd "$(dirname "$0")"
source scripts/lib.sh

force=""
arguments=()
for argument in "$@"; do
  case "$argument" in
    --force) force=yes ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) fail "unknown option $argument" ;;
    *) arguments+=("$argument") ;;
  esac
done
[ ${#arguments[@]} -le 2 ] || fail "got ${#arguments[@]} arguments, expected at most 2: [CONFIG] [OUTPUT_DIR]"
config=${arguments[0]:-configs/quick.yaml}
output=${arguments[1]:-data/$(basename "$config" .yaml)}

scripts/build.sh
lfp=.build/release/brunel-lfp
"$lfp" config validate "$config" >/dev/null
mkdir -p "$output"

say "simulating into $output/shards"
"$lfp" generate "$config" --output "$output/shards"

# fresh FILE STAMP: whether FILE was made from what STAMP names.
fresh() { [ -z "$force" ] && [ -e "$1" ] && [ "$(cat "$1.made-from" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s' "$2" >"$1.made-from"; }
# make_way FILE: removes FILE if this script made it.
make_way() {
  [ -n "$force" ] || [ ! -e "$1" ] || [ -e "$1.made-from" ] ||
    fail "$1: was not made by this script; move it away, or let it be replaced with --force"
  rm -f "$1" "$1.made-from"
}

data_stamp=$(cat "$output"/shards/*.sha256 | sha256sum)
if ! fresh "$output/dataset.h5" "$data_stamp"; then
  make_way "$output/dataset.h5"
  "$lfp" merge "$output/shards" --output "$output/dataset.h5"
  stamp "$output/dataset.h5" "$data_stamp"
fi

config_stamp=$("$lfp" config show "$config" | sha256sum)
if ! fresh "$output/kernels.h5" "$config_stamp"; then
  make_way "$output/kernels.h5"
  rm -f "$output/kernels.svg"
  "$lfp" kernel --config "$config" --output "$output/kernels.h5" --figure "$output/kernels.svg"
  stamp "$output/kernels.h5" "$config_stamp"
fi

model_stamp="$data_stamp $config_stamp"
if ! fresh "$output/model.h5" "$model_stamp"; then
  say "training"
  make_way "$output/model.h5"
  "$lfp" train --dataset "$output/dataset.h5" --config "$config" --output "$output/model.h5"
  stamp "$output/model.h5" "$model_stamp"
fi

say "evaluating into $output/evaluation"
"$lfp" evaluate --model "$output/model.h5" --dataset "$output/dataset.h5" --output "$output/evaluation" --force
"$lfp" report "$output" --output "$output/report.html" --force
