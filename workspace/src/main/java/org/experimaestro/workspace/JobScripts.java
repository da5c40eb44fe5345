package org.experimaestro.workspace;

import java.time.Duration;
import org.experimaestro.base.process.JobVariables;

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
     * The shell function {@code ended}. {@code ended FOLDER KNOWN} succeeds if the job in a folder has a marker of an end
     * whose name is not among the known ones, which are separated by spaces.
     */
    public static final String ENDED = """
            ended() {
              for marker in "$1"/.experimaestro/done.json "$1"/.experimaestro/failed-*.json; do
                case " $2 " in *" ${marker##*/} "*) continue ;; esac
                if [ -f "$marker" ] && [ ! -L "$marker" ]; then return 0; fi
              done
              return 1
            }
            """;

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
     * Returns commands that end a job when its time is over, whether the run goes on or not. They run in the job's
     * folder and in the shell that becomes the job's process by {@code exec}. A process in the background looks every 5
     * seconds whether the job's process is there. When the time is over, it records the cause and sends SIGTERM to its
     * process group; after a grace time, SIGKILL. It ignores SIGTERM itself, and ends with the job's process or by that
     * SIGKILL. The commands export the time of the end, for the task.
     *
     * @param attempt the number of the attempt, or a variable of the shell that has it
     * @param limit the longest time that the job may take, at least a second
     * @param grace the time between the two signals
     * @param ownsGroup whether the process group has only the job's processes; else only the job's process is ended
     * @return lines of a POSIX shell script
     */
    public static String timeLimit(String attempt, Duration limit, Duration grace, boolean ownsGroup) {
        return """
                xpm_end=$(($(date +%s) + LIMIT))
                END_COMMAND="echo $xpm_end"
                export END_COMMAND
                ({
                  trap '' TERM HUP INT
                  while kill -s 0 $$ 2>/dev/null; do
                    xpm_left=$((xpm_end - $(date +%s)))
                    if [ "$xpm_left" -le 0 ]; then
                      (set -C; printf '%s' 'RECORD' >.experimaestro/.tmp-stop-$$) \\
                        && { [ -e ".experimaestro/stop-ATTEMPT.json" ] \\
                          || mv .experimaestro/.tmp-stop-$$ ".experimaestro/stop-ATTEMPT.json"; }
                      kill -s TERM TARGET
                      kill -s CONT TARGET
                      sleep GRACE
                      kill -s KILL TARGET
                      exit
                    fi
                    if [ "$xpm_left" -gt 5 ]; then xpm_left=5; fi
                    sleep "$xpm_left"
                  done
                } </dev/null >/dev/null 2>&1 &)
                """.replace(
                        "LIMIT", Long.toString(Math.max(1, limit.plusMillis(999).toSeconds())))
                .replace("END_COMMAND", JobVariables.END_COMMAND)
                .replace("RECORD", StopRecord.text(FailureCause.TIME_LIMIT).strip())
                .replace("ATTEMPT", attempt)
                .replace("GRACE", Long.toString(grace.toSeconds()))
                .replace("TARGET", ownsGroup ? "0" : "$$");
    }

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
