package org.experimaestro.monitor.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A search for the failed jobs on which others depend, directly or through jobs that are not done. Each job is visited
 * once. Confined to one thread.
 */
public final class FailedDependencies {
    private final JobsView view;
    private final Map<String, Optional<JobView>> found = new HashMap<>();

    /**
     * Creates a search.
     *
     * @param view all jobs
     */
    public FailedDependencies(JobsView view) {
        this.view = view;
    }

    /**
     * Returns the dependencies of a job in its last submission.
     *
     * @param job the job
     * @return the jobs in their order; those without a view are left out
     */
    public List<JobView> dependencies(JobView job) {
        List<RunSubmission> submissions = job.submissions();
        List<JobView> dependencies = new ArrayList<>();
        if (!submissions.isEmpty()) {
            for (String name : new LinkedHashSet<>(submissions.getLast().dependencies())) {
                view.find(name).ifPresent(dependencies::add);
            }
        }
        return dependencies;
    }

    /**
     * Finds the failed job because of which a job cannot start. A loop replaces recursion, because chains of jobs may be
     * thousands of jobs long.
     *
     * @param job the job
     * @return the failed job; {@code null} if there is none
     */
    public @Nullable JobView find(JobView job) {
        Deque<JobView> open = new ArrayDeque<>();
        Set<String> entered = new HashSet<>();
        open.push(job);
        while (!open.isEmpty()) {
            JobView next = open.peek();
            boolean isFirstVisit = entered.add(next.name());
            Optional<JobView> lost = Optional.empty();
            boolean isWaiting = false;
            for (JobView dependency : dependencies(next)) {
                if (hasFailed(dependency)) {
                    lost = Optional.of(dependency);
                    break;
                }
                if (dependency.isUnstarted()) {
                    Optional<JobView> known = found.get(dependency.name());
                    if (known == null && isFirstVisit && !entered.contains(dependency.name())) {
                        open.push(dependency);
                        isWaiting = true;
                    } else if (known != null && known.isPresent()) {
                        lost = known;
                        break;
                    }
                }
            }
            if (lost.isPresent() || !isWaiting) {
                found.put(next.name(), lost);
                open.remove(next);
            }
        }
        return found.getOrDefault(job.name(), Optional.empty()).orElse(null);
    }

    /**
     * Returns whether a run does not start a job of its own, because a job that it needs has failed.
     *
     * @param job a job of the run
     * @return true for a new job behind a failed one
     */
    public boolean isSkipped(JobView job) {
        // The state needs the file of parameters, which nobody may have read of the many jobs that are done.
        boolean mayBeNew = job.isTriedAgain() || job.status() instanceof JobStatus.New;
        return mayBeNew && job.state() == JobState.NEW && find(job) != null;
    }

    private static boolean hasFailed(JobView job) {
        return job.hasFailed() || job.status() instanceof JobStatus.Corrupt;
    }
}
