#compdef experimaestro
# Completion of experimaestro for zsh. In ~/.zshrc, after compinit: eval "$(experimaestro completion zsh)"
_experimaestro_words=@WORDS@

_experimaestro() {
  local -a found folders
  found=("${(@f)$(sh -c "$_experimaestro_words" experimaestro "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")}")
  found=(${found:#})
  if ((!$#found)); then
    _files
    return
  fi
  folders=(${(M)found:#*/})
  found=(${found:#*/})
  if (($#folders)); then compadd -S '' -- "${folders[@]}"; fi
  if (($#found)); then compadd -- "${found[@]}"; fi
}

if [[ ${funcstack[1]-} == _experimaestro ]]; then
  _experimaestro "$@"
else
  compdef _experimaestro experimaestro
fi
