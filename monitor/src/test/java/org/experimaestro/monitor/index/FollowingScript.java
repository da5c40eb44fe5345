package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.monitor.event.EventStream;
import org.experimaestro.monitor.event.WorkspaceEvent;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** A script that knows a workspace from the events alone. */
final class FollowingScript {
    private final EventStream stream;
    private final Map<String, JobState> jobs = new HashMap<>();
    private final Map<String, String> runs = new HashMap<>();
    private final Map<String, String> phases = new HashMap<>();

    FollowingScript(Workspace workspace, WorkspaceIndex index) {
        stream = new EventStream(workspace, index, Clock.systemUTC(), problem -> {
            throw new AssertionError(problem);
        });
        assertThat(stream.past()).isEmpty();
    }

    /** Applies the events of one refresh. Each must follow from those before. */
    void follow(Changes changes) {
        for (WorkspaceEvent event : stream.of(changes)) {
            switch (event) {
                case WorkspaceEvent.JobChange job ->
                    assertThat(put(jobs, job.job(), job.after()))
                            .as("before %s", job)
                            .isEqualTo(job.before());
                case WorkspaceEvent.RunChange run ->
                    assertThat(put(runs, run.experiment() + "/" + run.run(), run.after()))
                            .as("before %s", run)
                            .isEqualTo(run.before());
                case WorkspaceEvent.PhaseChange phase ->
                    assertThat(put(phases, phase.experiment() + "/" + phase.run() + " " + phase.job(), phase.after()))
                            .as("before %s", phase)
                            .isEqualTo(phase.before());
            }
        }
    }

    private static <V> @Nullable V put(Map<String, V> known, String name, @Nullable V value) {
        return value == null ? known.remove(name) : known.put(name, value);
    }

    /** Asserts that the script knows the state of each job, and each run. */
    void assertAgrees(WorkspaceIndex index) {
        assertThat(jobs)
                .isEqualTo(index.view().jobs().stream().collect(Collectors.toMap(JobView::name, JobView::state)));
        assertThat(runs.keySet())
                .isEqualTo(index.view().runs().stream()
                        .map(run ->
                                run.folder().experiment() + "/" + run.folder().name())
                        .collect(Collectors.toSet()));
    }
}
