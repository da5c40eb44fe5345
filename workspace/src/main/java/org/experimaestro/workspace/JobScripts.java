package org.experimaestro.workspace;

/**
 * Parts of {@link JobFolder} as commands of a POSIX shell, for hosts where no process of ours runs. A test compares
 * both.
 */
public final class JobScripts {
    /**
     * A shell function. {@code look WORD FOLDER N} prints {@code WORD over} if the job in a folder is done, or its
     * attempt N has failed. It prints {@code WORD M} if attempt M runs: its process touches a file every 30 seconds,
     * and is gone after {@link LifeSign#LEASE} of silence. M is greater than N if the batch system has started the job
     * again.
     */
    public static final String LOOK = """
            look() {
              cd "$2/.experimaestro" 2>/dev/null || return
              if [ -e done.json ] || [ -e "failed-$3.json" ]; then echo "$1 over"; return; fi
              for file in process-*.json; do
                n=${file#process-}
                n=${n%.json}
                case $n in ''|*[!0-9]*) continue ;; esac
                if [ -f "$file" ] && [ ! -L "$file" ] && [ ! -e "failed-$n.json" ] && ! grep -q '"void"' "$file" \\
                    && [ -n "$(find "$file" -mmin -MINUTES)" ]; then
                  echo "$1 $n"
                  return
                fi
              done
            }
            """.replace("MINUTES", Long.toString(LifeSign.LEASE.toMinutes()));

    /**
     * Shell commands that set {@code xpm_output} and {@code xpm_error} to the logs of attempt {@code xpm_attempt}. They
     * run in the job's folder, whose path is in {@code xpm_folder}. They end the shell with code 1 if a link, a pipe or
     * a device is in the place of a log, because the launcher appends to the file that is there.
     */
    public static final String LOGS = """
            xpm_output=.experimaestro/stdout-$xpm_attempt.log xpm_error=.experimaestro/stderr-$xpm_attempt.log
            for xpm_log in .experimaestro "$xpm_output" "$xpm_error"; do
              if [ -L "$xpm_log" ] || { [ -e "$xpm_log" ] && [ ! -f "$xpm_log" ] && [ ! -d "$xpm_log" ]; }; then
                echo "Cannot write in $xpm_folder/$xpm_log: a link, a pipe or a device is in its place" >&2
                exit 1
              fi
            done
            """;

    /**
     * The beginning of an expression for find(1) that skips the files that earlier attempts left. Its paths begin with
     * {@code ./jobs}. If a task has a workspace in its folder, the files of that workspace are the task's, and found.
     */
    public static final String SKIP_FORMER =
            "-path \"./jobs/*/*/.experimaestro/before-*\" ! -path \"./jobs/*/*/*/.experimaestro/before-*\" -prune -o";

    /**
     * A shell function. {@code probe FOLDER} writes a file among ours in a job's folder, and deletes it. It fails, and
     * prints the reason, if a job could not write there either. The file is created exclusively, so that a link in its
     * place is not followed.
     */
    public static final String PROBE = """
            probe() {
              set -C; LC_ALL=C; export LC_ALL; probe="$1/.experimaestro/.tmp-probe-$$"
              dd if=/dev/zero bs=4096 count=1 >"$probe"; code=$?; rm -f "$probe"; return $code
            }
            """;

    private JobScripts() {}
}
