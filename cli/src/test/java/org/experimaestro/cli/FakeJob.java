package org.experimaestro.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobCommand;

/** Processes with the command line of a job's, which are no JVMs: the shell gives the words behind its script no meaning. */
public final class FakeJob {
    private FakeJob() {}

    /**
     * Starts one in a session of its own, in the job's folder.
     *
     * @param script what it does; an {@code exec} would take its command line away
     * @param attempt what it seems to run
     */
    public static Process start(String script, Attempt attempt) throws IOException {
        return awaitSession(new ProcessBuilder(command(script, attempt))
                .directory(attempt.job().path().toFile())
                .start());
    }

    /** Returns the process once its {@code setsid} has become the command behind it: before, it leads no session. */
    static Process awaitSession(Process process) {
        while (process.info().command().filter(path -> path.endsWith("/setsid")).isPresent()) {
            LockSupport.parkNanos(1_000_000);
        }
        return process;
    }

    public static List<String> command(String script, Attempt attempt) {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", script));
        command.addAll(JobCommand.of(attempt));
        return command;
    }
}
