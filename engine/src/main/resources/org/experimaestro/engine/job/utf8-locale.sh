# shellcheck shell=sh
# Sets a locale in UTF-8 where there is none. Sourced by bin/experimaestro and ./experimaestro, and a part of jobs' scripts;
# POSIX sh.
#
# A JVM takes arguments and names of files for text in the charset of the locale. Without a locale (cron, plain containers,
# logins without a terminal), that is ASCII, and no file is found that has other letters in its name (JEP 400). So it is if the
# host does not have the locale of any one category: then all of them are as if they were not set (setlocale(3)).
use_utf8_locale() {
  xpm_locale=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
  if ! command -v locale >/dev/null 2>&1; then
    # Hosts without the command (musl) know C.UTF-8.
    case $xpm_locale in
      *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) ;;
      *) if [ -n "${LC_ALL:-}" ]; then export LC_ALL=C.UTF-8; else export LC_CTYPE=C.UTF-8; fi ;;
    esac
    return
  fi
  if is_utf8 "$(locale charmap 2>&1)"; then return; fi
  # The same language first, then those that most hosts have, then any.
  for xpm_name in "${xpm_locale%%[.@]*}.UTF-8" C.UTF-8 en_US.UTF-8 any; do
    if [ "$xpm_name" = any ]; then xpm_name=$(locale -a 2>/dev/null | sed -n '/[Uu][Tt][Ff]-*8$/{p;q;}'); fi
    # What the user has chosen besides stays, if that can be: LC_ALL hides all other variables.
    if [ -z "${LC_ALL:-}" ] && is_utf8 "$(env LC_CTYPE="$xpm_name" locale charmap 2>&1)"; then
      export LC_CTYPE="$xpm_name"
      return
    elif is_utf8 "$(env LC_ALL="$xpm_name" locale charmap 2>&1)"; then
      export LC_ALL="$xpm_name"
      return
    fi
  done
}

# With a complaint about a locale that the host does not have, it is more than the name.
is_utf8() {
  case $1 in UTF-8 | utf-8 | UTF8 | utf8) return 0 ;; esac
  return 1
}
