# Completion of experimaestro for fish. In ~/.config/fish/config.fish: experimaestro completion fish | source
set -g __experimaestro_words @WORDS@

function __experimaestro_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l plain (string unescape -- "$current")
    or set plain "$current"
    set -l found (sh -c $__experimaestro_words experimaestro $words[2..-1] "$plain")
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path "$current"
    end
end

complete -c experimaestro -f -a '(__experimaestro_complete)'
