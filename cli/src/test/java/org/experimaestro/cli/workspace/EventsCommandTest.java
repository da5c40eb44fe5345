package org.experimaestro.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.Main;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class EventsCommandTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final String NAME = "a.learn/0123456789abcdef0123456789abcdef";

    @TempDir
    private Path place;

    private Workspace workspace;
    private JobFolder job;

    @BeforeEach
    void open() {
        workspace = Workspace.open(place);
        job = workspace.job("a.learn", ConfigId.parse("0123456789abcdef0123456789abcdef"));
    }

    /** A run whose one job has failed. */
    private void run() throws Exception {
        RunFolder run = workspace.experiment("grid").newRun(START);
        job.claim(ProcessIdentity.current(), "grid");
        job.attempt(1).begin(ProcessIdentity.current(), START.plusSeconds(2).toEpochMilli());
        try (RunFolder.JobList jobs = run.openJobs();
                RunJournal journal = run.openJournal()) {
            jobs.add(new RunFolder.SubmittedJob(job.typeId(), job.id(), Map.of("n", 1L), List.of(), "local", START));
            journal.add(new RunEvent(START.plusSeconds(1), NAME, "WAITING", OptionalInt.empty(), ""));
            journal.add(new RunEvent(START.plusSeconds(2), NAME, "RUNNING", OptionalInt.of(1), ""));
            journal.add(new RunEvent(START.plusSeconds(4), NAME, "FAILED", OptionalInt.of(1), "no \u20ac"));
        }
        run.describe(Map.of(
                "started", "2026-11-28T12:00:00.000Z", "ended", "2026-11-28T12:00:05.000Z", "outcome", "FAILED"));
    }

    private static RunEvent waits(int second, OptionalInt attempt, String waitsFor) {
        return new RunEvent(
                START.plusSeconds(second), NAME, "RUNNING", attempt, "", List.of(), waitsFor, Optional.empty());
    }

    private CommandLineRun events(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "events";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--workdir";
        all[all.length - 1] = place.toString();
        return CommandLineRun.of(all);
    }

    @Test
    void json_runWithAFailedJob_isALineForEachChangeInTheOrderOfTime() throws Exception {
        run();
        // The lines of docs/events.md.
        assertThat(events("--json").text().lines().filter(line -> !line.contains("\"event\":\"job\"")))
                .containsExactly(
                        "{\"event\":\"run\",\"time\":\"2026-11-28T12:00:00.000Z\",\"experiment\":\"grid\",\"run\":\"grid/20261128-120000\",\"before\":null,\"after\":\"running\"}",
                        "{\"event\":\"phase\",\"time\":\"2026-11-28T12:00:01.000Z\",\"job\":\"" + NAME
                                + "\",\"experiment\":\"grid\",\"run\":\"grid/20261128-120000\",\"before\":null,\"after\":\"waiting\",\"attempt\":null,\"message\":\"\"}",
                        "{\"event\":\"phase\",\"time\":\"2026-11-28T12:00:02.000Z\",\"job\":\"" + NAME
                                + "\",\"experiment\":\"grid\",\"run\":\"grid/20261128-120000\",\"before\":\"waiting\",\"after\":\"running\",\"attempt\":1,\"message\":\"\"}",
                        "{\"event\":\"phase\",\"time\":\"2026-11-28T12:00:04.000Z\",\"job\":\"" + NAME
                                + "\",\"experiment\":\"grid\",\"run\":\"grid/20261128-120000\",\"before\":\"running\",\"after\":\"failed\",\"attempt\":1,\"message\":\"no \u20ac\"}",
                        "{\"event\":\"run\",\"time\":\"2026-11-28T12:00:05.000Z\",\"experiment\":\"grid\",\"run\":\"grid/20261128-120000\",\"before\":\"running\",\"after\":\"failed\"}");
    }

    @Test
    void text_linesThatOnlySayForWhatAJobWaits_areNoChanges() throws Exception {
        RunFolder run = workspace.experiment("grid").newRun(START);
        try (RunJournal journal = run.openJournal()) {
            journal.add(waits(1, OptionalInt.empty(), ""));
            journal.add(waits(2, OptionalInt.empty(), "PENDING (Priority)"));
            journal.add(waits(3, OptionalInt.of(1), "PENDING (Resources)"));
            journal.add(waits(4, OptionalInt.of(1), ""));
            journal.add(waits(5, OptionalInt.empty(), "PENDING (Priority)"));
            journal.add(waits(6, OptionalInt.of(2), ""));
            journal.add(new RunEvent(START.plusSeconds(7), NAME, "RUNNING", OptionalInt.of(2), "slow"));
        }

        assertThat(events().text().lines().filter(line -> line.contains(NAME)).map(line -> line.substring(17, 19)))
                .containsExactly("01", "03", "06", "07"); // the first, each new attempt, and the message
    }

    @Test
    void since_timeOfAnEvent_beginsWithIt() throws Exception {
        run();

        assertThat(events("--since", "2026-11-28T13:00:04+01:00").text().lines())
                .first()
                .asString()
                .isEqualTo(
                        "2026-11-28T12:00:04.000Z " + NAME + " in grid/20261128-120000: running -> failed: no \u20ac");
    }

    @Test
    void since_noTime_isRefusedWithTheForm() {
        CommandLineRun refused = events("--since", "yesterday");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.text()).contains("\"yesterday\" is not a time with its offset from UTC", "date -Is");
    }

    private static void await(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (!line.contains(part)) {
            line = lines.readLine();
        }
    }

    @Test
    void follow_workspaceBeforeItsFirstRun_isAwaited() throws Exception {
        Path missing = place.resolve("missing");
        PipedInputStream in = new PipedInputStream(1 << 16);
        PipedInputStream errors = new PipedInputStream(1 << 16);
        CommandLine line = Main.commandLine(new CommandLine(new EventsCommand()))
                .setOut(new PrintWriter(new PipedOutputStream(in), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(new PipedOutputStream(errors), true, StandardCharsets.UTF_8));
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> line.execute("--follow", "--workdir", missing.toString()));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                BufferedReader err = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            assertThat(err.readLine())
                    .isEqualTo("There is no workspace in " + missing + " (--workdir) yet; its first run is awaited");
            JobFolder job = new SampleWorkspace(missing).store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 2));
            await(lines, job.name() + ": new");
        }
        assertThat(code.isDone()).isFalse();
        Workspace.open(missing).job("a.learn", ConfigId.parse("f".repeat(32))).claim(ProcessIdentity.current(), "grid");

        assertThat(code.get()).isZero();
    }

    /** The job goes through its life while no plan runs, and its reader leaves in the end. */
    @Test
    void follow_jobGoesThroughItsLife_printsEachChange_untilItsReaderHasGone() throws Exception {
        JobFolder job = new SampleWorkspace(place).store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 2));
        PipedInputStream in = new PipedInputStream(1 << 16);
        PrintWriter out = new PrintWriter(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
        CommandLine line =
                Main.commandLine(new CommandLine(new EventsCommand())).setOut(out);
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> line.execute("--follow", "--json", "--workdir", place.toString()));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            job.claim(ProcessIdentity.current(), "grid");
            await(lines, "\"after\":\"starting\",\"attempt\":1"); // the folder alone may be seen before
            job.attempt(1).begin(ProcessIdentity.current(), START.toEpochMilli());
            await(lines, "\"after\":\"running\"");
            Files.writeString(
                    job.events(1),
                    "{\"time\":\"1970-01-01T00:00:00.001Z\",\"metric\":\"loss\",\"value\":0.5}\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            await(lines, "\"metrics\":{\"loss\":0.5}");
            job.attempt(1).failed(FailureCause.EXCEPTION, "no", null, null);
            assertThat(lines.readLine()).contains("\"before\":\"running\",\"after\":\"failed\"", "\"message\":\"no\"");
        }
        assertThat(code.isDone()).isFalse();
        workspace.job("a.learn", ConfigId.parse("f".repeat(32))).claim(ProcessIdentity.current(), "grid");

        assertThat(code.get()).isZero();
    }
}
