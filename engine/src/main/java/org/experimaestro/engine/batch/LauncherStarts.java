package org.experimaestro.engine.batch;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.engine.time.RunClock;

/**
 * The knowledge whether jobs can start where a batch system runs them. The hosts of a launcher may lack the Java of jobs,
 * or a command that the launcher file names: then one job tells it for all, instead of each for itself. Once a job of the
 * launcher has started, a later failure concerns one host only, and no other job. Thread-safe.
 */
final class LauncherStarts {
    /** The exit code of a POSIX shell for a command that is not there, and of {@code JavaSearch} without a Java. */
    static final int NO_COMMAND = 127;

    /** The time after which a job is tried again: somebody may have repaired the hosts. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunClock clock;
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    private record Failure(String words, long nanos) {}

    LauncherStarts(RunClock clock) {
        this.clock = clock;
    }

    /** Records that a job's process has started. */
    void succeeded(String launcher) {
        if (working.add(launcher)) {
            failures.remove(launcher);
        }
    }

    /**
     * Records that a job could not start, because a command was not there.
     *
     * @param launcher the name of the launcher
     * @param job the name of the job
     * @param words the error
     */
    void failed(String launcher, String job, String words) {
        if (!working.contains(launcher)) {
            failures.put(
                    launcher,
                    new Failure(
                            "it was not tried after " + job + ", the first job of the launcher " + launcher
                                    + ", could not start: " + words,
                            clock.nanoTime()));
        }
    }

    /**
     * Finds out why no job of a launcher can start.
     *
     * @param launcher the name of the launcher
     * @return the reason for a job that is not tried; empty if a job has started, or if one is to be tried
     */
    Optional<String> findProblem(String launcher) {
        return Optional.ofNullable(failures.get(launcher))
                .filter(failure -> clock.nanoTime() - failure.nanos() < PATIENCE.toNanos())
                .map(Failure::words);
    }
}
