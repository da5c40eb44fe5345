# shellcheck shell=bash
# The OpenSSH server: where it is, its configuration files, and its connections. Sourced by the sshd-* scripts.

# shellcheck disable=SC2034 # used by lib.bash
folder=${TEST_SSH_FOLDER:-/tmp/experimaestro-sshd-$(id -u)}
# shellcheck source=test-support/cluster/lib.bash
. "${BASH_SOURCE[0]%/*}/lib.bash"

# ---- configuration -----------------------------------------------------------------------------------------------

# Writes the configuration files of a new server, and last `settings`, which says that they are complete.
configure() {
  local key_type=${TEST_SSH_KEY_TYPE:-ed25519} port user
  case $key_type in
    ed25519 | ecdsa | rsa) ;;
    *) fail_usage "TEST_SSH_KEY_TYPE must be ed25519, ecdsa or rsa, not $key_type" ;;
  esac
  need "openssh-server openssh-client" sshd ssh ssh-keygen
  port=$(free_ports 1)
  user=$(id -un)
  rm -f "$folder"/{host_key,user_key}{,.pub}
  make_key host_key
  make_key user_key
  cp "$folder/user_key.pub" "$folder/authorized_keys"
  trust_host_key
  write_sshd_config
  write_ssh_config
  printf '%s\n' "port=$port" "key_type=$key_type" >"$folder/settings.new"
  mv "$folder/settings.new" "$folder/settings"
}

make_key() {
  ssh-keygen -q -t "$key_type" -N '' -C "test $1" -f "$folder/$1" </dev/null ||
    fail "could not make the key $folder/$1"
}

# Lets clients know the host by its key of now.
trust_host_key() {
  local type key _
  read -r type key _ <"$folder/host_key.pub"
  printf '[127.0.0.1]:%s %s %s\n' "$port" "$type" "$key" >"$folder/known_hosts"
}

write_sshd_config() {
  local environment="SLURM_CONF=${TEST_CLUSTER_FOLDER:-/tmp/experimaestro-slurm-$(id -u)}/etc/slurm.conf"
  cat >"$folder/sshd_config" <<END
ListenAddress 127.0.0.1:$port
HostKey $folder/host_key
PidFile $folder/sshd.pid
LogLevel VERBOSE

# Nobody but this user, with this key.
AllowUsers $user
AuthenticationMethods publickey
AuthorizedKeysFile $folder/authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UsePAM $(needs_pam && echo yes || echo no)
# The key may be below a folder that all can write to, such as /tmp.
StrictModes no

# As many at a time as a test likes.
MaxStartups 200
MaxSessions 200
AllowTcpForwarding yes
AllowStreamLocalForwarding yes
Subsystem sftp internal-sftp
PrintMotd no
PrintLastLog no
# Only one such line counts.
SetEnv $environment${TEST_SSH_ENVIRONMENT:+ $TEST_SSH_ENVIRONMENT}
END
}

# Without PAM, sshd refuses an account whose password is locked, also to those who come with a key.
needs_pam() { [[ $(id -u) == 0 && $(getent shadow "$user" | cut -d: -f2) == '!'* ]]; }

write_ssh_config() {
  cat >"$folder/ssh_config" <<END
Host test-ssh test-ssh-*
  HostName 127.0.0.1
  Port $port
  User $user
  IdentityFile $folder/user_key
  IdentitiesOnly yes
  IdentityAgent none
  PreferredAuthentications publickey
  UserKnownHostsFile $folder/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  UpdateHostKeys no
  BatchMode yes
  ConnectTimeout 10
END
}

# Reads the settings of the server that is in the folder.
read_settings() {
  port='' key_type=''
  # shellcheck source=/dev/null
  . "$folder/settings"
}

# ---- the server and its connections ------------------------------------------------------------------------------

start_server() {
  # Debian makes this folder with the service only, and sshd wants it when it is root's.
  [[ $(id -u) != 0 ]] || mkdir -p /run/sshd
  launch sshd "$(command -v sshd)" -D -e -f "$folder/sshd_config"
  await 20 sshd "starting sshd" is_listening
}

is_listening() { awk -v "port=:$(printf '%04X' "$port")" '$4 == "0A" && $2 ~ port "$" { found = 1 } END { exit !found }' /proc/net/tcp; }

# Ends the listening process; its connections go on, and are noted, since they have no parent to be found by any more.
stop_server() {
  connections >"$folder/connections.new"
  mv "$folder/connections.new" "$folder/connections"
  end_daemon sshd
}

# Prints the process id and the birth of each process that serves a connection.
connections() {
  local pid birth
  while read -r pid birth; do
    if is_process "$pid" "$birth"; then printf '%s %s\n' "$pid" "$birth"; fi
  done < <(cat "$folder/connections" 2>/dev/null)
  read -r pid birth < <(daemon_process sshd) || return 0
  for pid in $(descendants "$pid"); do
    if [[ $(cat "/proc/$pid/comm" 2>/dev/null) == sshd ]] && birth=$(birth_of "$pid"); then
      printf '%s %s\n' "$pid" "$birth"
    fi
  done
}

cut_connections() {
  local pid birth
  while read -r pid birth; do end_process "$pid" "$birth" KILL; done < <(connections)
  rm -f "$folder/connections"
}
