# shellcheck shell=bash
# The Slurm cluster: where it is, its configuration files, and its daemons. Sourced by the slurm-* scripts.

# shellcheck disable=SC2034 # used by lib.bash
folder=${TEST_CLUSTER_FOLDER:-/tmp/experimaestro-slurm-$(id -u)}
# shellcheck source=test-support/cluster/lib.bash
. "${BASH_SOURCE[0]%/*}/lib.bash"

export SLURM_CONF=$folder/etc/slurm.conf
# The library of MariaDB's clients, which slurmdbd uses, looks here.
export MYSQL_UNIX_PORT=$folder/database/socket

readonly NODES=(node1 node2 node3)
# The port of the controller; that of accounting and those of the nodes follow.
readonly PORTS=5

# ---- configuration -----------------------------------------------------------------------------------------------

# Writes the configuration files of a new cluster, and last `settings`, which says that they are complete.
configure() {
  local accounting cgroups kill_wait=${TEST_CLUSTER_KILL_WAIT:-5} min_job_age=${TEST_CLUSTER_MIN_JOB_AGE:-300}
  accounting=$(yes_or_no TEST_CLUSTER_ACCOUNTING "${TEST_CLUSTER_ACCOUNTING:-yes}")
  whole_number TEST_CLUSTER_KILL_WAIT "$kill_wait"
  whole_number TEST_CLUSTER_MIN_JOB_AGE "$min_job_age"
  need_packages "$accounting"
  local host address own_host_name
  choose_host
  cgroups=$(choose_cgroups)
  local port
  port=$(free_ports $PORTS)

  rm -rf "${folder:?}"/{etc,munge,database,state,spool,run,devices}
  mkdir -p "$folder"/{etc,munge,state,run,devices} "${NODES[@]/#/$folder/spool/}"
  chmod 700 "$folder/state"
  (umask 077 && head -c 128 /dev/urandom >"$folder/etc/munge.key")
  write_slurm_conf
  write_cgroup_conf
  write_gres_conf
  if [[ $accounting == yes ]]; then write_slurmdbd_conf; fi
  printf '%s\n' "accounting=$accounting" "cgroups=$cgroups" "own_host_name=$own_host_name" >"$folder/settings.new"
  mv "$folder/settings.new" "$folder/settings"
}

yes_or_no() {
  [[ $2 == yes || $2 == no ]] || fail_usage "$1 must be yes or no, not $2"
  printf '%s\n' "$2"
}

whole_number() { [[ $2 =~ ^[0-9]+$ ]] || fail_usage "$1 must be a whole number of seconds, not $2"; }

need_packages() {
  [[ $(uname -s) == Linux ]] || fail_unable "the test cluster needs Linux, and this is $(uname -s)"
  local packages="slurm-wlm munge" commands=(munged unmunge slurmctld slurmd slurmstepd sbatch sacct)
  if [[ $1 == yes ]]; then
    packages+=" slurmdbd mariadb-server-core mariadb-client-core"
    commands+=(slurmdbd mariadbd mariadb mariadb-install-db my_print_defaults)
  fi
  need "$packages" "${commands[@]}"
}

# Slurm can be told to listen on one address only, which is then always that of the host's name. Where that is none of
# the loopback interface, the daemons live in a namespace in which the host has another name. Sets host, address and
# own_host_name.
choose_host() {
  host=$(uname -n)
  address=$(getent ahostsv4 "$host" | awk 'NR == 1 { print $1 }') || true
  own_host_name=no
  if [[ $address != 127.* ]]; then
    unshare --uts true 2>/dev/null ||
      fail_unable "the cluster would listen on ${address:-no address}: add the line \"127.0.1.1 $host\" to /etc/hosts," \
        "or run this as root with the right to make namespaces"
    own_host_name=yes
    host=localhost
    address=127.0.0.1
  fi
  host=${host%%.*}
}

# Prints whether jobs can be held in cgroups. Those of Slurm are named after nodes and job numbers only: two clusters that
# use them at a time would kill each other's jobs.
choose_cgroups() {
  local wish=${TEST_CLUSTER_CGROUPS:-auto} obstacle='' controller
  case $wish in auto | yes | no) ;; *) fail_usage "TEST_CLUSTER_CGROUPS must be auto, yes or no, not $wish" ;; esac
  if [[ $(id -u) != 0 ]]; then
    obstacle="not root"
  elif is_other_cluster_there; then
    obstacle="another Slurm runs on this machine"
  else
    for controller in memory freezer; do
      [[ -w /sys/fs/cgroup/$controller/cgroup.procs ]] || obstacle="no cgroup v1 for $controller that can be written to"
    done
  fi
  [[ $wish != yes || -z $obstacle ]] || fail_unable "TEST_CLUSTER_CGROUPS=yes, but: $obstacle"
  if [[ $wish != no && -z $obstacle ]]; then echo yes; else echo no; fi
}

is_other_cluster_there() {
  local process
  for process in /proc/[0-9]*; do
    case $(cat "$process/comm" 2>/dev/null) in
      slurmd | slurmctld)
        if birth_of "${process#/proc/}" >/dev/null &&
          ! grep -qzxF "SLURM_CONF=$SLURM_CONF" "$process/environ" 2>/dev/null; then
          return 0
        fi
        ;;
    esac
  done
  return 1
}

write_slurm_conf() {
  cat >"$SLURM_CONF" <<END
# --- who is who
ClusterName=test
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
SlurmctldHost=$host($address)
SlurmctldPort=$port
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
CredType=cred/munge
# A requeued job waits until its former credential has expired.
AuthInfo=cred_expire=10,socket=$folder/munge/socket

# --- files
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/%n.log

# --- scheduling: batch_sched_delay is how long the controller waits for more jobs before it starts some, 3 by default
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=1,bf_interval=5
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=500
MaxArraySize=1001
# Both partitions are of the same tier, so nothing is preempted until a test makes a more urgent one.
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE

# --- the life of jobs
KillWait=$kill_wait
MinJobAge=$min_job_age
ReturnToService=2
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
$(if [[ $cgroups == yes ]]; then
    printf '%s\n' ProctrackType=proctrack/cgroup TaskPlugin=task/cgroup
  else
    printf '%s\n' ProctrackType=proctrack/linuxproc TaskPlugin=task/none JobAcctGatherParams=OverMemoryKill
  fi)

# --- accounting
$(if [[ $accounting == yes ]]; then
    printf '%s\n' AccountingStorageType=accounting_storage/slurmdbd AccountingStorageHost="$address" \
      AccountingStoragePort=$((port + 1)) AccountingStoragePass="$folder/munge/socket" AccountingStorageTRES=gres/gpu
  else
    printf '%s\n' AccountingStorageType=accounting_storage/none JobCompType=jobcomp/none
  fi)

# --- nodes, which claim more than this machine may have
SlurmdParameters=config_overrides
GresTypes=gpu
NodeName=DEFAULT CPUs=4 RealMemory=4000
NodeName=node1 NodeHostname=$host NodeAddr=$address Port=$((port + 2)) Features=cpu
NodeName=node2 NodeHostname=$host NodeAddr=$address Port=$((port + 3)) Features=gpu Gres=gpu:small:2
NodeName=node3 NodeHostname=$host NodeAddr=$address Port=$((port + 4)) Features=gpu Gres=gpu:large:2
PartitionName=short Nodes=node1,node2,node3 Default=YES DefaultTime=1 MaxTime=2
PartitionName=long Nodes=node2,node3 DefaultTime=60 MaxTime=1-0
END
}

# slurmd loads a plugin for cgroups also when nothing uses them; this one does not look at the machine before.
write_cgroup_conf() {
  printf '%s\n' CgroupPlugin=cgroup/v1 >"$folder/etc/cgroup.conf"
  if [[ $cgroups == yes ]]; then
    printf '%s\n' CgroupMountpoint=/sys/fs/cgroup ConstrainRAMSpace=yes >>"$folder/etc/cgroup.conf"
  fi
}

# GPUs that are counted and given out, and that nothing can compute on. A GPU's file must be a character device.
write_gres_conf() {
  local number
  for number in 0 1; do ln -s /dev/null "$folder/devices/gpu$number"; done
  cat >"$folder/etc/gres.conf" <<END
AutoDetect=off
NodeName=node2 Name=gpu Type=small File=$folder/devices/gpu[0-1]
NodeName=node3 Name=gpu Type=large File=$folder/devices/gpu[0-1]
END
}

write_slurmdbd_conf() {
  # slurmdbd refuses a file that others can read.
  (umask 077 && cat >"$folder/etc/slurmdbd.conf") <<END
DbdHost=$host
DbdAddr=$address
DbdPort=$((port + 1))
CommunicationParameters=NoInAddrAny
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
SlurmUser=$(id -un)
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=$(id -un)
StorageLoc=accounting
LogFile=$folder/log/slurmdbd.log
PidFile=$folder/run/slurmdbd.pid
END
}

# ---- daemons -----------------------------------------------------------------------------------------------------

# Reads the settings of the cluster that is in the folder.
read_settings() {
  accounting='' cgroups='' own_host_name=''
  # shellcheck source=/dev/null
  . "$folder/settings"
  daemons=(munged)
  if [[ $accounting == yes ]]; then daemons+=(mariadbd slurmdbd); fi
  daemons+=(slurmctld "${NODES[@]}")
}

# Starts a daemon that does not run; it may not yet work when this returns.
start_daemon() {
  local as_host=()
  # shellcheck disable=SC2016
  if [[ $own_host_name == yes ]]; then
    as_host=(unshare --uts sh -c 'hostname localhost && exec "$@"' in-namespace)
  fi
  case $1 in
    munged)
      # Forced, since munged would refuse a folder below one that its owner has closed, or opened to all.
      launch munged munged --foreground --force --num-threads=4 --key-file="$folder/etc/munge.key" \
        --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" --seed-file="$folder/munge/seed" \
        --log-file="$folder/log/munged.log"
      ;;
    mariadbd)
      make_database
      launch mariadbd mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/database/data" \
        --socket="$MYSQL_UNIX_PORT" --pid-file="$folder/run/mariadbd.pid" --skip-networking --skip-log-bin \
        --innodb-log-file-size=8M --innodb-buffer-pool-size=64M --innodb-lock-wait-timeout=900 \
        --innodb-flush-log-at-trx-commit=0
      ;;
    slurmdbd) launch slurmdbd "${as_host[@]}" slurmdbd -D ;;
    slurmctld) launch slurmctld "${as_host[@]}" slurmctld -D ;;
    *) launch "$1" "${as_host[@]}" slurmd -D -N "$1" ;;
  esac
}

# Waits until a daemon that was started works.
await_daemon() {
  case $1 in
    munged) await 15 munged "starting munged" is_munge_working ;;
    mariadbd) await 60 mariadbd "starting the database" mariadb --no-defaults --socket="$MYSQL_UNIX_PORT" -e 'SELECT 1' ;;
    slurmdbd)
      await 60 slurmdbd "starting the accounting" sacctmgr -nP show cluster
      add_cluster
      ;;
    slurmctld) await 60 slurmctld "starting the controller" scontrol ping ;;
    *) await 60 "$1" "the registration of $1" has_registered "$1" ;;
  esac
}

make_database() {
  [[ ! -e $folder/database/made ]] || return 0
  rm -rf "$folder/database"
  mkdir -m 700 "$folder/database"
  mariadb-install-db --no-defaults --force --user="$(id -un)" --datadir="$folder/database/data" \
    --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" --skip-test-db \
    --innodb-log-file-size=8M </dev/null >"$folder/log/mariadb-install-db" 2>&1 8<&- 9<&- ||
    fail "could not make the database: $(last_lines mariadb-install-db)"
  : >"$folder/database/made"
}

# The controller accounts only for a cluster that the database knows before it starts.
add_cluster() {
  sacctmgr -nP show cluster format=cluster </dev/null | grep -qx test ||
    sacctmgr -iQ add cluster test </dev/null >>"$folder/log/sacctmgr" 2>&1 ||
    fail "could not add the cluster to the accounting: $(last_lines sacctmgr)"
}

is_munge_working() { munge -S "$folder/munge/socket" -n | unmunge -S "$folder/munge/socket"; }

# A node that is down by an administrator's will has registered too.
has_registered() {
  local state
  state=$(scontrol -o show node "$1" | grep -oE ' State=[A-Z+_*]+') || return 1
  [[ $state != *'*'* && $state != *UNKNOWN* && $state != *NOT_RESPONDING* ]] && printf '%s\n' "$state"
}

is_controller_working() { timeout 5 scontrol ping >/dev/null 2>&1; }
