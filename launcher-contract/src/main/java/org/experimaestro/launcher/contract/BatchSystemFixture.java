package org.experimaestro.launcher.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.junit.jupiter.api.BeforeEach;

/**
 * The connection of {@link BatchSystemContract} to the batch system under test, and the tools that its tests share.
 */
public abstract class BatchSystemFixture {
    /** The name of the jobs. */
    static final String NAME = "contract";

    private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Instant since = Instant.now();
    private String folder = "";

    /** Creates the test. JUnit calls it, once for each test method. */
    protected BatchSystemFixture() {}

    /**
     * Returns a host that sees the files of jobs, on which the tests read them.
     *
     * @return a shell
     */
    protected abstract Shell shell();

    /**
     * Returns the batch system.
     *
     * @return the system under test
     */
    protected abstract BatchSystem system();

    /**
     * Returns a batch system of the same kind that does not answer.
     *
     * @return a system that cannot be reached
     */
    protected abstract BatchSystem unreachable();

    /**
     * Returns the number of requests to the system under test: scripts that were run, or calls of a service.
     *
     * @return the number since the test began
     */
    protected abstract int requests();

    /**
     * Returns a folder that both jobs and {@link #shell} see, in which the tests make folders of their own.
     *
     * @return an absolute path
     */
    protected abstract String root();

    /**
     * Returns a job id that the system has never given.
     *
     * @return a job id of the right form
     */
    protected abstract String unknownJobId();

    /**
     * Makes jobs that the system must refuse, from jobs that it accepts.
     *
     * @param batch jobs that the system accepts
     * @return the same jobs with an error; empty if the system accepts everything
     */
    protected abstract Optional<Batch> refused(Batch batch);

    /**
     * Returns the options that jobs need here.
     *
     * @return values by option; none unless overridden
     */
    protected Map<String, String> options() {
        return Map.of();
    }

    /**
     * Returns the longest time that a test waits for a state of a job. After it, the test fails.
     *
     * @return 90 seconds unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(90);
    }

    /** Makes a new folder for the test. */
    @BeforeEach
    public void makeFolder() throws Exception {
        folder = root() + "/contract-" + System.nanoTime();
        run("mkdir -p " + ShellText.quote(folder));
    }

    /** Returns the test's own folder on the host. */
    final String folder() {
        return folder;
    }

    /** Returns a file in the test's folder, as a word of a script. */
    final String file(String name) {
        return ShellText.quote(folder + "/" + name);
    }

    /** Returns a batch with a log called {@code log} in the test's folder. */
    final Batch batch(int size, String body) {
        Placement.Builder placement = Placement.on(LauncherDefinition.local()).toBuilder();
        options().forEach(placement::option);
        return Batch.of(NAME, body, folder + "/log", placement.build()).size(size);
    }

    /** Submits one job to the system. */
    final String submit(String body) throws Exception {
        return system().submit(batch(1, body)).getFirst();
    }

    /** Cancels jobs of the test. */
    final void cancel(Collection<String> jobIds) throws Exception {
        system().cancel(NAME, jobIds);
    }

    /** Returns the system's status of a job, empty if the job is unknown. */
    final Optional<BatchStatus> poll(String jobId) throws Exception {
        return Optional.ofNullable(system().poll(List.of(jobId), since).get(jobId));
    }

    /** Returns the system's statuses of jobs. */
    final Map<String, BatchStatus> poll(Collection<String> jobIds) throws Exception {
        return system().poll(jobIds, since);
    }

    /** Waits until a job has ended. */
    final BatchStatus awaitEnd(String jobId) throws Exception {
        return await(jobId, status -> status.phase() == BatchStatus.Phase.ENDED);
    }

    /** Waits until jobs have ended, and returns their statuses in the same order. */
    final List<BatchStatus> awaitEnds(List<String> jobIds) throws Exception {
        List<BatchStatus> ends = new ArrayList<>();
        for (String jobId : jobIds) {
            ends.add(awaitEnd(jobId));
        }
        return ends;
    }

    /** Waits until the system's status of a job meets a condition. */
    final BatchStatus await(String jobId, Predicate<BatchStatus> condition) throws Exception {
        Instant deadline = Instant.now().plus(patience());
        Optional<BatchStatus> status = poll(jobId);
        while (status.filter(condition).isEmpty()) {
            failAfter(
                    deadline,
                    "job " + jobId + " is " + status.map(Object::toString).orElse("unknown"));
            status = poll(jobId);
        }
        return status.get();
    }

    /** Waits until a file in the test's folder exists and is not empty, and returns its text. */
    final String awaitFile(String name) throws Exception {
        Instant deadline = Instant.now().plus(patience());
        while (!exists(name)) {
            failAfter(deadline, "there is no file " + folder + "/" + name);
        }
        return read(name);
    }

    private static void failAfter(Instant deadline, String state) {
        if (Instant.now().isAfter(deadline)) {
            throw new AssertionError("Waited long enough: " + state);
        }
        // This is a pause between two queries; the expected state ends the loop.
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** Returns whether a file in the test's folder exists and is not empty. */
    final boolean exists(String name) throws Exception {
        return shell().run("test -s " + file(name), SCRIPT_LIMIT).isSuccess();
    }

    /** Returns the text of a file in the test's folder. */
    final String read(String name) throws Exception {
        return run("cat " + file(name));
    }

    /** Runs a script that must succeed, and returns its output. */
    final String run(String script) throws Exception {
        Shell.Output output = shell().run(script, SCRIPT_LIMIT);
        if (!output.isSuccess()) {
            throw new AssertionError("The shell cannot run " + script + ": " + output.complaint());
        }
        return output.out();
    }
}
