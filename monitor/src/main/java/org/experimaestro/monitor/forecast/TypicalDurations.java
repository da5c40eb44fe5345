package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.workspace.JobStatus;

/**
 * The typical durations of jobs by type: the median of the done jobs, each by the attempt that has done it. A job that
 * was tried several times counts once. Not thread-safe.
 */
public final class TypicalDurations {
    /** The least number of done jobs of a type after which their median means something. */
    public static final int LEAST_DONE = 3;

    private final Map<String, List<Double>> secondsByType = new HashMap<>();

    /** Creates durations of no jobs. */
    public TypicalDurations() {}

    /**
     * Adds a job.
     *
     * @param typeId the type of the job
     * @param done its end
     */
    public void add(String typeId, JobStatus.Done done) {
        double seconds = Duration.between(done.started(), done.ended()).toMillis() / 1000.0;
        List<Double> known = secondsByType.computeIfAbsent(typeId, type -> new ArrayList<>());
        int place = Collections.binarySearch(known, seconds);
        known.add(place < 0 ? -place - 1 : place, seconds);
    }

    /**
     * Returns the typical duration of a type.
     *
     * @param typeId the type
     * @return the median; empty if fewer than {@link #LEAST_DONE} jobs of the type were added
     */
    public Optional<Duration> of(String typeId) {
        return median(typeId).filter(median -> known(typeId).size() >= LEAST_DONE);
    }

    /**
     * Returns the median of a type, of as many jobs as there are.
     *
     * @param typeId the type
     * @return the median; empty if no job of the type was added
     */
    public Optional<Duration> median(String typeId) {
        List<Double> known = known(typeId);
        return known.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(1000 * Median.of(known))));
    }

    private List<Double> known(String typeId) {
        return secondsByType.getOrDefault(typeId, List.of());
    }
}
