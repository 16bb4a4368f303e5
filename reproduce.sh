#!/usr/bin/env bash
# Every figure and table of Skaar et al. 2020 (https://doi.org/10.1371/journal.pcbi.1007725) at its own size, and a page that says,
# statement by statement, whether the paper's findings are found again.
#   ./reproduce.sh [--scale S] [--output DIR] [STEP ...]
# Steps, all by default: data fig4 fig5 fig6 fig7 fig8 fig9 fig10 fig11 page. What is there is not made again, what was
# interrupted continues. --scale 0.1 takes a tenth of all samples, and of the epochs of preset paper. Results go into data/paper, or data/paper-S;
# at full size the page is docs/paper.md, on which figures whose results are not there stay as they are. On two cores the whole takes about a day and 3 GB, at a scale of 0.01 a quarter of an hour.
set -euo pipefail
caller=$PWD
cd "$(dirname "$0")"
source scripts/lib.sh

scale=1
output=""
steps=()
while [ $# -gt 0 ]; do
  case "$1" in
    --scale | --output) [ -n "${2-}" ] || fail "$1 needs a value"; declare "${1#--}=$2"; shift ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    data | fig4 | fig5 | fig6 | fig7 | fig8 | fig9 | fig10 | fig11 | page) steps+=("$1") ;;
    *) fail "unknown step or option $1" ;;
  esac
  shift
done
[ ${#steps[@]} -gt 0 ] || steps=(data fig7 fig4 fig5 fig6 fig8 fig9 fig10 fig11 page)
awk -v s="$scale" 'BEGIN { exit !(s + 0 > 0 && s + 0 <= 1 && s ~ /^[0-9.]+$/) }' || fail "--scale $scale: expected a number up to 1"
awk -v s="$scale" 'BEGIN { exit !(s >= 0.002) }' || fail "--scale $scale: leaves too few samples, expected at least 0.002"
scale=$(awk -v s="$scale" 'BEGIN { printf "%g", s }')
case "$output" in "" | /*) ;; *) output=$caller/$output ;; esac
[ -n "$output" ] || { [ "$scale" = 1 ] && output=data/paper || output=data/paper-$scale; }
mkdir -p "$output"
[ "$(cat "$output/scale" 2>/dev/null || echo "$scale")" = "$scale" ] ||
  fail "$output: holds results of --scale $(cat "$output/scale"); choose another folder"
echo "$scale" >"$output/scale"

scripts/build.sh
# Needed later, installed before anything takes hours.
python_environment .build/paper scripts/paper/requirements.txt
lfp=.build/release/brunel-lfp

# scaled N [POWER]: N · scale^POWER, rounded, at least 2.
scaled() { awk -v n="$1" -v s="$scale" -v p="${2:-1}" 'BEGIN { x = int(n * s ^ p + 0.5); print (x < 2 ? 2 : x) }'; }

# need FILE STEP: ends the script unless a step has made a file of $output.
need() { [ -e "$output/$1" ] || fail "$output/$1: is missing, run the step $2 first"; }

# data_set NAME SEED [SETTING ...]: simulates configs/NAME.yaml into $output/NAME/dataset.h5.
data_set() {
  local name=$1 seed=$2 setting settings=()
  shift 2
  for setting in "$@"; do settings+=(--set "$setting"); done
  [ -e "$output/$name/dataset.h5" ] && return
  say "simulating $name"
  "$lfp" generate "configs/$name.yaml" --output "$output/$name/shards" --seed "$seed" "${settings[@]}"
  "$lfp" merge "$output/$name/shards" --output "$output/$name/dataset.h5"
}

# experiment NAME [SED EXPRESSION]: runs configs/experiments/NAME.yaml with the data sets and models of $output.
experiment() {
  [ "$1" = robustness ] || need paper-full/dataset.h5 data
  local file="$output/experiments/$1.yaml" epochs
  mkdir -p "$output/experiments"
  epochs=$(scaled 400)
  sed -e "s#\.\./\.\./data/models#$PWD/data/models#" -e 's#\.\./\.\./data/#../#' -e "${2:-}" "configs/experiments/$1.yaml" >"$file"
  # Presets have their own number of epochs.
  [ "$scale" = 1 ] || [ "$1" = robustness ] || [ "$1" = presets ] ||
    if grep -q '^training:' "$file"; then sed -i "s/^training:/training:\n  epochs: $epochs/" "$file"
    else echo "training: {epochs: $epochs}" >>"$file"; fi
  say "experiment $1"
  "$lfp" experiment "$file" --output "$output/$1"
}

# How the experiment full-and-ai calls the networks trained on the full box.
full=full-tested-on-ai

# share NAME VARIANT: the networks trained on the full box in fig7 stand for a variant of another experiment.
share() {
  local seed model
  mkdir -p "$output/$1/models"
  for seed in 1 2 3; do
    model="$output/full-and-ai/models/$full-seed-$seed.h5"
    [ ! -e "$model" ] || [ -e "$output/$1/models/$2-seed-$seed.h5" ] || cp "$model" "$output/$1/models/$2-seed-$seed.h5"
  done
}

# evaluation NAME MODEL DATASET: errors of every sample.
evaluation() {
  need "full-and-ai/models/$2-seed-1.h5" fig7
  [ -e "$output/evaluations/$1/errors.md" ] && return
  say "evaluating $1"
  mkdir -p "$output/evaluations"
  "$lfp" evaluate --model "$output/full-and-ai/models/$2-seed-1.h5" --dataset "$output/$3/dataset.h5" \
    --output "$output/evaluations/$1" --quiet
}

run_data() {
  local n
  n=$(scaled 27 0.3333)
  data_set paper-full 11 "sampling.samples=$(scaled 50000)"
  data_set paper-ai 11 "sampling.samples=$(scaled 20000)"
  data_set design-grid 4 "sampling.samples=$((n * n * n))" "sampling.grid_points=[$n, $n, $n]"
  data_set design-latin-hypercube 3 "sampling.samples=$((n * n * n))"
  data_set design-sobol 2 "sampling.samples=$((n * n * n))"
}
run_fig4() { share duration 3000-ms; experiment duration; }
run_fig5() {
  [ -e "$output/fig5/replay.md" ] ||
    .build/paper/bin/python Benchmarks/validation/replay.py --binary "$lfp" --output "$output/fig5"
  local name eta g efficacy
  while read -r name eta g efficacy; do
    [ -e "$output/fig5/$name.svg" ] ||
      "$lfp" simulate --eta "$eta" --g "$g" --J "$efficacy" --replay 1 --spikes "$output/fig5/$name-spikes.h5" \
        --figure "$output/fig5/$name.svg" --output "$output/fig5/$name.h5" --quiet
    # Ten times longer, so that peaks of spectra are told from noise.
    [ -e "$output/fig5/$name-long.h5" ] ||
      "$lfp" simulate --eta "$eta" --g "$g" --J "$efficacy" --duration-ms 30150 --output "$output/fig5/$name-long.h5" --quiet
  done <<<$'a 2 3.5 0.25\nb 4 7 0.15\nc 0.9 7 0.25\nd 2.8 5.5 0.05\ne 2 4.5 0.35'
}
run_fig6() {
  local eta g efficacy
  eta=$(scaled 17 0.3333) g=$(scaled 19 0.3333) efficacy=$(scaled 8 0.3333)
  say "survey"
  [ -e "$output/survey/survey.h5" ] || "$lfp" survey configs/survey.yaml --output "$output/survey" --theory \
    --set "sampling.grid_points=[$eta, $g, $efficacy]" --set "sampling.samples=$((eta * g * efficacy))"
}
run_fig7() { experiment full-and-ai; }
run_fig8() {
  evaluation full "$full" paper-full
  evaluation ai ai paper-ai
  evaluation full-on-ai "$full" paper-ai
}
run_fig9() {
  share combined-and-single combined
  experiment combined-and-single
  # The most accurate way of training on noiseless spectra, beside the paper's.
  [ "$scale" != 1 ] || share presets paper
  experiment presets
}
run_fig10() {
  local n
  n=$(scaled 27 0.3333)
  experiment sampling-designs "s/samples: 3700/samples: $((n * n * n * 9 / 10))/"
}
run_fig11() {
  need "full-and-ai/models/$full-seed-1.h5" fig7
  need "full-and-ai/models/ai-seed-1.h5" fig7
  cp "$output/full-and-ai/models/$full-seed-1.h5" "$output/paper-full/model.h5"
  cp "$output/full-and-ai/models/ai-seed-1.h5" "$output/paper-ai/model.h5"
  experiment robustness "s/^samples: 200/samples: $(scaled 200)/"
}
run_page() {
  local page="$output/paper.md"
  if [ "$scale" = 1 ]; then page=docs/paper.md; fi
  .build/paper/bin/python scripts/paper/page.py "$output" "$page"
}

for step in "${steps[@]}"; do "run_$step"; done
