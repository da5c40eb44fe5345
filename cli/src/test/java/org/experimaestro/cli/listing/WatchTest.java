package org.experimaestro.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** A watched listing follows the workspace by one index, from look to look. */
class WatchTest {
    @TempDir
    Path folder;

    @Test
    void watch_changesOfTheWorkspace_areShown_andAnErrorPasses() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder);
        JobFolder job = sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.5), 16));
        Deque<Change> changes = new ArrayDeque<>(List.of(
                () -> {}, () -> sample.run("grid", Map.of(job, Map.of("k", 1))), () -> SampleWorkspace.done(job)));
        List<String> frames = new ArrayList<>();

        assertThatThrownBy(() -> output(Filter.parse("k=1"))
                        .watch(
                                WorkspaceIndex.open(sample.workspace()),
                                lines -> frames.add(String.join(
                                        "|",
                                        lines.stream()
                                                .map(line -> line.shown(Ansi.OFF))
                                                .toList())),
                                () -> next(changes)))
                .isInstanceOf(InterruptedException.class);

        assertThat(frames).hasSize(3);
        assertThat(frames.get(0)).contains("No job has a tag, metric or parameter \"k\"");
        assertThat(frames.subList(1, 3)).containsExactly("STATE|new", "STATE|done");
    }

    private interface Change {
        void make() throws IOException;
    }

    private static void next(Deque<Change> changes) throws InterruptedException {
        if (changes.isEmpty()) {
            throw new InterruptedException("the user ended the watch");
        }
        try {
            changes.remove().make();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static ListingOutput<JobRow> output(Filter filter) {
        return new ListingOutput<>(new ListingOptions(), new CommandLine(CommandSpec.create()), new ListedRows<>() {
            @Override
            public List<JobRow> rows(JobsView view, Instant now) {
                return filter.rows(view, now);
            }

            @Override
            public ListingColumns<JobRow> columns(JobsView view, Instant now) {
                ListingColumn<JobRow> state = ListingColumn.of(
                        "state", row -> row.job().state().name().toLowerCase(Locale.ROOT));
                return new ListingColumns.Fixed<>(List.of(state), List.of(state));
            }

            @Override
            public List<String> nothing(JobsView view) {
                return List.of("nothing");
            }
        });
    }
}
