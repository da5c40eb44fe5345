package org.experimaestro.monitor.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;

/**
 * The uses of results by other jobs, according to the submissions of all runs, and to the parameters of all jobs, which
 * name the jobs that have made their values. A job that refers to its result under a former name uses that one.
 * Immutable.
 */
public final class JobUses {
    private final Map<String, List<String>> used = new HashMap<>();
    private final Map<String, List<String>> users = new HashMap<>();
    /** The jobs of today that refer to a job under its former name. */
    private final Map<String, List<String>> successors = new HashMap<>();

    private JobUses() {}

    /**
     * Finds the uses in a view, and reads the parameters that were not read yet.
     *
     * @param view the jobs and runs
     * @return the uses; a job whose parameters cannot be read uses what its submissions say
     */
    public static JobUses of(JobsView view) {
        JobUses uses = new JobUses();
        for (RunView run : view.runs()) {
            for (RunSubmission submission : run.submissions()) {
                submission.dependencies().forEach(dependency -> uses.add(submission.job(), dependency));
            }
        }
        // Several threads read the files that were not read yet.
        Map<String, String> formers = view.jobs().parallelStream()
                .peek(job -> job.parameters().uses())
                .flatMap(job -> job.folder().findFormer().map(former -> Map.entry(job.name(), former.name())).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        formers.forEach(uses::addFormer);
        for (JobView job : view.jobs()) {
            List<String> named = job.parameters().uses();
            if (!named.isEmpty()) {
                String name = job.name();
                named.forEach(usedOne -> uses.add(name, usedOne));
            }
        }
        return uses;
    }

    private void addFormer(String job, String former) {
        add(job, former);
        successors.computeIfAbsent(former, name -> new ArrayList<>(1)).add(job);
    }

    /**
     * Returns the names under which the result of a job is used: its own, and those of today if that is a former one.
     *
     * @param job the name of the job
     * @return the names, its own first
     */
    public List<String> namesOf(String job) {
        List<String> names = new ArrayList<>(List.of(job));
        names.addAll(successors.getOrDefault(job, List.of()));
        return names;
    }

    private void add(String user, String usedOne) {
        if (!user.equals(usedOne)) {
            used.computeIfAbsent(user, name -> new ArrayList<>(2)).add(usedOne);
            users.computeIfAbsent(usedOne, name -> new ArrayList<>(2)).add(user);
        }
    }

    /**
     * Returns the jobs that use the result of a job.
     *
     * @param job the name of the job
     * @return the names of the jobs, sorted; unmodifiable
     */
    public SortedSet<String> usersOf(String job) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(users.getOrDefault(job, List.of())));
    }

    /**
     * Returns the jobs whose results a job uses.
     *
     * @param job the name of the job
     * @return the names of the jobs, sorted; unmodifiable
     */
    public SortedSet<String> usedBy(String job) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(used.getOrDefault(job, List.of())));
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

    private static SortedSet<String> reachable(Collection<String> from, Map<String, List<String>> next) {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(from);
        while (!left.isEmpty()) {
            String job = left.remove();
            if (found.add(job)) {
                left.addAll(next.getOrDefault(job, List.of()));
            }
        }
        return found;
    }
}
