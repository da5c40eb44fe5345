package org.experimaestro.launcher.direct;

import static org.experimaestro.spi.ShellText.quote;

import org.experimaestro.spi.Batch;
import org.experimaestro.spi.ShellText;

/** The script that starts the jobs of a batch, and prints for each a line {@code started TASK HOST PID START BOOT}. Immutable. */
final class StartScript {
    /**
     * The leader of a job's session: it runs {@code SCRIPT TASK}, and stores the exit code in {@code FILES.PID.exit}.
     * A signal is sent to the whole session, and so to the job itself; the leader survives it to record the job's
     * end. Its last argument only names its job ({@code ProcessScripts.tag}).
     */
    private static final String LEADER = """
            exit=$3.$$.exit
            asked=
            trap 'asked=yes' TERM
            if [ -e "$exit" ]; then rm -f "$exit" "$3.$$.cancelled"; fi
            xpm_cancelled="$3.$$.cancelled"
            export xpm_cancelled
            code=143
            if [ -z "$asked" ]; then
              sh "$1" "$2"
              code=$?
            fi
            printf '%s\\n' "$code" >"$exit.tmp" && mv -f "$exit.tmp" "$exit"
            """;

    /**
     * The function that starts a session. macOS has no {@code setsid} command, but a Perl that calls the function.
     */
    private static final String SESSION = """
            if command -v setsid >/dev/null 2>&1; then
              session() { exec setsid "$@"; }
            elif command -v perl >/dev/null 2>&1; then
              session() { exec perl -e 'use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or die "$ARGV[0]: $!"' "$@"; }
            else
              echo "this host has neither setsid nor perl, one of which is needed to start a process that stays" >&2
              exit 1
            fi
            """;

    /**
     * The command that writes the script. The script contains variables of jobs, so no other user may read or replace
     * it.
     */
    private static final String WRITE = "rm -f \"$log.sh.tmp\"\n(umask 077; set -C; cat >\"$log.sh.tmp\")";

    /** The command that gives the script its name. A renaming whose reply was lost has failed for mv(1), and is found done. */
    private static final String NAME = """
            if [ $? != 0 ] || { ! mv -f "$log.sh.tmp" "$log.sh" && { [ -e "$log.sh.tmp" ] || [ ! -f "$log.sh" ]; }; }; then
              rm -f "$log.sh.tmp"
              exit 1
            fi
            """;

    private static final String START = """
            start() {
              export EXPERIMAESTRO_DIRECT_JOB="$name:$log-$1;"
              session $nice sh -c "$leader" sh "$log.sh" "$1" "$log-$1" "$EXPERIMAESTRO_DIRECT_JOB" \\
                  </dev/null >>"$log-$1.log" 2>&1 &
              pid=$!
              look "$pid"
              echo "started $1 $host $pid ${start:--} $boot"
            }
            """;

    private final int niceness;

    StartScript(int niceness) {
        this.niceness = niceness;
    }

    /**
     * Returns the script.
     *
     * @param batch the jobs
     * @param script the script of each job
     */
    String of(Batch batch, String script) {
        return ProcessScripts.IDENTITY
                + SESSION
                + "log=" + quote(batch.log()) + "\n"
                + "name=" + quote(batch.name()) + "\n"
                + "nice=" + quote(niceness == 0 ? "" : "nice -n " + niceness) + "\n"
                + "leader=" + quote(LEADER) + "\n"
                + ShellText.withInput(WRITE, script)
                + NAME
                + ShellText.exports(batch.passed())
                + ": >>\"$log-0.log\" || exit 1\n"
                + START
                + "n=0\nwhile [ $n -lt " + batch.size() + " ]; do\n  start $n\n  n=$((n + 1))\ndone\n";
    }
}
