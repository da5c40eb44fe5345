package org.experimaestro.monitor.index;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
    /** The number of experiments that a poll looks at in turn, and of those that it looks at each time. */
    private static final int EXPERIMENTS = 8;

    private final Workspace workspace;
    private final Clock clock;
    private final PendingChanges changes;
    private final Listing<Listing<RunEntry>> experiments;
    private final Submissions submissions = new Submissions();
    private final Turn turn = new Turn();
    /** The last experiment that a poll has looked at in turn. */
    private String last = "";
    /** The experiments that began a run last; {@code null} if they must be found again. */
    private @Nullable List<String> latest;

    RunTable(Workspace workspace, Clock clock, PendingChanges changes) {
        this.workspace = workspace;
        this.clock = clock;
        this.changes = changes;
        this.experiments = new Listing<>(WorkspaceLayout.experiments(workspace.root()), name -> true);
    }

    /**
     * Lists the folders whose names may have changed, and reads the runs that go on, and some of all runs in turn.
     *
     * @param isPoll whether to look at the folders of some experiments only
     * @param restored the runs that an earlier process read, by the names of experiment and run
     * @param resubmitted receives the names of the jobs of which the runs say something else
     * @param named receives the names of the jobs in new events of the journals; {@code null} if all jobs are read
     *     afterwards anyway
     */
    void look(boolean isPoll, Map<String, IndexedRun> restored, Set<String> resubmitted, @Nullable Set<String> named) {
        Set<RunEntry> inTurn = new HashSet<>(turn.next(experiments.entries(), SLICE));
        Set<String> some = isPoll ? some() : experiments.entries().keySet();
        experiments.look(
                clock,
                this::newExperiment,
                experiment -> experiment.entries().values().forEach(run -> remove(run, resubmitted)));
        experiments.entries().forEach((name, runs) -> {
            if (some.contains(name) || !runs.isSettled()) {
                ExperimentFolder folder = workspace.experiment(name);
                runs.look(clock, run -> newRun(folder, run, restored), run -> remove(run, resubmitted));
            }
            for (RunEntry run : runs.entries().values()) {
                boolean isLatest = run.folder().name().equals(runs.entries().lastKey());
                if ((inTurn.contains(run) || run.isLive(clock, isLatest)) && run.look(clock, resubmitted, named)) {
                    changes.put(new Change.RunChanged(name, run.folder().name()));
                }
            }
        });
    }

    /**
     * Returns the experiments whose folders a poll looks at: those that began a run last, because they begin the next one
     * most likely, and some of all in turn.
     */
    private Set<String> some() {
        Set<String> names = new HashSet<>(latest());
        List<String> next = experiments.entries().tailMap(last + '\0').keySet().stream()
                .limit(EXPERIMENTS)
                .toList();
        last = next.size() < EXPERIMENTS ? "" : next.getLast();
        names.addAll(next);
        return names;
    }

    private List<String> latest() {
        List<String> known = latest;
        if (known == null) {
            Map<String, String> lastRuns = new HashMap<>();
            experiments.entries().forEach((name, runs) -> {
                if (!runs.entries().isEmpty()) {
                    lastRuns.put(name, runs.entries().lastKey());
                }
            });
            known = lastRuns.entrySet().stream()
                    .sorted(Map.Entry.<String, String>comparingByValue().reversed())
                    .limit(EXPERIMENTS)
                    .map(Map.Entry::getKey)
                    .toList();
            latest = known;
        }
        return known;
    }

    private @Nullable Listing<RunEntry> newExperiment(String name) {
        Path runs = workspace.experiment(name).runsFolder();
        return Workspace.isFolder(runs.resolveSibling("")) ? new Listing<>(runs, run -> true) : null;
    }

    /** Returns the entry of a run, which is still to be read unless an earlier process has read it. */
    private @Nullable RunEntry newRun(ExperimentFolder experiment, String name, Map<String, IndexedRun> restored) {
        RunEntry run = new RunEntry(experiment.run(name), submissions);
        IndexedRun earlier = restored.get(run.folder().qualifiedName());
        boolean isRestored = earlier != null && run.restore(earlier);
        if (!isRestored && !Workspace.isFolder(run.folder().path())) {
            return null;
        }
        latest = null;
        changes.put(new Change.RunAdded(experiment.name(), name));
        return run;
    }

    private void remove(RunEntry run, Set<String> resubmitted) {
        latest = null;
        run.remove(resubmitted);
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

    /** Returns whether a run that goes on has a job before it. */
    boolean isAwaited(String job) {
        return submissions.isAwaited(job);
    }

    /** Returns the problems of experiments, then those of runs in the order of their start; some texts are empty. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        problems.add(experiments.problem());
        experiments.entries().values().forEach(experiment -> problems.add(experiment.problem()));
        runs().forEach(run -> problems.add(run.problem()));
        return problems;
    }

    /** Returns the number of submissions that the next process need not read, once they are stored. */
    int worthStoring() {
        return runs().stream().mapToInt(RunEntry::worthStoring).sum();
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
