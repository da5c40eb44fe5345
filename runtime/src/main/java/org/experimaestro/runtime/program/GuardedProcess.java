package org.experimaestro.runtime.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program in a session, and so a process group, of its own, with a guard: a small shell in another session, which
 * reads a pipe from this process. The guard asks the group to end when this process says so, and ends it when the grace
 * time is over. When the pipe is closed, the program has ended, or this process has vanished. Then the guard ends the group
 * at once, so that no program goes on beside the next attempt. Confined to one thread.
 */
public final class GuardedProcess implements AutoCloseable {
    private static final String ASK = "ask\n";

    /**
     * The start. Its arguments are the script of the guard, the seconds of the grace time, a command for the guard, and
     * the program's command. The number of its process stays that of the program. The guard is no child of the program,
     * which may wait for all of its children. Perl stands in for setsid(1) on macOS.
     */
    private static final String START = """
            session() {
              if command -v setsid >/dev/null; then exec setsid "$@"; fi
              exec perl -e 'use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or die "$ARGV[0]: $!\n"' "$@"
            }
            xpm_guard=$1 xpm_grace=$2 xpm_after=$3
            shift 3
            exec 3<&0 </dev/null
            (session sh -c "$xpm_guard" sh "$$" "$xpm_grace" "$xpm_after" <&3 3<&- >/dev/null 2>&1 &)
            exec 3<&-
            session "$@"
            """;

    /** The guard. Its arguments are the program's process group, the seconds, and a command for what the group leaves. */
    private static final String GUARD = """
            trap '' TERM HUP INT
            cd /
            end() { kill -s "$1" -- "-$2" || kill -s "$1" "$2"; }
            exec 3<&0
            read -r word
            if [ "$word" = ask ]; then
              # The end of the pipe ends the wait.
              trap 'over=1' USR1
              over= last=$(($(date +%s) + $2))
              (read -r rest <&3; kill -s USR1 "$$") &
              end TERM "$1"
              while [ -z "$over" ] && [ "$(date +%s)" -lt "$last" ] && kill -s 0 -- "-$1"; do sleep 0.1 || sleep 1; done
            fi
            end KILL "$1"
            eval "$3"
            """;

    private final Process process;
    private final OutputStream guard;
    private boolean isClosed;

    private GuardedProcess(Process process) {
        this.process = process;
        this.guard = process.getOutputStream();
    }

    /**
     * Starts a program. Its standard input is empty, and its standard error that of this process.
     *
     * @param command the program and its arguments
     * @param variables variables beside those of this process
     * @param folder the working folder
     * @param isOutputRead whether this process reads the standard output, which is its own otherwise
     * @param after a shell command for the guard, after the program's group was ended by force; empty for none
     * @return the process, to be closed
     * @throws IOException if it cannot be started
     */
    public static GuardedProcess start(
            List<String> command, Map<String, String> variables, Path folder, boolean isOutputRead, String after)
            throws IOException {
        List<String> start =
                new ArrayList<>(List.of("sh", "-c", START, "sh", GUARD, Long.toString(secondsOfProgram()), after));
        start.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(start)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(isOutputRead ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        return new GuardedProcess(builder.start());
    }

    /** Returns the program's part of the grace time: this process needs the last second to write its marker. */
    private static long secondsOfProgram() {
        return Math.max(1, GracePeriod.millis() / 1000 - 1);
    }

    /**
     * Returns the standard output, if this process reads it.
     *
     * @return a stream, which ends when nobody writes to it any longer
     */
    public InputStream output() {
        return process.getInputStream();
    }

    /**
     * Waits for the end of the program. If the thread is interrupted, asks the program to end, and waits on.
     *
     * @param name the program's name, for the message
     * @return the exit code, more than 128 for a signal
     * @throws InterruptedException if the thread was interrupted; the program has ended then
     */
    public int await(String name) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException asked) {
            tell(ASK);
            awaitUninterrupted();
            var ended = new InterruptedException(
                    name + " was asked to end, and ended with exit code " + process.exitValue());
            ended.setStackTrace(new StackTraceElement[0]); // else the trace hides the program's last lines in the log
            throw ended;
        }
    }

    /**
     * Returns whether the program runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    private void awaitUninterrupted() {
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException again) {
                // The guard ends the program in time, and this thread has been asked before.
            }
        }
    }

    private void tell(String word) {
        try {
            guard.write(word.getBytes(StandardCharsets.US_ASCII));
            guard.flush();
        } catch (IOException noGuard) { // somebody has ended it
            process.destroy();
        }
    }

    /** Ends what the program has left in its group. */
    @Override
    public void close() {
        endRest();
    }

    /** Ends what the program has left in its group. A second call does nothing. */
    public void endRest() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (process.isAlive()) {
            tell(ASK);
        }
        try {
            guard.close(); // this process does so by itself when the program has ended
        } catch (IOException noGuard) {
            // It is gone.
        }
    }
}
