package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that has seen a version of an index, and reads only what has changed since. */
final class FollowingClient {
    private final Map<String, String> jobs = new TreeMap<>();
    private final Map<String, String> runs = new TreeMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    /** Applies the changes since a version; returns the version with them. */
    long follow(WorkspaceIndex index, long seen) {
        Changes changes = index.since(seen);
        assertThat(changes.isComplete()).isTrue();
        for (Change change : changes.list()) {
            switch (change) {
                case Change.JobAdded added ->
                    assertThat(read(index, added.job())).isNull();
                case Change.JobChanged changed ->
                    assertThat(read(index, changed.job())).isNotNull();
                case Change.JobRemoved removed ->
                    assertThat(jobs.remove(key(removed.job()))).isNotNull();
                case Change.RunAdded added ->
                    assertThat(read(index, added.experiment(), added.run())).isNull();
                case Change.RunChanged changed ->
                    assertThat(read(index, changed.experiment(), changed.run())).isNotNull();
                case Change.RunRemoved removed ->
                    assertThat(runs.remove(key(removed.experiment(), removed.run())))
                            .isNotNull();
                case Change.ProblemAdded added ->
                    assertThat(problems.add(added.message())).isTrue();
                case Change.ProblemRemoved removed ->
                    assertThat(problems.remove(removed.message())).isTrue();
            }
        }
        return changes.to();
    }

    private @Nullable String read(WorkspaceIndex index, String job) {
        return jobs.put(key(job), FullReading.line(index.job(job).orElseThrow()));
    }

    private @Nullable String read(WorkspaceIndex index, String experiment, String run) {
        return runs.put(
                key(experiment, run),
                FullReading.line(index.run(experiment, run).orElseThrow()));
    }

    /** In the order of types and identifiers. */
    private static String key(String job) {
        return job.replace('/', '\0');
    }

    /** In the order of the runs' names. */
    private static String key(String experiment, String run) {
        return run + '\0' + experiment;
    }

    /** Returns what the client shows, as {@link FullReading} does. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(runs.values());
        lines.addAll(jobs.values());
        lines.addAll(problems);
        return lines;
    }
}
