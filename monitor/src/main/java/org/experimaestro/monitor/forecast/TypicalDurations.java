package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.base.text.DurationWords;
import org.experimaestro.workspace.JobStatus;

/**
 * The typical durations of jobs by type: the median of the done jobs, each by the attempt that has done it. A job that
 * was tried several times counts once. Not thread-safe.
 */
public final class TypicalDurations {
    /** The least number of done jobs of a type after which their median means something. */
    public static final int LEAST_DONE = 3;

    private final Map<String, List<Double>> secondsByType = new HashMap<>();
    private final Set<String> unsorted = new HashSet<>();

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
        secondsByType.computeIfAbsent(typeId, type -> new ArrayList<>()).add(seconds);
        unsorted.add(typeId);
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

    /**
     * Returns what the median of a type stands on.
     *
     * @param typeId the type, of which at least one job was added
     * @return the number of jobs, the shortest and the longest duration, such as {@code 12 done jobs of 3.0 s to 4 min 2 s}
     */
    String basis(String typeId) {
        List<Double> known = known(typeId);
        String least = text(known.getFirst());
        String most = text(known.getLast());
        return known.size()
                + (known.size() == 1 ? " done job of " : " done jobs of ")
                + (least.equals(most) ? least : least + " to " + most);
    }

    private static String text(double seconds) {
        return DurationWords.of(Duration.ofMillis(Math.round(1000 * seconds)));
    }

    /** Returns the durations, sorted once after all that were added. */
    private List<Double> known(String typeId) {
        List<Double> known = secondsByType.getOrDefault(typeId, List.of());
        if (unsorted.remove(typeId)) {
            Collections.sort(known);
        }
        return known;
    }
}
