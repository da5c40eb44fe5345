package org.experimaestro.monitor.index;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/** The experiments of a workspace, their runs, and what these say of jobs. Confined to the holder of the index's lock. */
final class RunTable {
    /** How many runs a refresh looks at that have ended, or are silent. */
    private static final int SLICE = 4;

    private final Workspace workspace;
    private final Clock clock;
    private final PendingChanges changes;
    private final Listing<Listing<RunEntry>> experiments;
    private final Submissions submissions = new Submissions();
    private String next = "";

    RunTable(Workspace workspace, Clock clock, PendingChanges changes) {
        this.workspace = workspace;
        this.clock = clock;
        this.changes = changes;
        this.experiments = new Listing<>(WorkspaceLayout.experiments(workspace.root()), name -> true);
    }

    /**
     * Looks at the runs that go on, and at some of the others in turn.
     *
     * @param restored runs that an earlier process has read
     * @param resubmitted gets the names of the jobs of which runs say something else now
     * @param named gets the names of the jobs that have changed, by the journals; {@code null} where all jobs are read after this
     */
    void look(Map<String, IndexedRun> restored, Set<String> resubmitted, @Nullable Set<String> named) {
        experiments.look(
                clock,
                this::newExperiment,
                experiment -> experiment.entries().values().forEach(run -> remove(run, resubmitted)));
        int left = SLICE;
        String last = "";
        for (Map.Entry<String, Listing<RunEntry>> experiment :
                experiments.entries().entrySet()) {
            ExperimentFolder folder = workspace.experiment(experiment.getKey());
            Listing<RunEntry> runs = experiment.getValue();
            runs.look(
                    clock, name -> newRun(folder, name, restored, resubmitted, named), run -> remove(run, resubmitted));
            for (RunEntry run : runs.entries().values()) {
                boolean isInTurn = left > 0 && place(run).compareTo(next) > 0;
                if (isInTurn) {
                    left--;
                    last = place(run);
                }
                boolean isLatest = run.folder().name().equals(runs.entries().lastKey());
                if ((isInTurn || run.isLive(clock, isLatest)) && run.look(clock, resubmitted, named)) {
                    changes.put(new Change.RunChanged(
                            run.folder().experiment(), run.folder().name()));
                }
            }
        }
        // At the end of the list the turn begins anew.
        next = left > 0 ? "" : last;
    }

    /** The names of experiment and run, joined by a slash. */
    static String name(RunEntry run) {
        return run.folder().experiment() + "/" + run.folder().name();
    }

    /** Sorts as the lists do, experiment by experiment: no name has a character before the one between them. */
    private static String place(RunEntry run) {
        return run.folder().experiment() + '\0' + run.folder().name();
    }

    private @Nullable Listing<RunEntry> newExperiment(String name) {
        Path runs = workspace.experiment(name).runsFolder();
        return Workspace.isFolder(runs.resolveSibling("")) ? new Listing<>(runs, run -> true) : null;
    }

    private @Nullable RunEntry newRun(
            ExperimentFolder experiment,
            String name,
            Map<String, IndexedRun> restored,
            Set<String> resubmitted,
            @Nullable Set<String> named) {
        RunEntry run = new RunEntry(experiment.run(name), submissions);
        IndexedRun earlier = restored.get(name(run));
        if (earlier == null || !run.restore(earlier)) {
            if (!Workspace.isFolder(run.folder().path())) {
                return null;
            }
            run.look(clock, resubmitted, named);
        }
        changes.put(new Change.RunAdded(experiment.name(), name));
        return run;
    }

    private void remove(RunEntry run, Set<String> resubmitted) {
        run.forgetSubmissions(resubmitted);
        changes.put(
                new Change.RunRemoved(run.folder().experiment(), run.folder().name()));
    }

    /** The names of all experiments. */
    Set<String> experiments() {
        return experiments.entries().keySet();
    }

    /** All runs, in the order in which they began. */
    List<RunEntry> runs() {
        List<RunEntry> runs = new ArrayList<>();
        experiments
                .entries()
                .values()
                .forEach(experiment -> runs.addAll(experiment.entries().values()));
        runs.sort(Comparator.comparing(run -> run.folder().name()));
        return runs;
    }

    /** What the runs say of a job, in their order. */
    List<RunSubmission> submissions(String job) {
        return submissions.of(job);
    }

    /** As a reader meets them: of experiments, then of runs in the order in which they began; some are empty. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        problems.add(experiments.problem());
        experiments.entries().values().forEach(experiment -> problems.add(experiment.problem()));
        runs().forEach(run -> problems.add(run.problem()));
        return problems;
    }

    /** Has everything read again at the next look. */
    void forget() {
        experiments.forget();
        experiments.entries().values().forEach(experiment -> {
            experiment.forget();
            experiment.entries().values().forEach(RunEntry::forget);
        });
    }
}
