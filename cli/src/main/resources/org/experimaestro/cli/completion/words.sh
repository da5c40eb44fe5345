# Prints the words that may stand at the place of the last argument, one a line. The arguments are the words of the
# command line up to the cursor, without quotes. Names come from folders; no name is ever evaluated.

# Sets what may follow a command.
load() {
  subcommands='' options='' values='' positional=''
  case $1 in
@COMMANDS@
  esac
}

# Prints a name if it begins as the current word does. A name with control characters is left out.
say() {
  case $1 in
    *[[:cntrl:]]*) ;;
    "$current"*) printf '%s\n' "$before$1" ;;
  esac
}

# Sets the kind of the value of an option, which is empty if the option has none.
find_kind() {
  kind=''
  case " $values " in
    *" $1="*)
      kind=" $values "
      kind=${kind#*" $1="}
      kind=${kind%% *}
      ;;
  esac
}

# Sets the workspace that an experiment's file names by a plain text.
workdir_of() {
  value=$(sed -n 's/^workdir:[[:space:]]*//p' -- "$1" 2>/dev/null | sed -n '1{s/[[:space:]]*#.*//;s/^["'\'']\(.*\)["'\'']$/\1/;p;}')
  case $value in
    '' | *'$'*) return 1 ;;
    '~/'*) workspace=$HOME/${value#'~/'} ;;
    /*) workspace=$value ;;
    *) case $1 in */*) workspace=${1%/*}/$value ;; *) workspace=$value ;; esac ;;
  esac
}

find_workspace() {
  case $workspace in
    '~/'*) workspace=$HOME/${workspace#'~/'} ;;
  esac
  if [ -n "$workspace" ]; then return; fi
  if [ -n "$file" ]; then
    if workdir_of "$file"; then return; fi
  else
    for yaml in ./*.yaml ./*.yml; do
      if workdir_of "$yaml"; then return; fi
    done
  fi
  if [ -n "${EXPERIMAESTRO_WORKDIR-}" ]; then
    workspace=$EXPERIMAESTRO_WORKDIR
    return
  fi
  workspace=$PWD
  while [ -n "$workspace" ]; do
    if [ -f "$workspace/@MARKER@" ]; then return; fi
    workspace=${workspace%/*}
  done
  workspace=$HOME/experimaestro
}

# Prints the names of files behind a prefix, the first argument; the others are paths. A pattern without a match stays as it
# is, so only the first path is looked at.
say_names() {
  if [ -e "$2" ]; then
    prefix=$1
    shift
    for path in "$@"; do say "$prefix${path##*/}"; done
  fi
}

say_jobs() {
  case $current in
    */*)
      say_names "${current%%/*}/" "$workspace/jobs/$current"*
      ;;
    *)
      say_names '' "$workspace"/jobs/*/"$current"*
      for path in "$workspace/jobs/$current"*; do
        if [ -d "$path" ]; then say "${path##*/}/"; fi
      done
      ;;
  esac
}

say_runs() {
  case $current in
    */*)
      say_names "${current%%/*}/" "$workspace/experiments/${current%%/*}/runs/${current#*/}"*
      ;;
    *) say_names '' "$workspace"/experiments/* ;;
  esac
}

# The tags of the latest run of each experiment, if neither name nor value needs quotes.
say_tags() {
  for path in "$workspace"/experiments/*; do
    last=
    for run in "$path"/runs/*; do last=$run; done
    if [ -f "$last/@JOBS@" ]; then head -n 2000 "$last/@JOBS@"; fi
  done | awk '
    match($0, /"tags":\{[^}]*\}/) {
      count = split(substr($0, RSTART + 8, RLENGTH - 9), tags, ",")
      for (i = 1; i <= count; i++) {
        tag = tags[i]
        gsub(/"/, "", tag)
        sub(/:/, "=", tag)
        if (tag ~ /^[A-Za-z0-9_.-]+=[A-Za-z0-9_.+-]+$/ && !seen[tag]++) print tag
      }
    }' | while IFS= read -r tag; do say "$tag"; done
}

say_launchers() {
  awk '
    /^[^ #]/ { inside = /^launchers:/; next }
    inside && /^ +[A-Za-z0-9_.-]+:/ {
      match($0, /^ +/)
      if (!indentation) indentation = RLENGTH
      if (RLENGTH == indentation) { sub(/^ +/, ""); sub(/:.*/, ""); print }
    }' "${EXPERIMAESTRO_CONFIG:-${XDG_CONFIG_HOME:-$HOME/.config}/experimaestro}/launchers.yaml" 2>/dev/null \
    | while IFS= read -r launcher; do say "$launcher"; done
}

# Prints the values of a kind.
complete() {
  case $1 in
    words:* | tags)
      # The last of several values, which commas separate.
      case $current in
        *,*)
          before=$before${current%,*},
          current=${current##*,}
          ;;
      esac
      ;;
  esac
  case $1 in
    words:*)
      rest=${1#words:},
      while [ -n "$rest" ]; do
        say "${rest%%,*}"
        rest=${rest#*,}
      done
      ;;
    experiments)
      find_workspace
      say_names '' "$workspace"/experiments/*
      ;;
    jobs)
      find_workspace
      say_jobs
      ;;
    runs)
      find_workspace
      say_runs
      ;;
    tags)
      find_workspace
      say_tags
      ;;
    launchers) say_launchers ;;
    yaml)
      for path in "$current"*.yaml "$current"*.yml; do
        if [ -f "$path" ]; then say "$path"; fi
      done
      for path in "$current"*/; do
        if [ -d "$path" ]; then say "$path"; fi
      done
      ;;
  esac
}

command='' expected='' option='' workspace='' file='' before=''
load "$command"
while [ $# -gt 1 ]; do
  if [ -n "$expected" ]; then
    if [ "$option" = --workdir ]; then workspace=$1; fi
    expected=''
  else
    case $1 in
      --workdir=*) workspace=${1#*=} ;;
      -*)
        option=$1
        find_kind "$option"
        expected=$kind
        ;;
      *)
        case " $subcommands " in
          *" $1 "*)
            command=${command:+$command }$1
            load "$command"
            ;;
          *) case $1 in *.yaml | *.yml) file=$1 ;; esac ;;
        esac
        ;;
    esac
  fi
  shift
done
current=${1-}
if [ -n "$expected" ]; then
  complete "$expected"
else
  case $current in
    -*=*)
      find_kind "${current%%=*}"
      before=${current%%=*}=
      current=${current#*=}
      complete "$kind"
      ;;
    -*) for name in $options; do say "$name"; done ;;
    *)
      for name in $subcommands; do say "$name"; done
      for kind in $positional; do complete "$kind"; done
      ;;
  esac
fi
