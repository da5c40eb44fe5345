package org.experimaestro.monitor.index;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/**
 * The experiments of a workspace, their runs, and the runs' submissions of jobs. Confined to the holder of the index's
 * lock.
 */
final class RunTable {
    /** The number of runs that a refresh reads in turn. */
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
     * Reads the runs that go on, and some of all runs in turn.
     *
     * @param restored the runs that an earlier process read, by the names of experiment and run
     * @param resubmitted receives the names of the jobs whose submissions have changed
     * @param named receives the names of the jobs in new events of the journals; {@code null} if all jobs are read
     *     afterwards anyway
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
        // After the end of the list, the turn starts again.
        next = left > 0 ? "" : last;
    }

    /**
     * Returns a text that sorts runs like the lists, experiment by experiment. The separator is the least character,
     * and no name contains it.
     */
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
        IndexedRun earlier = restored.get(run.folder().qualifiedName());
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

    /** Returns the names of all experiments. */
    Set<String> experiments() {
        return experiments.entries().keySet();
    }

    Optional<RunEntry> find(String experiment, String run) {
        return Optional.ofNullable(experiments.entries().get(experiment))
                .map(runs -> runs.entries().get(run));
    }

    /** Returns all runs, in the order of their start. */
    List<RunEntry> runs() {
        List<RunEntry> runs = new ArrayList<>();
        experiments
                .entries()
                .values()
                .forEach(experiment -> runs.addAll(experiment.entries().values()));
        runs.sort(Comparator.comparing(run -> run.folder().name()));
        return runs;
    }

    /** Returns the submissions of a job, in the order of the runs. */
    List<RunSubmission> submissions(String job) {
        return submissions.of(job);
    }

    /** Returns the problems of experiments, then those of runs in the order of their start; some texts are empty. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        problems.add(experiments.problem());
        experiments.entries().values().forEach(experiment -> problems.add(experiment.problem()));
        runs().forEach(run -> problems.add(run.problem()));
        return problems;
    }

    /** Marks all folders and files to be read at the next look. */
    void forget() {
        experiments.forget();
        experiments.entries().values().forEach(experiment -> {
            experiment.forget();
            experiment.entries().values().forEach(RunEntry::forget);
        });
    }
}
