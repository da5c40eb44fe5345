package org.experimaestro.monitor.detail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;

/**
 * A hint that jobs asked for much more of a resource than they used. Immutable.
 *
 * <p>There is one only if some jobs that asked for the same agree, and if the gap is large: jobs of other parameters may
 * need more, and a requirement that is a bit too high costs nothing.
 *
 * @param resource the resource
 * @param asked the amount that each job asked for: bytes, or cores
 * @param used the largest amount that one of them used: bytes, or cores that were busy on average
 * @param jobs the number of jobs
 */
public record UseHint(Resource resource, double asked, double used, int jobs) {
    /** The least number of jobs that agree. */
    static final int LEAST_JOBS = 5;

    /** The least factor between the amounts. */
    private static final double LEAST_FACTOR = 4;

    private static final double LEAST_BYTES = 1 << 30;
    private static final double LEAST_CORES = 2;

    /** The least duration of a job whose cores count: before, a process is busy with its start. */
    private static final double LEAST_SECONDS = 60;

    /** The most jobs of a type that are looked at, the last ones first. */
    private static final int MOST_JOBS = 50;

    /** A resource of which jobs may ask for too much. */
    public enum Resource {
        /** The main memory, in bytes. */
        MEMORY,
        /** The processor cores. */
        CORES
    }

    /**
     * Finds hints about a job from the done jobs of its type that asked for the same. Reads the files of their attempts.
     *
     * @param view all jobs
     * @param job a job
     * @return at most one for each resource; none if the job has no record of what it used
     */
    public static List<UseHint> of(JobsView view, JobView job) {
        Optional<AskedUse> own = AskedUse.of(job);
        if (own.isEmpty() || own.get().memory() < LEAST_BYTES && own.get().cores() <= LEAST_CORES) {
            return List.of();
        }
        List<AskedUse> same = view.jobs().stream()
                .filter(other -> other.status().findDone().isPresent()
                        && other.folder().typeId().equals(job.folder().typeId()))
                .sorted(Comparator.comparing((JobView other) -> other.ended().orElseThrow())
                        .reversed())
                .limit(MOST_JOBS)
                .flatMap(other -> AskedUse.of(other).stream())
                .filter(own.get()::asksLike)
                .toList();
        return of(same);
    }

    /**
     * Finds hints from jobs of one type that asked for the same.
     *
     * @param jobs what each of them asked for and used
     * @return at most one for each resource
     */
    public static List<UseHint> of(List<AskedUse> jobs) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        List<AskedUse> lasting = jobs.stream()
                .filter(job -> job.use().wallSeconds() >= LEAST_SECONDS)
                .toList();
        List<UseHint> hints = new ArrayList<>();
        find(Resource.MEMORY, (double) jobs.getFirst().memory(), LEAST_BYTES, jobs, UseHint::bytes)
                .ifPresent(hints::add);
        find(Resource.CORES, jobs.getFirst().cores(), LEAST_CORES, lasting, UseHint::cores)
                .ifPresent(hints::add);
        return hints;
    }

    private static Optional<UseHint> find(
            Resource resource, double asked, double leastGap, List<AskedUse> jobs, ToDoubleFunction<AskedUse> used) {
        double most = jobs.stream().mapToDouble(used).max().orElse(Double.NaN);
        return jobs.size() >= LEAST_JOBS && most * LEAST_FACTOR <= asked && asked - most >= leastGap
                ? Optional.of(new UseHint(resource, asked, most, jobs.size()))
                : Optional.empty();
    }

    /** Returns the bytes that a job used; NaN, which is no amount, if they are not known. */
    private static double bytes(AskedUse job) {
        OptionalLong bytes = job.use().memoryBytes();
        return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
    }

    private static double cores(AskedUse job) {
        OptionalDouble cores = job.use().busyCores();
        return cores.isPresent() ? cores.getAsDouble() : Double.NaN;
    }
}
