package org.experimaestro.monitor.action;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.reason.RunTurns;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.jspecify.annotations.Nullable;

/** The runs that have submitted jobs, and whether they go on. Confined to one thread. */
final class JobRuns {
    private final JobsView view;
    private final Map<String, RunView> runs = new HashMap<>();
    /** The runs that were asked for, with whether they go on. */
    private final IdentityHashMap<RunView, Boolean> live = new IdentityHashMap<>();

    private final IdentityHashMap<RunView, RunTurns> turns = new IdentityHashMap<>();

    /**
     * Creates the runs of a view.
     *
     * @param view all jobs and runs
     */
    JobRuns(JobsView view) {
        this.view = view;
        view.runs().forEach(run -> runs.put(run.folder().qualifiedName(), run));
    }

    /** Returns the last run that goes on and has a job, else the last one that had it; {@code null} without any. */
    @Nullable
    RunView last(JobFolder job) {
        List<RunView> having = view.find(job.name()).map(JobView::submissions).orElse(List.of()).reversed().stream()
                .flatMap(submission -> Optional.ofNullable(runs.get(submission.qualifiedRun())).stream())
                .toList();
        return having.stream().filter(this::isLive).findFirst().orElse(having.isEmpty() ? null : having.getFirst());
    }

    /** Returns whether a run seems to be under way, and takes requests. */
    boolean isLive(RunView run) {
        return live.computeIfAbsent(
                run,
                asked -> !RunFolder.hasEnded(asked.description().keySet()) && RunInquiry.mayAnswer(asked.folder()));
    }

    /** Finds the run that goes on, in which a job has failed, and for whose next attempt it waits. */
    Optional<RunView> findRetrying(JobFolder job) {
        return view.find(job.name()).filter(JobView::isTriedAgain).isPresent()
                ? Optional.ofNullable(last(job))
                        .filter(this::isLive)
                        .filter(run -> turns.computeIfAbsent(run, RunTurns::of).isRetried(job.name()))
                : Optional.empty();
    }
}
