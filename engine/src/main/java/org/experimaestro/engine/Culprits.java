package org.experimaestro.engine;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.experimaestro.engine.schedule.Phase;

/**
 * The names of the failed jobs for which others were skipped. Each skipped job is visited once, however many names are
 * requested, until a job is tried again. Thread-safe.
 */
final class Culprits {
    private static final int NAMED = 5;

    /** The culprits of each skipped job: at most one more than are named, as a sign that there are more. */
    private final IdentityHashMap<TaskJob, Set<String>> known = new IdentityHashMap<>();
    /** The failed jobs that {@link #known} names, and the jobs of the failed steps that it names. */
    private final Set<TaskJob> causes = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Forgets all names, if they include a job that is tried again.
     *
     * @param waiting a job that waits, for the first time or again
     */
    synchronized void forget(TaskJob waiting) {
        if (causes.contains(waiting)) {
            causes.clear();
            known.clear();
        }
    }

    /**
     * Returns why a job was skipped.
     *
     * @param skipped the job
     * @return a part of a sentence that names the failed jobs, in the order of the dependencies
     */
    synchronized String reason(TaskJob skipped) {
        if (!skipped.withheldBecause().isEmpty()) {
            return skipped.withheldBecause();
        }
        // A loop instead of recursion: a chain of a hundred thousand jobs is a normal plan.
        Deque<TaskJob> pending = new ArrayDeque<>();
        pending.push(skipped);
        while (!pending.isEmpty()) {
            TaskJob job = pending.getFirst();
            int before = pending.size();
            for (TaskJob dependency : job.dependencies()) {
                if (dependency.phase() == Phase.SKIPPED && !known.containsKey(dependency)) {
                    pending.push(dependency);
                }
            }
            if (pending.size() == before) {
                pending.removeFirst();
                known.put(job, gather(job));
            }
        }
        Set<String> culprits = known.getOrDefault(skipped, Set.of());
        String named = String.join(", ", culprits.stream().limit(NAMED).toList());
        return "since " + named + (culprits.size() > NAMED ? ", and others" : "");
    }

    private Set<String> gather(TaskJob job) {
        Set<String> culprits = new LinkedHashSet<>();
        for (PrepareStep step : job.steps()) {
            if (step.node().phase() == Phase.FAILED) {
                causes.add(job); // the step is tried again, and so the job waits again
                culprits.add(step.asCulprit());
            }
        }
        for (TaskJob dependency : job.dependencies()) {
            if (dependency.phase() == Phase.FAILED) {
                causes.add(dependency);
                culprits.add(ReportedJob.asCulprit(dependency));
            } else if (dependency.phase() == Phase.SKIPPED) {
                culprits.addAll(known.getOrDefault(dependency, Set.of()));
            }
            if (culprits.size() > NAMED) {
                break;
            }
        }
        return culprits.size() <= NAMED + 1
                ? culprits
                : new LinkedHashSet<>(culprits.stream().limit(NAMED + 1).toList());
    }
}
