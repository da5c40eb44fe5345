# Completion of experimaestro for bash. In ~/.bashrc: eval "$(experimaestro completion bash)"
_experimaestro_words=@WORDS@

_experimaestro() {
  local word found cut='' open='' last=-1 i
  local -a words=() names=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    # Readline separates words at = and : too.
    if ((last >= 0)) && [[ $word == [=:]* || ${words[last]} == *[=:] ]]; then
      words[last]+=$word
    else
      words[++last]=$word
    fi
  done
  if [[ $word == [\"\']* ]]; then open=${word:0:1}; fi
  for ((i = 0; i <= last; i++)); do words[i]=${words[i]//[\"\'\\]/}; done
  if [[ ${words[last]} == *[=:]* && -z $open ]]; then cut=${words[last]%"${words[last]##*[=:]}"}; fi
  COMPREPLY=()
  # Only line breaks separate names, and no name is a pattern. (read takes each character by itself from a pipe.)
  local IFS=$'\n' globs=$-
  set -f
  names=($(sh -c "$_experimaestro_words" experimaestro "${words[@]}"))
  if [[ $globs != *f* ]]; then set +f; fi
  if [[ -z $cut$open && "${names[*]}" != *[!A-Za-z0-9._/=,+$'\n'-]* ]]; then
    COMPREPLY=("${names[@]}") # as ten thousand identifiers are, all at once
    names=()
  fi
  for found in "${names[@]}"; do
    found=${found#"$cut"}
    if [[ -z $open ]]; then
      if [[ $found == *[!A-Za-z0-9._/=,+-]* ]]; then printf -v found %q "$found"; fi
    elif [[ $found == *[\"\'\`\$\\!]* ]]; then
      continue # it cannot stand between the user's quotes as it is
    fi
    COMPREPLY+=("$found")
  done
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}

complete -o default -F _experimaestro experimaestro
