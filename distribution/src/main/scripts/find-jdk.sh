# shellcheck shell=sh
# Finds a JDK without starting one. Sourced by ./mvnw, by .ci/run and by bin/experimaestro; POSIX sh.
#
#   find_jdk      sets JDK_HOME and JDK_VERSION, or explains on standard error and returns 1
#   find_java_17  sets JAVA_17_HOME to a JDK or JRE whose feature version is exactly 17, or returns 1 and is silent
#
# A JDK is known by its `release` file, which states the version: starting each `java` to ask it would cost more than
# the program that is about to start.

# The lowest feature version that Experimaestro runs on.
JDK_LOWEST=25

# Takes the first of: EXPERIMAESTRO_JAVA_HOME (an unsuitable one is an error, since it was set for this program),
# JAVA_HOME, `java` on the PATH, and the JDK with the lowest sufficient version in the usual folders.
find_jdk() {
  jdk_tried=
  if [ -n "${EXPERIMAESTRO_JAVA_HOME-}" ]; then
    jdk_take "EXPERIMAESTRO_JAVA_HOME=$EXPERIMAESTRO_JAVA_HOME" "$EXPERIMAESTRO_JAVA_HOME" && return 0
    jdk_refuse_explicit_choice
    return 1
  fi
  if [ -n "${JAVA_HOME-}" ]; then
    jdk_take "JAVA_HOME=$JAVA_HOME" "$JAVA_HOME" && return 0
  else
    jdk_note "JAVA_HOME: not set"
  fi
  if jdk_home_on_path; then
    jdk_take "java on the PATH, $jdk_path_home" "$jdk_path_home" && return 0
  else
    jdk_note "java on the PATH: none"
  fi
  jdk_take_lowest_of_usual_places && return 0
  jdk_explain_absence
  return 1
}

find_java_17() {
  JAVA_17_HOME=
  for jdk_candidate in "${JAVA_HOME-}" "$(jdk_home_on_path && printf '%s' "$jdk_path_home")"; do
    [ -n "$jdk_candidate" ] || continue
    jdk_take_java_17 "$jdk_candidate" && return 0
  done
  jdk_each_usual_place jdk_take_java_17 && [ -n "$JAVA_17_HOME" ]
}

# The folders where systems, package managers and version managers put JDKs: calls the function $1 with each folder
# that exists. Returns 0.
jdk_each_usual_place() {
  # A user's `set -f` or a script's own would leave the patterns as they are.
  case $- in *f*) jdk_globs_off=true ;; *) jdk_globs_off=false ;; esac
  set +f
  for jdk_candidate in \
    /usr/lib/jvm/* \
    /usr/lib64/jvm/* \
    /usr/java/* \
    /usr/local/java/* \
    /opt/java/* \
    /opt/*jdk* \
    /usr/local/*jdk* \
    "${HOME-}"/.sdkman/candidates/java/* \
    "${HOME-}"/.jdks/* \
    "${HOME-}"/.local/share/mise/installs/java/* \
    "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/.gradle/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if [ -d "$jdk_candidate" ]; then
      "$1" "$jdk_candidate" || :
    fi
  done
  if $jdk_globs_off; then set -f; fi
}

# Sets JDK_HOME and JDK_VERSION when the folder $2 is a sufficient JDK; notes the reason under the name $1 otherwise.
jdk_take() {
  if jdk_inspect "$2"; then
    JDK_HOME=$2 JDK_VERSION=$jdk_version
    return 0
  fi
  jdk_note "$1: $jdk_finding"
  return 1
}

jdk_take_lowest_of_usual_places() {
  JDK_HOME='' JDK_VERSION='' jdk_best_feature='' jdk_searched=false
  jdk_each_usual_place jdk_compare_with_best
  [ -n "$JDK_HOME" ]
}

# shellcheck disable=SC2034 # JDK_VERSION is read by those who source this file.
jdk_compare_with_best() {
  # Folders of other things, such as the sources of a JDK, lie beside JDKs.
  [ -e "$1/release" ] || [ -e "$1/bin/java" ] || return 0
  jdk_searched=true
  if ! jdk_inspect "$1"; then
    jdk_note "$1: $jdk_finding"
  elif [ -z "$jdk_best_feature" ] || [ "$jdk_feature" -lt "$jdk_best_feature" ]; then
    JDK_HOME=$1 JDK_VERSION=$jdk_version jdk_best_feature=$jdk_feature
  fi
}

jdk_take_java_17() {
  [ -z "$JAVA_17_HOME" ] || return 0
  jdk_read_version "$1" && [ "$jdk_feature" = 17 ] && [ -x "$1/bin/java" ] && JAVA_17_HOME=$1
}

# Whether the folder $1 is a JDK of a sufficient version; jdk_finding says in words what it is otherwise.
jdk_inspect() {
  if [ ! -d "$1" ]; then
    jdk_finding="no such folder"
  elif ! jdk_read_version "$1"; then
    jdk_finding="no Java version in its file 'release'"
  elif [ "$jdk_feature" -lt "$JDK_LOWEST" ]; then
    jdk_finding="Java $jdk_version, older than $JDK_LOWEST"
  elif [ ! -x "$1/bin/java" ]; then
    jdk_finding="Java $jdk_version, but bin/java is not there"
  elif [ ! -x "$1/bin/javac" ]; then
    jdk_finding="Java $jdk_version, but without a compiler (bin/javac): a JRE, not a JDK"
  else
    return 0
  fi
  return 1
}

# Sets jdk_version (as written, such as 25.0.3 or 1.8.0_392) and jdk_feature (25, 8) of the Java in the folder $1.
jdk_read_version() {
  jdk_version='' jdk_feature=''
  [ -r "$1/release" ] || return 1
  while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
    if [ "$jdk_key" = JAVA_VERSION ]; then
      jdk_value=${jdk_value#\"}
      jdk_version=${jdk_value%%\"*}
      break
    fi
    jdk_key=
  done <"$1/release"
  # Until Java 8, versions were written 1.8.
  jdk_feature=${jdk_version#1.}
  jdk_feature=${jdk_feature%%[!0-9]*}
  [ -n "$jdk_feature" ]
}

# Sets jdk_path_home to the folder that `java` on the PATH belongs to.
jdk_home_on_path() {
  jdk_link=$(command -v java 2>/dev/null) || return 1
  case $jdk_link in /*) ;; *) return 1 ;; esac
  while [ -L "$jdk_link" ]; do
    jdk_target=$(readlink "$jdk_link") || return 1
    case $jdk_target in
      /*) jdk_link=$jdk_target ;;
      *) jdk_link=${jdk_link%/*}/$jdk_target ;;
    esac
  done
  jdk_path_home=$(CDPATH='' cd -P "${jdk_link%/*}/.." 2>/dev/null && pwd -P)
}

# Adds a line to what a failure lists.
jdk_note() {
  jdk_tried="$jdk_tried  $1
"
}

jdk_refuse_explicit_choice() {
  cat >&2 <<END
Experimaestro cannot start: EXPERIMAESTRO_JAVA_HOME does not name a JDK $JDK_LOWEST or newer.
Found:
$jdk_tried
Set it to the folder of a JDK $JDK_LOWEST or newer (the one that holds bin/java and bin/javac), or unset it: then JAVA_HOME,
java on the PATH and the usual folders are searched.
END
}

jdk_explain_absence() {
  $jdk_searched || jdk_note "the usual folders (/usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, …): no Java there"
  cat >&2 <<END
Experimaestro cannot start: it needs a JDK $JDK_LOWEST or newer (a JDK, not a JRE, since it compiles plans), and found none.
Tried:
$jdk_tried
Install one:
  Debian, Ubuntu   apt-get install openjdk-$JDK_LOWEST-jdk-headless   (where the release has it)
  Fedora, RHEL     dnf install java-$JDK_LOWEST-openjdk-devel
  macOS            brew install openjdk@$JDK_LOWEST
  anywhere         sdk install java $JDK_LOWEST-tem   (https://sdkman.io), or an archive from https://adoptium.net
It is then found by itself in the usual folders; one that is elsewhere is named by EXPERIMAESTRO_JAVA_HOME=FOLDER.
END
}
