package org.experimaestro.launcher.direct;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * A batch system of plain processes on a host. Each job is the leader of its own session (setsid(2)), so that it
 * outlives the shell that has started it. The leader is a small shell that waits for the job's process and stores its
 * exit code. Thread-safe.
 *
 * <p>Beside {@code LOG-N.log} there are {@code LOG.sh}, the script; {@code LOG-N.PID.exit}, the exit code of a job
 * that has ended; and {@code LOG-N.PID.cancelled}, empty, if it was asked to end.
 */
final class Processes implements BatchSystem {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LARGEST_BATCH = 1_000;
    private static final int SIGNALED = 128;

    /** A line of {@link StartScript}; other messages of the host may surround it. */
    private static final Pattern STARTED = Pattern.compile("(?m)^started (\\d{1,9}) (\\S+) (\\d{1,18}) (\\S+) (\\S+)$");

    /** A line of {@link ProcessScripts#look}. */
    private static final Pattern STATE = Pattern.compile(
            "(?m)^(\\d{1,9}) (?!ended -)(running|stopped|ended|vanished|restarted|elsewhere) (-|\\d{1,3}) (yes|no)$");

    /** Gives a job the name of its own file, after that of an outer job was removed. */
    private static final String CANCELLED_FILE = """
            EXPERIMAESTRO_CANCELLED_FILE=$xpm_cancelled
            export EXPERIMAESTRO_CANCELLED_FILE
            """;

    private final Shell shell;
    private final int niceness;
    private final Duration grace;
    private final Duration patience;

    Processes(Shell shell, int niceness) {
        this(shell, niceness, GRACE, PATIENCE);
    }

    /**
     * Creates the batch system of a host.
     *
     * @param shell the host
     * @param niceness for nice(1), 0 for none
     * @param grace the time that a job has to clean up after a request to end
     * @param patience the time in which a process that is not the job yet must become the job
     */
    Processes(Shell shell, int niceness, Duration grace, Duration patience) {
        this.shell = shell;
        this.niceness = niceness;
        this.grace = grace;
        this.patience = patience;
    }

    @Override
    public int largestBatch() {
        return LARGEST_BATCH;
    }

    @Override
    public boolean runsOnOwnHost() {
        return true;
    }

    @Override
    public String script(Batch batch) {
        return "#!/bin/sh\n# " + batch.name() + ": sh SCRIPT N runs job N of " + batch.size() + "\n"
                + Batch.UNSET_RANKS + "\n" + CANCELLED_FILE + "task=$1\n"
                + batch.body() + "\n";
    }

    @Override
    public List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException {
        Shell.Output output = shell.run(new StartScript(niceness).of(batch, script(batch)), LIMIT);
        List<String> jobIds = new ArrayList<>();
        for (Matcher started = STARTED.matcher(output.out()); started.find(); ) {
            if (Integer.parseInt(started.group(1)) == jobIds.size()) {
                String files = batch.log() + "-" + jobIds.size();
                jobIds.add(new DirectJobId(
                                started.group(2),
                                Long.parseLong(started.group(3)),
                                started.group(4),
                                started.group(5),
                                files)
                        .toString());
            }
        }
        if (!output.isSuccess() && jobIds.isEmpty()) {
            throw new RefusedException("Cannot start " + batch.name() + ": " + output.complaint());
        }
        if (!output.isSuccess() || jobIds.size() != batch.size()) {
            throw RefusedException.unclear("Cannot start all " + batch.size() + " jobs of " + batch.name() + ": "
                    + jobIds.size() + " have reported their start (exit code " + output.exitCode() + "): "
                    + output.words() + "; those that run go on, and are waited for");
        }
        return jobIds;
    }

    @Override
    public Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        List<DirectJobId> asked = jobIds.stream()
                .map(DirectJobId::parse)
                .flatMap(Optional::stream)
                .toList();
        Shell.Output output = shell.run(ProcessScripts.look(asked), LIMIT);
        if (!output.isSuccess()) {
            throw new UnreachableException("Cannot look at the processes: " + output.complaint());
        }
        Map<String, BatchStatus> states = new LinkedHashMap<>();
        for (Matcher line = STATE.matcher(output.out()); line.find(); ) {
            int index = Integer.parseInt(line.group(1));
            if (index < asked.size() && !line.group(2).equals("elsewhere")) {
                states.put(asked.get(index).toString(), status(line.group(2), line.group(3), line.group(4)));
            }
        }
        return states;
    }

    /** Returns the state from a line of {@link ProcessScripts#look}. */
    private static BatchStatus status(String state, String exit, String cancelled) {
        boolean wasCancelled = cancelled.equals("yes");
        return switch (state) {
            case "running" -> BatchStatus.active(BatchStatus.Phase.RUNNING, state, "");
            case "stopped" -> BatchStatus.active(BatchStatus.Phase.SUSPENDED, state, "");
            case "ended" -> ended(Integer.parseInt(exit), wasCancelled);
            case "vanished" ->
                BatchStatus.ended(
                        wasCancelled ? BatchStatus.End.CANCELLED : BatchStatus.End.FAILED,
                        state,
                        "killed without a trace",
                        OptionalInt.empty());
            case "restarted" ->
                BatchStatus.ended(
                        BatchStatus.End.NODE_FAILURE, state, "its host was restarted meanwhile", OptionalInt.empty());
            default -> throw new IllegalStateException("Not a state of a process: " + state);
        };
    }

    private static BatchStatus ended(int exitCode, boolean cancelled) {
        BatchStatus.End end = exitCode == 0
                ? BatchStatus.End.COMPLETED
                : cancelled ? BatchStatus.End.CANCELLED : BatchStatus.End.FAILED;
        String reason = exitCode > SIGNALED ? "signal " + (exitCode - SIGNALED) : "";
        return BatchStatus.ended(end, "ended", reason, OptionalInt.of(exitCode));
    }

    @Override
    public void cancel(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException {
        List<DirectJobId> jobs = new ArrayList<>();
        for (String text : jobIds) {
            jobs.add(DirectJobId.parse(text)
                    .orElseThrow(() -> new RefusedException(
                            "Not the handle of a process, but \"" + text + "\": nothing was sent")));
        }
        Shell.Output output = shell.run(ProcessScripts.end(jobs, name, grace, patience), LIMIT);
        if (!output.isSuccess()) {
            throw new RefusedException("Cannot end processes: " + output.complaint());
        }
    }
}
