# A Slurm cluster of two nodes on this machine; to be sourced. Everything it writes lies in one folder.

# start_cluster FOLDER: starts munged, slurmctld and the slurmds of node1 and node2, whose process ids it leaves in
# node1_pid and node2_pid, and has the commands of Slurm talk to them. No system service is touched.
start_cluster() {
  local folder=$1 ports version
  export SLURM_CONF=$folder/slurm.conf
  PATH=$PATH:/usr/sbin:/sbin
  mkdir "$folder/state" "$folder/munge"
  chmod 755 "$folder"
  chmod 700 "$folder/munge"
  (umask 077 && head -c 128 /dev/urandom >"$folder/munge/key")
  munged --socket="$folder/munge.socket" --key-file="$folder/munge/key" --pid-file="$folder/munge/pid" \
    --seed-file="$folder/munge/seed" --log-file="$folder/munge/log"

  read -ra ports <<<"$(free_ports 3)"
  sed -e "s|@FOLDER@|$folder|; s|@USER@|$(id -un)|; s|@HOST@|$(hostname -s)|" \
    -e "s|@PORT@|${ports[0]}|; s|@PORT1@|${ports[1]}|; s|@PORT2@|${ports[2]}|" \
    "$(dirname "${BASH_SOURCE[0]}")/slurm.conf.in" >"$SLURM_CONF"
  # Older versions look for cgroups only when asked to, newer ones unless asked not to.
  version=$(slurmd -V | tr -dc 0-9.)
  if [ "${version%%.*}" -ge 24 ]; then echo "CgroupPlugin=disabled" >"$folder/cgroup.conf"; fi
  slurmctld -D >"$folder/slurmctld.log" 2>&1 &
  slurmd -D -N node1 >"$folder/node1.log" 2>&1 &
  node1_pid=$!
  slurmd -D -N node2 >"$folder/node2.log" 2>&1 &
  node2_pid=$!
  disown -a                                # their end need not be reported
}

# free_ports COUNT: prints ports of this machine on which nobody listens.
free_ports() {
  local port found=0
  while [ $found -lt "$1" ]; do
    port=$((20000 + RANDOM % 10000))
    if ! (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo -n "$port "
      found=$((found + 1))
    fi
  done
}

# stop_cluster FOLDER: ends every process that uses the folder: daemons, and whatever they have left.
stop_cluster() {
  local process
  for process in /proc/[0-9]*; do
    process=${process#/proc/}
    if [ "$process" != $$ ] && uses "$process" "$1"; then kill -KILL "$process" 2>/dev/null || true; fi
  done
}

# uses PROCESS FOLDER: whether a process has a file in a folder open.
uses() {
  local link
  for link in "/proc/$1/cwd" "/proc/$1/fd"/*; do
    case "$(readlink "$link" 2>/dev/null)" in "$2"/*) return 0 ;; esac
  done
  return 1
}
