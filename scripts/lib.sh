# Shared by the scripts beside and above this folder; to be sourced with the repository root as working folder.

# say MESSAGE: a line about what happens next.
say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

# fail MESSAGE: ends the script.
fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# as_root COMMAND…: runs it with the rights to install packages.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "needs root or sudo to run: $*"
  fi
}

# install_packages NAME…: installs those Debian packages that are missing.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || fail "please install: ${missing[*]}"
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The libraries that the package links.
install_libraries() {
  install_packages gcc libc6-dev pkg-config libfftw3-dev libhdf5-dev liblapack-dev libmatio-dev libssl-dev zlib1g-dev
}

# python_environment FOLDER REQUIREMENTS: a virtual environment with the packages of a list, made again when that changes.
python_environment() {
  install_packages python3 python3-venv
  cmp -s "$2" "$1/requirements.txt" && return
  rm -rf "$1"
  python3 -m venv "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check -r "$2"
  cp "$2" "$1/requirements.txt"
}

# machine_flags: compiler flags for the instruction set of this machine. Results are the same with all of them.
machine_flags() {
  local flags=""
  [ -r /proc/cpuinfo ] && flags=$(grep -m1 '^flags' /proc/cpuinfo || true)
  case "$(uname -m)" in
    x86_64)
      local has
      has() { case " $flags " in *" $1 "*) return 0 ;; esac; return 1; }
      if has avx2 && has bmi2 && has fma && has f16c && has movbe; then
        if has avx512f && has avx512bw && has avx512dq && has avx512vl && has avx512cd; then
          echo "-Xcc -march=x86-64-v4"
        else
          echo "-Xcc -march=x86-64-v3"
        fi
      fi
      ;;
  esac
}
