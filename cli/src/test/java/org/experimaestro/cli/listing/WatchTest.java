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
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
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

        List<String> frames = frames(output(Filter.parse("k=1")), sample, 24, changes);

        assertThat(frames).hasSize(3);
        assertThat(frames.get(0)).contains("No job has a tag, metric or parameter \"k\"");
        assertThat(frames.subList(1, 3)).containsExactly("1 row: 1 new|STATE|new", "1 row: 1 done|STATE|done");
    }

    @Test
    void first_unknownName_isAnErrorOnlyIfThereAreJobs() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder);
        for (ListingOutput<JobRow> output : List.of(
                output(Filter.parse("k=1")), output(Filter.ALL, "--columns=k"), output(Filter.ALL, "--sort=k"))) {
            JobsView nothing = WorkspaceIndex.open(Workspace.view(folder.resolve("missing")))
                    .view();

            assertThat(output.first(nothing, Instant.now(), 24)).isNotEmpty();
        }
        sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.5), 16));
        JobsView view = WorkspaceIndex.open(sample.workspace()).view();

        assertThatThrownBy(() -> output(Filter.parse("k=1")).first(view, Instant.now(), 24))
                .hasMessageContaining("\"k\"");
        assertThatThrownBy(() -> output(Filter.ALL, "--columns=k").first(view, Instant.now(), 24))
                .hasMessageContaining("there is no column \"k\"");
    }

    @Test
    void watch_moreRowsThanLines_beginsWithTotals_andWhatIsActiveOrHasFailed() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder);
        for (int layers = 1; layers <= 4; layers++) {
            SampleWorkspace.done(sample.store(SampleWorkspace.learn(layers, SampleWorkspace.adam(0.5), 16)));
        }
        SampleWorkspace.begin(
                        sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16)),
                        ProcessIdentity.current(),
                        Instant.now())
                .failed(FailureCause.EXCEPTION, "no data", 1);
        SampleWorkspace.begin(
                sample.store(SampleWorkspace.learn(6, SampleWorkspace.adam(0.5), 16)),
                ProcessIdentity.current(),
                Instant.now());
        Deque<Change> changes = new ArrayDeque<>(List.of(() -> {}));

        List<String> frames = frames(output(Filter.ALL, "--watch"), sample, 6, changes);

        assertThat(frames).containsExactly("6 rows: 1 running, 1 failed, 4 done|STATE|running|failed|done|3 more rows");
    }

    /** Returns what a watch shows at first and after each change, until there are no more. */
    private static List<String> frames(
            ListingOutput<JobRow> output, SampleWorkspace sample, int height, Deque<Change> changes) {
        List<String> frames = new ArrayList<>();
        assertThatThrownBy(() -> output.watch(
                        WorkspaceIndex.open(sample.workspace()),
                        () -> height,
                        lines -> frames.add(
                                lines.stream().map(line -> line.shown(Ansi.OFF)).collect(Collectors.joining("|"))),
                        () -> next(changes)))
                .isInstanceOf(InterruptedException.class);
        return frames;
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

    private static ListingOutput<JobRow> output(Filter filter, String... options) {
        ListingOptions listing = new ListingOptions();
        CommandLine command = new CommandLine(CommandSpec.create());
        command.getCommandSpec().addMixin("listing", CommandSpec.forAnnotatedObject(listing));
        command.parseArgs(options);
        return new ListingOutput<>(listing, command, new ListedRows<>() {
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
            public Workspace workspace() {
                return Workspace.view(Path.of("work"));
            }

            @Override
            public Optional<PageView> page(JobsView view, ListingOptions options) {
                return Optional.empty();
            }

            @Override
            public String state(JobRow row) {
                return row.job().state().name().toLowerCase(Locale.ROOT);
            }

            @Override
            public List<String> nothing(JobsView view) {
                return List.of("nothing");
            }
        });
    }
}
