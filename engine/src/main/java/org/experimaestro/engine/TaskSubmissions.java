package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.experimaestro.Launcher;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.spi.Placement;
import org.jspecify.annotations.Nullable;

/**
 * The submissions of a run. A submission is a job with a set of tags: a job that the plan submits again with other tags
 * has another submission, and is still one job. Thread-safe.
 */
final class TaskSubmissions {
    private final Consumer<SubmittedTask> recorder;
    private final RunListener listener;
    private final PlacementFinder placements;
    private final List<Submission> submissions = new ArrayList<>();
    private final Map<TaskJob, Request> requests = new HashMap<>();
    private final Set<Key> known = new HashSet<>();
    private final Set<Conflict> conflicts = new HashSet<>();
    private final Set<String> conflictingTags = new HashSet<>();
    /** True once a job was submitted again with other tokens, which is warned of once. */
    private boolean hasOtherTokens;

    /**
     * A submission.
     *
     * @param job the job
     * @param task the task with the tags of this submission
     */
    record Submission(TaskJob job, SubmittedTask task) {}

    private record Key(TaskJob job, SortedMap<String, Object> tags) {}

    private record Conflict(Placement first, Placement other) {}

    /** The request of a launcher, without the line of the plan. */
    private record Request(
            String text,
            SortedMap<String, String> environment,
            SortedSet<String> passed,
            SortedMap<String, String> options) {
        static Request of(Launcher launcher) {
            return new Request(launcher.toString(), launcher.environment(), launcher.passed(), launcher.options());
        }
    }

    /**
     * Creates an empty list.
     *
     * @param recorder records each submission
     * @param listener receives warnings
     * @param placements finds where the job of a submission runs
     */
    TaskSubmissions(Consumer<SubmittedTask> recorder, RunListener listener, PlacementFinder placements) {
        this.recorder = recorder;
        this.listener = listener;
        this.placements = placements;
    }

    /** Records the first submission of a job, before anything is done with it. */
    void record(SubmittedTask task) {
        recorder.accept(task);
    }

    /** Adds the first submission of a job, which the run has taken. */
    synchronized void add(TaskJob job, Launcher launcher) {
        requests.put(job, Request.of(launcher));
        known.add(new Key(job, job.task().tags()));
        submissions.add(new Submission(job, job.task()));
    }

    /**
     * Adds and records a further submission of a job, unless the job was submitted with the same tags before.
     *
     * @param job the job
     * @param tags the tags
     * @param launcher where the job would run if this were its first submission
     */
    synchronized void addAgain(TaskJob job, SortedMap<String, Object> tags, Launcher launcher) {
        // Not for an equal request, for which a hook may choose another launcher each time.
        if (!Request.of(launcher).equals(requests.get(job))) {
            warnOfLauncher(job.task(), placements.find(job.task().found(), launcher));
        }
        if (!launcher.tokens().equals(job.request().tokens()) && !hasOtherTokens) {
            hasOtherTokens = true;
            listener.warning(job.task().folder() + " was submitted again with other tokens: the job holds those of its"
                    + " first submission");
        }
        if (known.add(new Key(job, tags))) {
            SubmittedTask task = job.task().with(tags);
            recorder.accept(task);
            submissions.add(new Submission(job, task));
        }
    }

    /** Once for each pair of launchers: a plan that submits one task to both mostly does so with many. */
    private void warnOfLauncher(SubmittedTask first, @Nullable Placement other) {
        Placement placement = first.placement();
        if (placement != null
                && other != null
                && !placement.equals(other)
                && conflicts.add(new Conflict(placement, other))) {
            boolean isShown = !placement.toString().equals(other.toString());
            listener.warning(
                    first.folder() + " was submitted to the launcher " + placement + ", and again to the launcher "
                            + other + (isShown ? "" : " with other resources, variables or options")
                            + ": the job runs as it was submitted first");
        }
    }

    /**
     * Warns of conflicting tags, once for each name: a conflict in one task is often also in similar tasks, and in all
     * that depend on them.
     */
    synchronized void warnOfTags(ConfigNode<?> task) {
        task.tagSet().conflicts().forEach((name, conflict) -> {
            if (conflictingTags.add(name)) {
                listener.warning(
                        task.descriptor() + ": " + conflict + "; stopTags() keeps tags from what uses a configuration");
            }
        });
    }

    /** Returns the submissions so far, in their order. */
    synchronized List<Submission> snapshot() {
        return List.copyOf(submissions);
    }
}
