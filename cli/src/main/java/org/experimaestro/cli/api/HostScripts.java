package org.experimaestro.cli.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.engine.job.JavaSearch;
import org.experimaestro.engine.job.Utf8Locale;
import org.experimaestro.spi.ShellText;

/** The scripts that find and start the program of the far end on a host. */
final class HostScripts {
    /** The least release of Java that runs this program. */
    static final int JAVA = 25;

    static final String FOLDER = "folder ";
    static final String FOUND = "java ";
    static final String TOO_OLD = "too-old ";
    static final String MISSING = "missing ";

    /** A host keeps a jar for so long after its last use. */
    private static final int DAYS = 90;

    private HostScripts() {}

    /**
     * Returns a script that looks at what a host has. It prints the folder of jars, the Java or those that are too old,
     * and the missing jars.
     *
     * @param jars the names of the jars
     * @param java the only Java that may be used; empty for the usual places
     */
    static String look(Collection<String> jars, Optional<String> java) {
        return JavaSearch.script(JAVA, java) + """
                base=${XDG_CACHE_HOME:-}
                case $base in /*) ;; *) base=$HOME/.cache ;; esac
                folder=$base/experimaestro/jars
                (umask 077 && mkdir -p "$folder") && cd "$folder" || exit 1
                if [ ! -O . ]; then
                  printf '%%s belongs to another user; set XDG_CACHE_HOME there to another folder\\n' "$folder" >&2
                  exit 1
                fi
                chmod go-rwx . || exit 1
                # Who can write to a folder above could put another folder of jars here.
                if [ ! -O .. ] || ! chmod go-w .. || [ -n "$(find -H "$base" -prune -perm -002 ! -perm -1000)" ]; then
                  printf 'others can change %%s; set XDG_CACHE_HOME there to a folder that is yours alone\\n' "$base" >&2
                  exit 1
                fi
                if command -v sha256sum >/dev/null 2>&1; then xpm_sum() { sha256sum "$1"; }
                elif command -v shasum >/dev/null 2>&1; then xpm_sum() { shasum -a 256 "$1"; }
                else xpm_sum() { printf '%%s\\n' "${1%%.jar}"; }
                fi
                xpm_whole() {
                  [ -f "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] || return 1
                  xpm_has=$(xpm_sum "$1") && [ "${xpm_has%%%% *}" = "${1%%.jar}" ]
                }
                printf 'folder %%s\\n' "$(pwd -P)"
                if [ -n "$xpm_java" ]; then printf 'java %%s\\n' "$xpm_java"; else printf 'too-old %%s\\n' "$xpm_found"; fi
                for jar in %s; do
                  if xpm_whole "$jar"; then touch -c "$jar"; else rm -f "$jar"; printf 'missing %%s\\n' "$jar"; fi
                done
                # Another start may delete the same files meanwhile.
                find . -maxdepth 1 -name '*.jar' -mtime +%d -exec rm -f {} + 2>/dev/null || :
                """.formatted(String.join(" ", jars), DAYS);
    }

    /**
     * Returns a script that becomes the program of the far end.
     *
     * @param java the command of Java there
     * @param folder the folder of jars there
     * @param jars the names of the jars, in the order of the class path
     * @param arguments the arguments of {@link FarMain}
     */
    static String start(String java, String folder, Collection<String> jars, List<String> arguments) {
        String classPath = jars.stream().map(jar -> folder + "/" + jar).collect(Collectors.joining(":"));
        String words = arguments.stream().map(ShellText::quote).collect(Collectors.joining(" "));
        // The program starts often, and mostly waits: hence the smallest collector and the fast compiler only.
        return Utf8Locale.SCRIPT
                + "exec " + ShellText.quote(java)
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:+UseCompactObjectHeaders ${EXPERIMAESTRO_OPTS-} -cp "
                + ShellText.quote(classPath) + " " + FarMain.class.getName() + " " + words;
    }
}
