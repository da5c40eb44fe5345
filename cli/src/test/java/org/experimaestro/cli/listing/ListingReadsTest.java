package org.experimaestro.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunRow;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A listing reads each file once, because workspaces are on slow file systems. */
class ListingReadsTest {
    private static final int ROWS = 100;

    @TempDir
    Path folder;

    @Test
    void sort_valuesOfRows_areReadOnce() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        ListingColumn<Integer> size = ListingColumn.of("size", row -> {
            reads.incrementAndGet();
            return row * 37 % ROWS;
        });
        ListingColumn<Integer> shown = ListingColumn.of("row", row -> row);
        ListingOptions options = new ListingOptions();
        CommandLine command = new CommandLine(CommandSpec.create());
        command.getCommandSpec().addMixin("listing", CommandSpec.forAnnotatedObject(options));
        command.parseArgs("--sort=-size", "--columns=row", "--limit=2");
        StringWriter out = new StringWriter();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));

        new ListingOutput<>(options, command, new ListedRows<Integer>() {
                    @Override
                    public List<Integer> rows(JobsView view, Instant now) {
                        return IntStream.range(0, ROWS).boxed().toList();
                    }

                    @Override
                    public ListingColumns<Integer> columns(JobsView view, Instant now) {
                        return new ListingColumns.Fixed<>(List.of(size, shown), List.of(shown));
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
                    public String state(Integer row) {
                        return "";
                    }

                    @Override
                    public List<String> nothing(JobsView view) {
                        return List.of();
                    }
                })
                .show(WorkspaceIndex.open(new SampleWorkspace(folder).workspace()));

        assertThat(out.toString().lines()).containsExactly("ROW", "27", "54");
        assertThat(reads).hasValue(ROWS);
    }

    @Test
    void columns_tagsAndNoteOfARun_comeFromOneReading() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder);
        sample.run("grid", Map.of());
        RunFolder run = sample.workspace().experiment("grid").runs().getFirst();
        Notes.of(run).tag("paper", "icml", Instant.now());
        Notes.of(run).add("good", Instant.now());
        RunRow row =
                new RunRow(WorkspaceIndex.open(sample.workspace()).view().runs().getFirst(), List.of(), List.of());
        RunColumns<RunRow> columns = new RunColumns<>(each -> each, Instant.now());

        assertThat(columns.tags().value().apply(row)).isEqualTo(Map.of("paper", "icml"));
        try (Stream<Path> notes = Files.list(run.path().resolve("notes"))) {
            for (Path note : notes.toList()) {
                Files.delete(note);
            }
        }

        assertThat(columns.note().value().apply(row)).isEqualTo("good");
    }
}
