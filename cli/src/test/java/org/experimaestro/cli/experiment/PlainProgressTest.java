package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainProgressTest {
    private static final Placement HERE = Placement.on(LauncherDefinition.local());
    private static final Placement BATCH = Placement.on(new LauncherDefinition(
            "cluster",
            "slurm",
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            new TreeMap<>(),
            Optional.empty(),
            new TreeMap<>(),
            0,
            new TreeMap<>(),
            List.of()));

    @TempDir
    private Path place;

    private SampleWorkspace sample;
    private final RunCounts counts = new RunCounts();

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(place);
    }

    private SubmittedTask submit(int epochs, Placement placement) throws IOException {
        SubmittedTask task = sample.submit(epochs, placement);
        counts.submitted(task);
        return task;
    }

    private String printed(Consumer<PlainProgress> events) {
        Clock clock = Clock.fixed(Instant.parse("2026-03-18T12:03:04Z"), ZoneOffset.UTC);
        return CommandLineRun.of(() -> {
                    try (var progress = new PlainProgress(counts, Printer.standardOutput(), clock)) {
                        events.accept(progress);
                    }
                    return 0;
                })
                .text();
    }

    @Test
    void starts_jobOfThisMachine_saysWhenAndWhere() throws IOException {
        SubmittedTask task = submit(1, HERE);

        assertThat(printed(progress -> {
                    progress.starts(task);
                    progress.runs(task);
                }))
                .isEqualTo("starts   " + RunConsole.name(task) + " at 12:03:04 on local\n");
    }

    @Test
    void starts_jobOfABatchSystem_saysWhenItIsSubmittedAndWhenItRuns() throws IOException {
        SubmittedTask task = submit(1, BATCH);

        assertThat(printed(progress -> {
                    progress.starts(task);
                    progress.runs(task);
                    progress.runs(task);
                }))
                .isEqualTo("submits  " + RunConsole.name(task) + " at 12:03:04 to cluster\nstarts   "
                        + RunConsole.name(task) + " at 12:03:04 on cluster\n");
    }

    @Test
    void starts_manyJobs_printsTheFirstOnesAndSaysSo() throws IOException {
        List<SubmittedTask> tasks = new ArrayList<>();
        for (int i = 1; i <= PlainProgress.STARTS + 5; i++) {
            tasks.add(submit(i, HERE));
        }

        String printed = printed(progress -> tasks.forEach(progress::starts));

        assertThat(printed).hasLineCount(PlainProgress.STARTS + 1);
        assertThat(printed).endsWith("\nMore jobs start; a line every 5 min has their numbers\n");
    }

    @Test
    void printCounts_anyTime_isOneLineWithTheProgressOfJobs() throws IOException {
        assertThat(printed(PlainProgress::printCounts)).isEqualTo("progress 12:03:04  no job is submitted yet\n");

        SubmittedTask task = submit(1, HERE);
        submit(2, HERE);
        counts.changed(task, Phase.RUNNING);

        assertThat(printed(PlainProgress::printCounts))
                .isEqualTo("progress 12:03:04  0 %, 1 running, 0/2 done, 1 waiting · " + RunConsole.name(task) + "\n");
    }
}
