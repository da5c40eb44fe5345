package org.experimaestro.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.Launcher;
import org.experimaestro.Report;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RequestLimits;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;

/** A listener that records the submissions of a run. Thread-safe. */
final class RunRecorder implements RunListener {
    private final Map<ConfigId, TaskSubmission> submissions = new LinkedHashMap<>();
    private final List<TaskSubmission> executed = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Report report;
    /** The last request of a thread. Retries find launchers too, on threads that submit nothing. */
    private final ThreadLocal<Launcher> request = ThreadLocal.withInitial(Launcher::local);

    /**
     * Wraps a finder so that each request is recorded. The engine finds the launcher of a task, then reports its
     * submission, one task after another.
     */
    LauncherFinder recording(LauncherFinder finder) {
        return new LauncherFinder() {
            @Override
            public Placement find(Launcher asked) {
                request.set(asked);
                return finder.find(asked);
            }

            @Override
            public RequestLimits limits(Launcher asked) {
                return finder.limits(asked);
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return finder.launcher(name);
            }
        };
    }

    @Override
    public synchronized void submitted(SubmittedTask task) {
        List<TaskSubmission> dependencies = Stream.concat(task.needs().stream(), task.announcing().stream())
                .map(JobFolder::id)
                .filter(submissions::containsKey)
                .map(id -> Objects.requireNonNull(submissions.get(id)))
                .toList();
        submissions.put(task.id(), new TaskSubmission(task, request.get(), dependencies));
        request.remove();
    }

    @Override
    public synchronized void warning(String text) {
        warnings.add(text);
    }

    @Override
    public void changed(SubmittedTask task, Phase phase) {}

    @Override
    public synchronized void reported(Report told) {
        report = told;
    }

    synchronized @Nullable Report report() {
        return report;
    }

    /** Records that a job begins, and returns its submission. */
    synchronized TaskSubmission execute(ConfigId id) {
        TaskSubmission submission = Objects.requireNonNull(submissions.get(id));
        executed.add(submission);
        return submission;
    }

    synchronized List<TaskSubmission> executed() {
        return List.copyOf(executed);
    }

    synchronized List<TaskSubmission> submissions() {
        return List.copyOf(submissions.values());
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }
}
