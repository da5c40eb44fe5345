package org.experimaestro.monitor.event;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.experimaestro.monitor.index.Change;
import org.experimaestro.monitor.index.Changes;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The events of a workspace: first those that its files tell, then those that an index finds. Thread-safe.
 *
 * <p>The past consists of the starts and ends of runs, the phases in the runs' journals, and the current state of each
 * job. Afterwards, each refresh of the index gives further events.
 */
public final class EventStream {
    private final Workspace workspace;
    private final WorkspaceIndex index;
    private final Clock clock;
    private final Journals journals;
    private final Map<String, WorkspaceEvent.JobChange> jobs = new HashMap<>();
    private final Map<String, String> runs = new HashMap<>();

    /**
     * Creates a stream.
     *
     * @param workspace the workspace
     * @param index its index
     * @param clock tells the time of what no file records
     * @param problems receives a sentence for each journal that cannot be read
     */
    public EventStream(Workspace workspace, WorkspaceIndex index, Clock clock, Consumer<String> problems) {
        this.workspace = workspace;
        this.index = index;
        this.clock = clock;
        this.journals = new Journals(problems);
    }

    /**
     * Reads what has happened so far; to be called once, before {@link #of}.
     *
     * @return the events with known times, in the order of time
     */
    public synchronized List<WorkspaceEvent> past() {
        List<WorkspaceEvent> events = new ArrayList<>();
        for (RunView run : index.view().runs()) {
            String state = state(run);
            runs.put(run.folder().qualifiedName(), state);
            run.started().ifPresent(time -> events.add(event(time, run.folder(), null, "running")));
            events.addAll(journals.read(run.folder()));
            run.ended().ifPresent(time -> events.add(event(time, run.folder(), "running", state)));
        }
        for (JobView job : index.view().jobs()) {
            WorkspaceEvent.JobChange event = event(job, null);
            jobs.put(job.name(), event);
            if (job.ended().or(job::started).isPresent()) {
                events.add(event);
            }
        }
        return sorted(events);
    }

    /**
     * Reads what a refresh of the index has found.
     *
     * @param changes the changes of one refresh after {@link #past}, or after the changes of the last call
     * @return the events, in the order of time
     */
    public synchronized List<WorkspaceEvent> of(Changes changes) {
        List<WorkspaceEvent> events = new ArrayList<>();
        for (Change change : changes.list()) {
            switch (change) {
                case Change.JobAdded added -> changed(added.job(), events);
                case Change.JobChanged changed -> changed(changed.job(), events);
                case Change.JobRemoved removed -> removed(removed.job(), events);
                case Change.RunAdded added -> changed(added.experiment(), added.run(), events);
                case Change.RunChanged changed -> changed(changed.experiment(), changed.run(), events);
                case Change.RunRemoved removed -> removed(removed.experiment(), removed.run(), events);
                case Change.ProblemAdded _, Change.ProblemRemoved _ -> {
                    // A problem of reading is no event; whoever shows the workspace shows it.
                }
            }
        }
        return sorted(events);
    }

    private void changed(String name, List<WorkspaceEvent> events) {
        index.job(name).ifPresent(job -> {
            WorkspaceEvent.JobChange before = jobs.get(name);
            WorkspaceEvent.JobChange now = event(job, before);
            jobs.put(name, now);
            if (before == null || !isSame(before, now)) {
                events.add(now);
            }
        });
    }

    /** Returns whether only what an event does not show has changed, such as the tags. */
    private static boolean isSame(WorkspaceEvent.JobChange before, WorkspaceEvent.JobChange now) {
        return before.after() == now.after()
                && before.attempt().equals(now.attempt())
                && before.message().equals(now.message())
                && before.progress().equals(now.progress())
                && before.metrics().equals(now.metrics());
    }

    private void removed(String name, List<WorkspaceEvent> events) {
        WorkspaceEvent.JobChange before = jobs.remove(name);
        events.add(new WorkspaceEvent.JobChange(
                clock.instant(),
                name,
                before == null ? null : before.after(),
                null,
                OptionalInt.empty(),
                "",
                List.of(),
                Map.of()));
    }

    private void changed(String experiment, String name, List<WorkspaceEvent> events) {
        index.run(experiment, name).ifPresent(run -> {
            String state = state(run);
            String before = runs.put(RunFolder.qualifiedName(experiment, name), state);
            if (before == null) {
                Instant started = run.started().orElseGet(clock::instant);
                events.add(event(started, run.folder(), null, "running"));
                before = "running";
            }
            events.addAll(journals.read(run.folder()));
            if (!state.equals(before)) {
                events.add(event(run.ended().orElseGet(clock::instant), run.folder(), before, state));
            }
        });
    }

    private void removed(String experiment, String name, List<WorkspaceEvent> events) {
        RunFolder folder = workspace.experiment(experiment).run(name);
        journals.forget(folder);
        events.add(event(clock.instant(), folder, runs.remove(RunFolder.qualifiedName(experiment, name)), null));
    }

    private WorkspaceEvent.JobChange event(JobView job, WorkspaceEvent.@Nullable JobChange before) {
        boolean isOfState = (before == null || before.after() != job.state()) && !job.isTriedAgain();
        return new WorkspaceEvent.JobChange(
                isOfState ? job.ended().or(job::started).orElseGet(clock::instant) : clock.instant(),
                job.name(),
                before == null ? null : before.after(),
                job.state(),
                job.status().lastAttempt(),
                message(job),
                job.progress(),
                job.metrics().isEmpty() ? job.metricsSoFar() : job.metrics());
    }

    private static String message(JobView job) {
        if (!job.problem().isEmpty()) {
            return job.problem();
        }
        return job.isTriedAgain() ? "" : job.status().message(); // the failure was told when it happened
    }

    private static WorkspaceEvent event(Instant time, RunFolder run, @Nullable String before, @Nullable String after) {
        return new WorkspaceEvent.RunChange(time, run.experiment(), run.name(), before, after);
    }

    /** Returns the outcome of a run that has ended, else its state. */
    private static String state(RunView run) {
        return run.outcome().orElseGet(() -> run.state().name()).toLowerCase(Locale.ROOT);
    }

    private static List<WorkspaceEvent> sorted(List<WorkspaceEvent> events) {
        events.sort(Comparator.comparing(WorkspaceEvent::time)); // stable: a run's events keep their order
        return events;
    }
}
