# shellcheck shell=bash
# What the scripts of this folder share: a scratch folder, daemons that are known again, waiting, ports, packages.
# Whoever sources it has set `folder`, the absolute path of the scratch folder:
#
#   .made-by-experimaestro  the kind of the folder, "slurm" or "sshd"; without it nothing is touched
#   daemons/NAME            the process id and the birth of a daemon
#   log/NAME                what a daemon wrote to its standard output and error
#
# Exit codes of all scripts: 0 done; 1 could not be done; 2 called wrongly; 3 this machine lacks something that the
# script cannot provide, such as a package or a right.

set -euo pipefail
: "${folder:?must be set before lib.bash is sourced}"
umask 022
export LC_ALL=C.UTF-8
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

script=${0##*/}

say() { printf '%s: %s\n' "$script" "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

fail_usage() {
  say "$@"
  exit 2
}

fail_unable() {
  say "$@"
  exit 3
}

# ---- scratch folder ----------------------------------------------------------------------------------------------

# A socket's path has at most 107 characters, of which the longest name below the folder takes 30.
readonly LONGEST_FOLDER=75

# Makes the folder, or takes the one of that kind that is there, and holds it until the script ends.
take_folder() {
  local kind=$1
  [[ $folder == /?* && $folder != *[!A-Za-z0-9/._+-]* && $folder/ != */../* ]] ||
    fail_usage "the folder must be an absolute path of letters, digits and /._+- only: $folder"
  ((${#folder} <= LONGEST_FOLDER)) ||
    fail_usage "the folder's path must not be longer than $LONGEST_FOLDER characters, since sockets are made below it: $folder"
  until [[ -d $folder ]] && hold_folder; do mkdir -p "$folder"; done
  if [[ ! -e $folder/.made-by-experimaestro ]]; then
    [[ -z $(ls -A "$folder") ]] || fail_usage "the folder holds files of somebody else: $folder"
    printf '%s\n' "$kind" >"$folder/.made-by-experimaestro"
  fi
  is_ours "$kind" || fail_usage "the folder is no $kind folder of $(id -un): $folder"
  mkdir -p "$folder/daemons" "$folder/log"
}

# Holds the folder of that kind; returns 1 when there is none.
take_existing_folder() {
  is_ours "$1" && hold_folder
}

is_ours() {
  [[ -O $folder && ! -L $folder && $(cat "$folder/.made-by-experimaestro" 2>/dev/null) == "$1" ]]
}

# The lock is on the folder itself, so it goes away with it. Returns 1 when the folder was removed meanwhile.
hold_folder() {
  exec 9<"$folder" || return 1
  flock -w 300 9 || fail "another script has been working in $folder for 5 minutes"
  [[ $folder -ef /proc/self/fd/9 ]]
}

# ---- processes ---------------------------------------------------------------------------------------------------

# Prints what tells a process from a later one of the same id: the clock tick it was born at, and the boot. Returns 1
# when there is none, or when it has ended and only waits for its parent to notice.
birth_of() {
  local line fields
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The name, the second field, may hold anything; the last parenthesis ends it.
  read -r -a fields <<<"${line##*) }"
  [[ ${fields[0]} != [ZX] ]] || return 1
  printf '%s-%s\n' "${fields[19]}" "$(cat /proc/sys/kernel/random/boot_id)"
}

is_process() { [[ $(birth_of "$1") == "$2" ]]; }

# Prints the process id and the birth of a daemon that runs; returns 1 otherwise.
daemon_process() {
  local pid birth
  read -r pid birth 2>/dev/null <"$folder/daemons/$1" || return 1
  is_process "$pid" "$birth" || return 1
  printf '%s %s\n' "$pid" "$birth"
}

is_running() { daemon_process "$1" >/dev/null; }

# Runs a command, which must stay in the foreground, as a daemon in a session of its own. One that runs, or was paused, goes
# on.
launch() {
  local name=$1 i pid process
  shift
  if process=$(daemon_process "$name"); then
    kill -s CONT "${process% *}"
    return 0
  fi
  rm -f "$folder/daemons/$name"
  # The process writes itself down before it becomes the daemon: an interrupted script leaves none that is not known.
  # A shell's background commands ignore SIGINT and SIGQUIT, and jobs would inherit that.
  (
    pid=$BASHPID # which is another one inside of $( )
    printf '%s %s\n' "$pid" "$(birth_of "$pid")" >"$folder/daemons/$name"
    # Locks are the script's, not the daemon's.
    exec setsid env --default-signal=INT,QUIT "$@" 8<&- 9<&-
  ) </dev/null >>"$folder/log/$name" 2>&1 &
  for ((i = 0; i < 200; i++)); do
    [[ ! -s $folder/daemons/$name ]] || return 0
    sleep 0.05
  done
  fail "could not start $name; the system does not start processes any more"
}

# await SECONDS NAME WHAT COMMAND...: until the command succeeds; fails when the daemon ends or the time is over.
await() {
  local seconds=$1 name=$2 what=$3 end=$((SECONDS + $1)) answer
  shift 3
  until answer=$("$@" 2>&1 8<&- 9<&-); do
    is_running "$name" || fail "$what failed, since $name has ended. It said: $(last_lines "$name")"
    ((SECONDS < end)) ||
      fail "$what has taken more than $seconds s. \`$*\` says: ${answer:-nothing}. $name said: $(last_lines "$name")"
    sleep 0.05
  done
}

# The last lines that a daemon wrote, to its own log where it has one.
last_lines() { tail -n 8 "$folder/log/$1.log" 2>/dev/null || tail -n 8 "$folder/log/$1" 2>/dev/null || true; }

# Ends a daemon with a signal, TERM unless another is given, and KILL when that has not helped.
end_daemon() {
  local process
  if process=$(daemon_process "$1"); then
    # shellcheck disable=SC2086 # two words
    end_process $process "${2:-TERM}"
  fi
  rm -f "$folder/daemons/$1"
}

readonly PATIENCE=10 # seconds that a process has to end

end_process() {
  local pid=$1 birth=$2 signal=$3 i
  is_process "$pid" "$birth" || return 0
  kill -s "$signal" "$pid" 2>/dev/null || true
  # A paused process gets no signal but KILL.
  kill -s CONT "$pid" 2>/dev/null || true
  for ((i = 0; i < 2 * PATIENCE * 20; i++)); do
    is_process "$pid" "$birth" || return 0
    ((i != PATIENCE * 20)) || kill -s KILL "$pid" 2>/dev/null || true
    sleep 0.05
  done
  fail "process $pid does not end"
}

# Prints the ids of a process's descendants, children after their own children.
descendants() {
  # Of each line of stat: the id, then in parentheses the name, which may hold anything, the state, and the parent's id.
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v ancestor="$1" '
    function tell(id, list, count, i) {
      count = split(children[id], list)
      for (i = 1; i <= count; i++) {
        tell(list[i])
        print list[i]
      }
    }
    {
      id = $1
      sub(/.*\) /, "")
      children[$2] = children[$2] " " id
    }
    END { tell(ancestor) }' || true
}

# Prints the ids of this user's processes whose environment has a line that each of the patterns (of grep -E) matches.
processes_with() {
  local environment pattern
  for environment in /proc/[0-9]*/environ; do
    [[ -r $environment ]] || continue
    for pattern in "$@"; do
      grep -qzxE -e "$pattern" "$environment" 2>/dev/null || continue 2
    done
    environment=${environment%/environ}
    printf '%s\n' "${environment#/proc/}"
  done
}

# Kills the processes of these ids, telling of each why.
kill_leftovers() {
  local why=$1 pid birth
  shift
  for pid in "$@"; do
    if birth=$(birth_of "$pid"); then
      say "ending process $pid, $why"
      end_process "$pid" "$birth" KILL
    fi
  done
}

# Calls a script of this folder with the environment of now as soon as a process has ended: nothing outlives a build
# that was killed.
watch_owner() {
  local owner=$1 down=$2
  [[ $owner =~ ^[0-9]+$ ]] || fail_usage "the owner must be a process id: $owner"
  # shellcheck disable=SC2016
  launch owner-watch bash -c 'tail --pid="$1" -f /dev/null; exec "$2" --from-watch' watch "$owner" "$down"
}

# ---- ports -------------------------------------------------------------------------------------------------------

# Prints the first of so many neighboring TCP ports on which nobody listens. The search begins anywhere, since others may
# be searching at this moment, and stays below the ports that connections get.
free_ports() {
  local count=$1 tries first port listening
  listening=" $(awk '$4 == "0A" { split($2, at, ":"); print at[2] }' /proc/net/tcp* | tr '\n' ' ') "
  for ((tries = 0; tries < 1000; tries++)); do
    first=$((15000 + RANDOM % 1700 * 10))
    for ((port = first; port < first + count; port++)); do
      [[ $listening != *" $(printf '%04X' "$port") "* ]] || continue 2
    done
    printf '%s\n' "$first"
    return 0
  done
  fail "there are no $count neighboring TCP ports free between 15000 and 32000"
}

# ---- packages ----------------------------------------------------------------------------------------------------

# need PACKAGES COMMAND...: installs Debian's packages when one of the commands is missing, and starts no service of them.
# TEST_CLUSTER_INSTALL=no forbids it.
need() {
  local packages=$1 command missing=() as_root=()
  shift
  for command in "$@"; do
    command -v "$command" >/dev/null || missing+=("$command")
  done
  ((${#missing[@]})) || return 0
  local advice="not installed: ${missing[*]}. On Debian 12, as root: apt-get install --no-install-recommends $packages"
  command -v apt-get >/dev/null || fail_unable "$advice"
  [[ ${TEST_CLUSTER_INSTALL-yes} != no ]] || fail_unable "$advice (TEST_CLUSTER_INSTALL=no forbids to do it now)"
  if [[ $(id -u) != 0 ]]; then
    sudo -n true 2>/dev/null || fail_unable "$advice"
    as_root=(sudo -n)
  fi
  say "installing $packages"
  # shellcheck disable=SC2086 # words
  "${as_root[@]}" flock /run/experimaestro-test-packages.lock bash -s -- $packages \
    <<<"$INSTALL" >"$folder/log/packages" 2>&1 9<&- ||
    fail_unable "could not install $packages: $(tail -n 15 "$folder/log/packages")"
  hash -r
}

# What root does: Debian asks policy-rc.d before a package's service is started, and 101 forbids it.
# shellcheck disable=SC2016 # for the other shell
readonly INSTALL='
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap "rm -f $policy" EXIT
    printf "#!/bin/sh\nexit 101\n" >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  options="-q -y -o DPkg::Lock::Timeout=300 --no-install-recommends"
  apt-get $options install "$@" </dev/null ||
    { apt-get $options update && apt-get $options install "$@"; } </dev/null
'
