package org.experimaestro.workspace;

import java.util.regex.Pattern;

/**
 * Scripts for a POSIX shell that copy parts of a workspace from or to a host, on which nothing of Experimaestro need be.
 * The current folder is the workspace. {@link Incoming} does the same on this machine.
 */
public final class CopyScripts {
    /**
     * Prints the paths of the files by which jobs and runs are selected, and of those that are selected themselves: our
     * small files of jobs, the files of runs, results of plans, and code. Fails if some would be missing: behind a link, or
     * in a folder that cannot be read. What is deleted meanwhile is no failure.
     */
    public static final String LIST = """
            export LC_ALL=C
            [ -f .experimaestro.json ] || { echo 'there is no workspace' >&2; exit 1; }
            for folder in jobs jobs/* jobs/*/* experiments experiments/* experiments/*/runs classpath provenance; do
              if [ -h "$folder" ] && [ -d "$folder" ]; then
                echo "$folder is a link, and what is behind it would be missing; put the folder itself in its place" >&2
                exit 1
              fi
            done
            look() {
              { complaint=$(find "$@" 2>&1 >&3 | grep -v 'No such file or directory$'); } 3>&1
              if [ "$complaint" ]; then printf '%s\\n' "$complaint" >&2; exit 1; fi
            }
            printf '%s\\n' .experimaestro.json
            [ ! -d jobs ] || look jobs -path 'jobs/*/*/.experimaestro/*' ! -path 'jobs/*/*/*/.experimaestro/*' \\
              ! -name '.tmp-*' '(' -name '*.json' -o -name classpath.txt ')' -type f -print
            [ ! -d experiments ] || look experiments -path 'experiments/*/*' ! -name '.tmp-*' -type f -print
            [ ! -d classpath ] || look classpath -name '*.jar' -print
            [ ! -d provenance ] || look provenance ! -name '.tmp-*' -type f -print
            """;

    /**
     * Makes the workspace unless it exists, and a folder of this user alone for what is being copied. Prints the
     * workspace's marker, and in the last line the path of that folder.
     */
    public static final String BEGIN = """
            mkdir -p jobs incoming || exit 1
            if [ -e .experimaestro-bundle.json ]; then echo 'it is a bundle, which is read-only' >&2; exit 1; fi
            if [ ! -e .experimaestro.json ]; then
              printf '{"format": 2}\\n' >.tmp-$$ || exit 1
              ln .tmp-$$ .experimaestro.json 2>/dev/null || [ -e .experimaestro.json ] || cp .tmp-$$ .experimaestro.json
              rm -f .tmp-$$
            fi
            own="incoming/of-$(id -un | tr -c 'A-Za-z0-9_\\n-' '_')"
            (umask 077 && mkdir -p "$own") && [ -O "$own" ] && [ ! -h "$own" ] || exit 1
            cat .experimaestro.json
            printf '\\n%s' "$own"
            """;

    /**
     * Renames the folder {@code $staged} to {@code $place}. Where mv(1) has no -T, the folder may get into one that was
     * just made there, and is taken back. A renaming whose reply was lost has failed for mv(1), and is found done.
     */
    public static final String PLACE = """
            disk() { df -P "$1" | tail -n 1 | cut -d ' ' -f 1; }
            taken() { echo 'it has appeared there meanwhile' >&2; exit 1; }
            mkdir -p "${place%/*}" || exit 1
            if [ -e "$place" ] || [ -h "$place" ]; then taken; fi
            if [ "$(disk "$staged")" != "$(disk "${place%/*}")" ]; then
              echo "${place%/*} is on another file system than $staged" >&2
              exit 1
            fi
            placed() { [ ! -e "$staged" ] && [ -d "$place" ]; }
            if mv --help 2>&1 | grep -q -e '-T'; then
              mv -T "$staged" "$place" || placed
            else
              mv "$staged" "$place" || placed || exit 1
              if [ -d "$place/${staged##*/}" ]; then mv "$place/${staged##*/}" "$staged"; taken; fi
            fi
            """;

    /** Renames the file {@code $staged} to {@code $place}, unless there is a file. */
    public static final String PLACE_FILE = """
            mkdir -p "${place%/*}" || exit 1
            ln "$staged" "$place" 2>/dev/null || [ -e "$place" ] || mv "$staged" "$place" || [ -e "$place" ] || exit 1
            rm -f "$staged"
            """;

    /** Deletes the folders of what was copied that are empty. */
    public static final String END = "find incoming -depth -type d -exec rmdir {} + 2>/dev/null\ntrue\n";

    private static final Pattern SELECTING = Pattern.compile("\\.experimaestro\\.json"
            + "|jobs/[^/]+/[0-9a-f]{32}/\\.experimaestro/[^/]+"
            + "|experiments/[^/]+/runs/[^/]+/(run\\.json|jobs\\.jsonl)");
    private static final Pattern SELECTED =
            Pattern.compile("classpath/[^/]+|provenance/[^/]+|experiments/[^/]+/results/.+");

    private CopyScripts() {}

    /**
     * Returns whether jobs or runs are selected by a file.
     *
     * @param path a path that {@link #LIST} prints
     * @return true for our small files of jobs, and the descriptions and submissions of runs
     */
    public static boolean isSelecting(String path) {
        return SELECTING.matcher(path).matches();
    }

    /**
     * Returns whether a file is selected itself.
     *
     * @param path a path that {@link #LIST} prints
     * @return true for code and results of plans
     */
    public static boolean isSelected(String path) {
        return SELECTED.matcher(path).matches();
    }
}
