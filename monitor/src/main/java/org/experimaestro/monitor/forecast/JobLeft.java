package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A job of a run that is not done yet, however often it was tried before. Immutable.
 *
 * @param name the job's name
 * @param typeId its type
 * @param dependencies the names of the jobs that it waits for
 * @param elapsed the time since the start of its attempt that runs; zero if none does
 * @param promised the time left by the progress of that attempt; empty if it cannot be known
 */
public record JobLeft(
        String name, String typeId, List<String> dependencies, Duration elapsed, Optional<Duration> promised) {
    /** Copies the list. */
    public JobLeft {
        dependencies = List.copyOf(dependencies);
    }
}
