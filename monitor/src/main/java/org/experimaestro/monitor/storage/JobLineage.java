package org.experimaestro.monitor.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The jobs from which a job was made, and those that were made from it, as far as some steps lead. Immutable.
 *
 * @param jobs the names of the jobs: the job itself, then the nearer ones before the farther ones
 * @param more the number of jobs within these steps that are left out
 */
public record JobLineage(List<String> jobs, int more) {
    /** Copies the list. */
    public JobLineage {
        jobs = List.copyOf(jobs);
    }

    /**
     * Finds the jobs around a job.
     *
     * @param uses which jobs use which
     * @param job the name of the job
     * @param steps the largest number of uses between the job and another one, in one direction
     * @param most the largest number of jobs
     * @return the jobs
     */
    public static JobLineage of(JobUses uses, String job, int steps, int most) {
        Set<String> found = new LinkedHashSet<>(List.of(job));
        Set<String> inputs = Set.of(job);
        Set<String> users = Set.of(job);
        for (int step = 0; step < steps; step++) {
            inputs = next(inputs, uses::usedBy);
            users = next(users, uses::usersOf);
            found.addAll(inputs);
            found.addAll(users);
        }
        List<String> all = new ArrayList<>(found);
        int kept = Math.min(most, all.size());
        return new JobLineage(all.subList(0, kept), all.size() - kept);
    }

    private static Set<String> next(Set<String> jobs, Function<String, ? extends Collection<String>> beside) {
        Set<String> next = new LinkedHashSet<>();
        jobs.forEach(job -> next.addAll(beside.apply(job)));
        return next;
    }
}
