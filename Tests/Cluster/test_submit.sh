#!/usr/bin/env bash
# Submits a small study to a Slurm cluster on this machine, kills what can be killed, and compares the merged file with
# that of a local run:   Tests/Cluster/test_submit.sh PROGRAM
# Needs the Debian packages slurm-wlm, munge and procps; `./test.sh --cluster` installs them, builds and calls this.
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
source "$here/small_cluster.sh"

limit=240                                  # seconds that all may take
work=$(mktemp -d "${TMPDIR:-/tmp}/cluster-XXXXXX")
study="$work/it's a \"study\" of 100%j"    # Slurm must not touch names
mkdir "$study"
cp "$here/study.yaml" "$study"
shards="$study/shards"

finish() {
  local status=$?
  trap - EXIT
  [ $status = 0 ] || diagnose >&2
  stop_cluster "$work"
  rm -rf "$work"
  exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

diagnose() {
  echo "== the cluster when the test failed"
  sinfo -N || true
  scontrol -o show jobs | cut -c -400 || true
  tail -n 20 "$work"/*.log "$shards"/logs/* || true
}

say() { printf '%3d s  %s\n' $SECONDS "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
expect() { [ "$2" = "$3" ] || fail "$1: got $2, expected $3"; }

# await WHAT COMMAND…: waits until the command succeeds.
await() {
  local what=$1
  shift
  until "$@"; do
    [ $SECONDS -lt $limit ] || fail "$what did not happen within $limit s"
    sleep 0.05
  done
  say "$what"
}

# submit OPTION…: submits the study and leaves the jobs' numbers in array and merge.
submit() {
  local answer
  answer=$("$program" submit "$study/study.yaml" --output "$shards" --json "$@")
  array=$(member array_job "$answer")
  merge=$(member merge_job "$answer")
  tasks=$(member tasks "$answer")
}
member() { sed -n "s/.*\"$1\":\"\{0,1\}\([0-9]*\).*/\1/p" <<<"$2"; }

# field JOB NAME: what Slurm says of a job.
field() { scontrol -o show job "$1" 2>/dev/null | tr ' ' '\n' | sed -n "s/^$2=//p" | head -n 1; }
is() { [ "$(field "$1" "$2")" = "$3" ]; }
nodes_are() { [ "$(sinfo -h -N -p main -o %T | sort -u)" = "$1" ]; }

# Tasks: process of the newest start, number of shards stored, and whether it is at work.
process_of() { pgrep "${2--n}" -f -- "${work##*/}.* --task $1/$tasks\$"; }
count() {
  local number found=0
  for ((number = $1; number < 80; number += tasks)); do
    if [ -e "$(printf '%s/shard-%06d.h5' "$shards" "$number")" ]; then found=$((found + 1)); fi
  done
  echo $found
}
works() { is "${array}_$1" JobState RUNNING && [ "$(count "$1")" -gt 0 ] && process_of "$1" >/dev/null; }
works_on() { works "$1" && is "${array}_$1" NodeList "$2"; }
has_begun() { [ "$(count "$1")" -gt 0 ]; }
parent_of() { ps -o ppid= -p "$1" | tr -d ' '; }

start_cluster "$work"
await "two nodes are up" nodes_are idle

submit --tasks 50 --partition main
expect "tasks, of which the cluster takes at most MaxArraySize" "$tasks" 5
say "job $array with $tasks tasks, then job $merge"

await "task 0 works" works 0
kill -KILL "$(process_of 0)"
say "its program was killed"

await "task 1 works on node2" works_on 1 node2
orphan=$(process_of 1)
kill -STOP "$orphan"
kill -KILL "$node2_pid"
say "node2 was lost: its slurmd killed, the task frozen"

await "task 2 works" works 2
program_of_2=$(process_of 2)
kill -KILL "$(parent_of "$program_of_2")" "$program_of_2"
say "its batch script was killed, too"

await "task 3 works" works 3
scancel --batch --signal=USR1 "${array}_3"
say "it was warned as before its time limit"

await "node2 is given up" is "${array}_1" Restarts 1
restarted() { is "${array}_1" NodeList node1 && [ "$(process_of 1)" != "$orphan" ]; }
await "task 1 runs again, on node1" restarted
kill -CONT "$orphan"
say "its first start goes on, too: a duplicate"

completed() { is "$merge" JobState COMPLETED; }
await "all tasks have ended, and the merging job" completed

expect "end of task 2" "$(field "${array}_2" JobState)" FAILED
for task in 0 1 3 4; do expect "end of task $task" "$(field "${array}_$task" JobState)" COMPLETED; done
for task in 0 1 3; do expect "restarts of task $task" "$(field "${array}_$task" Restarts)" 1; done
log() { cat "$shards/logs/generate-${array}_$1.log"; }
log 0 | grep -q "ended with status 137; back into the queue" || fail "task 0 did not queue itself again"
log 3 | grep -q "ended with status 143; back into the queue" || fail "task 3 did not stop and queue itself again"
made=$(sed -n "s/.* \([0-9]*\) simulated now in .*/\1/p" "$shards/logs/merge-$merge.log")
[ "$made" -gt 0 ] || fail "nothing was left to do for the merging job, although task 2 was lost"
say "the merging job made $made samples that task 2 had left"

"$program" generate "$study/study.yaml" --output "$work/local" --quiet >"$work/local.log"
"$program" merge "$work/local" --output "$work/local.h5" --quiet >"$work/local.log"
cmp "$shards/dataset.h5" "$work/local.h5" || fail "the data set differs from that of a local run"
say "the merged file is the local run's"

before=$(ls -l --time-style=full-iso --inode "$shards"/*.h5)
submit --merged "$study/again.h5" --tasks 2
await "a second submission has ended" completed
expect "shards after it" "$(ls -l --time-style=full-iso --inode "$shards"/*.h5)" "$before"
cmp "$study/again.h5" "$work/local.h5" || fail "the data set differs after a second submission"

status=0
refusal=$("$program" submit "$study/study.yaml" --output "$work/none" --partition none 2>&1) || status=$?
expect "exit status where Slurm refuses ($refusal)" $status 69
say "all is well"
