package org.experimaestro.monitor.storage;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;

/**
 * The uses of results by other jobs, according to the submissions of all runs, and to the parameters of all jobs, which
 * name the jobs that have made their values. Immutable.
 */
public final class JobUses {
    private final Map<String, SortedSet<String>> used = new HashMap<>();
    private final Map<String, SortedSet<String>> users = new HashMap<>();

    private JobUses() {}

    /**
     * Reads the parameters of all jobs of a view.
     *
     * @param view the jobs and runs
     * @return the uses; a job whose parameters cannot be read uses what its submissions say
     */
    public static JobUses of(JobsView view) {
        return of(view, new StoredUses());
    }

    /**
     * Reads the parameters of the jobs of a view that were not read before.
     *
     * @param view the jobs and runs
     * @param stored the names in the parameters that were read, to which further ones are added
     * @return the uses; a job whose parameters cannot be read uses what its submissions say
     */
    public static JobUses of(JobsView view, StoredUses stored) {
        JobUses uses = new JobUses();
        for (RunView run : view.runs()) {
            for (RunSubmission submission : run.submissions()) {
                submission.dependencies().forEach(dependency -> uses.add(submission.job(), dependency));
            }
        }
        for (JobView job : view.jobs()) {
            stored.of(job.folder()).forEach(name -> uses.add(job.name(), name));
        }
        return uses;
    }

    private void add(String user, String usedOne) {
        if (!user.equals(usedOne)) {
            used.computeIfAbsent(user, name -> new TreeSet<>()).add(usedOne);
            users.computeIfAbsent(usedOne, name -> new TreeSet<>()).add(user);
        }
    }

    /**
     * Returns the jobs that use the result of a job.
     *
     * @param job the name of the job
     * @return the names of the jobs, sorted; unmodifiable
     */
    public SortedSet<String> usersOf(String job) {
        return Collections.unmodifiableSortedSet(users.getOrDefault(job, new TreeSet<>()));
    }

    /**
     * Returns the jobs whose results a job uses.
     *
     * @param job the name of the job
     * @return the names of the jobs, sorted; unmodifiable
     */
    public SortedSet<String> usedBy(String job) {
        return Collections.unmodifiableSortedSet(used.getOrDefault(job, new TreeSet<>()));
    }

    /**
     * Adds the jobs that use the results of jobs, at whatever distance.
     *
     * @param jobs the names of jobs
     * @return these names, and those of all jobs that were made from their results, sorted
     */
    public SortedSet<String> withUsers(Collection<String> jobs) {
        return reachable(jobs, users);
    }

    /**
     * Adds the jobs whose results jobs use, at whatever distance.
     *
     * @param jobs the names of jobs
     * @return these names, and those of all jobs from whose results they were made, sorted
     */
    public SortedSet<String> withUsed(Collection<String> jobs) {
        return reachable(jobs, used);
    }

    private static SortedSet<String> reachable(Collection<String> from, Map<String, SortedSet<String>> next) {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(from);
        while (!left.isEmpty()) {
            String job = left.remove();
            if (found.add(job)) {
                left.addAll(next.getOrDefault(job, new TreeSet<>()));
            }
        }
        return found;
    }
}
