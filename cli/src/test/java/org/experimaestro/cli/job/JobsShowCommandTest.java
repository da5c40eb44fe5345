package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.experimaestro.Config;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.SampleWorkspace.Result;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about one job, or about the differences of some, on jobs that are written as runs write them. */
class JobsShowCommandTest {
    private static final Instant STARTED = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder);
    }

    private JobFolder done(Config<?> task, double loss) throws IOException {
        JobFolder job = sample.store(task);
        SampleWorkspace.begin(job, ProcessIdentity.current(), STARTED)
                .done(STARTED.toEpochMilli(), Map.of("loss", loss), null);
        return job;
    }

    private JobFolder failed(Config<?> task) throws IOException {
        JobFolder job = sample.store(task);
        Attempt attempt = SampleWorkspace.begin(job, ProcessIdentity.current(), STARTED);
        Files.writeString(attempt.standardError(), "java.io.IOException: full\n\tat sample.Learn\n");
        attempt.failed(FailureCause.EXCEPTION, "java.io.IOException: full", 1);
        return job;
    }

    @Test
    void show_failedJob_hasTheCauseFirstAndTheLogLast() throws IOException {
        JobFolder job = failed(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5));
        sample.run("grid", Map.of(job, Map.of("layers", 1)));
        Result result = sample.execute(new JobsShowCommand(), job.id().toString());
        assertThat(result.out().lines().limit(3))
                .containsExactly(
                        job.name() + " is failed",
                        "  threw an exception: java.io.IOException: full",
                        "  → read its log: experimaestro jobs log " + job.name() + " --workdir " + job.workspace());
        assertThat(result.out())
                .contains("Folder: " + job.path(), "Attempt 1 on ", ": layers=1", "epochs = 5")
                .endsWith("  java.io.IOException: full\n      at sample.Learn\n");
    }

    @Test
    void show_jobWhoseWorkerHasDied_namesTheLogOfTheWorker() throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5));
        assertThat(job.claim(ProcessIdentity.current(), "test")).isInstanceOf(Claim.Granted.class);
        Attempt attempt = job.attempt(1);
        assertThat(attempt.begin(ProcessIdentity.current(), new WorkerTask("w1", 3), STARTED.toEpochMilli()))
                .isTrue();
        attempt.failed(FailureCause.VANISHED, "its process was killed by signal 11", 139);
        Path log = WorkerFiles.of(job.workspace(), "w1").log();

        assertThat(sample.execute(new JobsShowCommand(), job.id().toString()).out())
                .doesNotContain(log.toString());
        Files.createDirectories(log.resolveSibling(""));
        Files.writeString(log, "SIGSEGV");
        assertThat(sample.execute(new JobsShowCommand(), job.id().toString()).out())
                .contains("; its worker has died with it, and may say why in " + log);
    }

    @Test
    void use_doneJob_isShownListedAndSelected() throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5));
        ResourceUse use = new ResourceUse(
                OptionalDouble.of(90.5),
                OptionalDouble.of(4.5),
                OptionalLong.of(3L << 30),
                OptionalLong.of(512L << 20),
                OptionalLong.of(4L << 30),
                30,
                null);
        SampleWorkspace.begin(job, ProcessIdentity.current(), STARTED)
                .done(STARTED.toEpochMilli(), Map.of(), null, use);
        done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 6), 1);

        assertThat(sample.execute(new JobsShowCommand(), job.id().toString()).out())
                .contains(
                        "\nUsed: 3.5 GiB of memory, 4.0 GiB with cached files (cgroup), 3.0 cores on average (1 min 30 s of"
                                + " CPU time, 5 % of it to collect garbage)\n");
        Result listed = sample.execute(
                new JobsListCommand(), "memory>3GiB", "cpu<2min", "gc=4.5s", "--columns", "id,cpu,gc,memory");
        assertThat(listed.out().lines().skip(1))
                .as(listed.err())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("1 min 30 s", "4.5 s", "3.5 GiB"));
        assertThat(sample.execute(new JobsListCommand(), "memory>3GiB", "--json")
                        .out())
                .contains("\"cpu\":90.5", "\"gc\":4.5", "\"memory\":3758096384");
        assertThat(sample.execute(new JobsListCommand(), "memory<=3GiB", "--json")
                        .out())
                .isEmpty();
        assertThat(sample.execute(new JobsListCommand(), "memory>3").err())
                .contains("\"3\" is no size", "write for example memory>2GiB");
        assertThat(sample.execute(new JobsListCommand(), "memory~3").err()).contains("memory is a size and no text");
    }

    @Test
    void accountedUse_ofAJobThatWasKilled_isShownListedAndSelected() throws IOException {
        JobFolder job = failed(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5));
        job.attempt(1)
                .storeAccountedUse(new AccountedUse(
                        "cluster",
                        "1234_5",
                        "OUT_OF_MEMORY",
                        OptionalInt.of(137),
                        OptionalDouble.of(75),
                        OptionalDouble.of(125.25),
                        OptionalLong.of(3L << 30)));

        assertThat(sample.execute(new JobsShowCommand(), job.id().toString()).out())
                .contains(
                        "\n  cluster counted 3.0 GiB of memory, 2 min 5 s of CPU time in 1 min 15 s, OUT_OF_MEMORY, exit"
                                + " code 137\n");
        assertThat(sample.execute(new JobsShowCommand(), job.id().toString(), "--json")
                        .out())
                .contains(
                        "\"accounted\":{\"by\":\"cluster\",\"state\":\"OUT_OF_MEMORY\",\"exitCode\":137,\"seconds\":75");
        assertThat(sample.execute(new JobsListCommand(), "memory>2GiB", "cpu>2min", "--columns", "id,memory")
                        .out())
                .contains("3.0 GiB");
    }

    @Test
    void show_jobThatIsNotDone_namesTheNearestDoneJob() throws IOException {
        JobFolder done = done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5), 1);
        JobFolder other = failed(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 6));
        assertThat(sample.execute(new JobsShowCommand(), other.id().toString()).out())
                .contains("Nearest done job: " + done.name() + ", first difference epochs: 6 here, 5 there");
    }

    @Test
    void show_json_hasAllOfTheJob() throws IOException {
        JobFolder job = done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5), 0.25);
        Result result = sample.execute(new JobsShowCommand(), job.id().toString(), "--json");
        JsonObject json = JsonObject.of(Json.parse(result.out()), "the output");
        assertThat(json.string("job")).isEqualTo(job.name());
        assertThat(json.string("state")).isEqualTo("done");
        JobFolder failed = failed(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 6));
        assertThat(sample.execute(new JobsShowCommand(), failed.id().toString(), "--json")
                        .out())
                .contains("\"cause\":\"exception\"");
        assertThat(json.object("metrics").number("loss")).isEqualTo(0.25);
        assertThat(json.object("parameters").integer("epochs")).isEqualTo(5);
        assertThat(json.list("attempts")).hasSize(1);
    }

    @Test
    void show_pinAndNotes_areShown() throws IOException {
        JobFolder job = done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5), 0.25);
        String id = job.id().toString();
        sample.execute(new JobsPinCommand(), id, "--note", "table 2");
        sample.execute(new JobsNoteCommand(), id, "the best one");

        assertThat(sample.execute(new JobsShowCommand(), id).out())
                .contains("\nPinned: table 2\n", "\nNote: the best one\n");
        assertThat(sample.execute(new JobsShowCommand(), id, "--json").out())
                .contains("\"pinned\":true", "\"pinNote\":\"table 2\"", "\"notes\":[\"the best one\"]");
    }

    @Test
    void show_jobThatAnotherUsesByItsParametersOnly_isNeededByIt() throws IOException {
        Config<?> learn = SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5);
        JobFolder made = done(learn, 0.25);
        JobFolder user = done(sample.evaluate(learn), 1); // no run has submitted it

        Result result = sample.execute(new JobsShowCommand(), made.id().toString());

        assertThat(result.out())
                .containsPattern("Needed by: " + user.typeId() + "/"
                        + user.id().toString().substring(0, 4) + "[0-9a-f]* \\(done\\)");
    }

    @Test
    void path_prefix_printsTheFolderAlone() throws IOException {
        JobFolder job = done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5), 0.25);
        Result result =
                sample.execute(new JobsPathCommand(), job.id().toString().substring(0, 8));
        assertThat(result.out()).isEqualTo(job.path() + System.lineSeparator());
    }

    @Test
    void diff_jobsMadeFromOthers_namesTheFirstCauseBehindTheInput() throws IOException {
        Config<?> one = SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5);
        Config<?> other = SampleWorkspace.learn(1, SampleWorkspace.adam(0.2), 5);
        done(one, 0.25);
        done(other, 0.5);
        JobFolder left = done(sample.evaluate(one), 1);
        JobFolder right = done(sample.evaluate(other), 2);
        Result result = sample.execute(
                new JobsDiffCommand(), left.id().toString(), right.id().toString());
        assertThat(result.out().lines().findFirst().orElseThrow())
                .startsWith("First cause: model(")
                .endsWith(").optimizer.lr");
        assertThat(result.out()).containsPattern("lr +0.1 +0.2").containsPattern("loss +1 +2");
    }

    @Test
    void diff_wrongIdentifiers_areAllNamed() throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
        String id = job.id().toString();

        assertThat(sample.execute(new JobsDiffCommand(), id, "xyz", "debug.yaml", "xyz")
                        .err())
                .contains("2 problems:", "There is no job \"xyz\"", "There is no job \"debug.yaml\"")
                .contains("the file of an experiment stands before all identifiers");
        assertThat(sample.execute(new JobsDiffCommand(), id, job.name()).err())
                .contains("A comparison needs two jobs or more: ID ID…; all of these are " + job.name());
    }

    @Test
    void diff_threeJobs_hasAColumnForEach() throws IOException {
        JobFolder one = done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5), 1);
        JobFolder two = done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 6), 1);
        JobFolder three = done(SampleWorkspace.learn(2, SampleWorkspace.adam(0.1), 5), 1);
        Result result = sample.execute(
                new JobsDiffCommand(),
                one.id().toString(),
                two.id().toString(),
                three.id().toString());
        assertThat(result.out())
                .containsPattern("epochs +5 +6 +5")
                .containsPattern("model.layers +1 +1 +2")
                .doesNotContain("lr", "loss");
    }

    @Test
    void why_failures_areGroupedWithWhatTheyShare() throws IOException {
        for (int epochs = 1; epochs <= 12; epochs++) {
            done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), epochs), 1);
        }
        for (int epochs = 1; epochs <= 6; epochs++) {
            failed(SampleWorkspace.learn(1, SampleWorkspace.adam(9), epochs));
        }
        Result result = sample.execute(new JobsWhyCommand());
        assertThat(result.out())
                .startsWith("6 jobs of sample.learn: ")
                .contains("  threw an exception: java.io.IOException: full")
                .contains("  all 6 have the parameter optimizer.lr=9.0, as none of the 12 done jobs do");
    }

    @Test
    void why_filter_selectsItsJobs() throws IOException {
        JobFolder failed = failed(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5));
        JobFolder never = sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 9));

        assertThat(sample.execute(new JobsWhyCommand(), "state=failed").out())
                .contains("threw an exception")
                .doesNotContain("no run has submitted it");
        assertThat(sample.execute(new JobsWhyCommand(), "state", "=", "new").out())
                .contains("no run has submitted it")
                .doesNotContain("threw an exception");
        assertThat(sample.execute(new JobsWhyCommand(), failed.name(), never.name())
                        .out())
                .contains("threw an exception", "no run has submitted it");
    }

    @Test
    void why_namedJobThatIsDone_hasAnAnswer() throws IOException {
        JobFolder job = done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 5), 1);
        assertThat(sample.execute(new JobsWhyCommand(), job.id().toString()).out())
                .isEqualTo(job.name() + " is done" + System.lineSeparator());
        JobFolder never = sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 9));
        assertThat(sample.execute(new JobsWhyCommand(), never.id().toString()).out())
                .contains("no run has submitted it");
    }

    @Test
    void why_messagesThatDifferInNumbers_areOneGroup_comparedWithTheJobsOfTheirRun() throws IOException {
        Map<JobFolder, Map<String, Object>> earlier = new LinkedHashMap<>();
        for (int epochs = 101; epochs <= 120; epochs++) {
            earlier.put(done(SampleWorkspace.learn(1, SampleWorkspace.adam(9), epochs), 1), Map.of());
        }
        sample.run("earlier", earlier);
        Map<JobFolder, Map<String, Object>> latest = new LinkedHashMap<>();
        for (int epochs = 1; epochs <= 12; epochs++) {
            latest.put(done(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), epochs), 1), Map.of());
        }
        for (int epochs = 1; epochs <= 6; epochs++) {
            JobFolder job = sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(9), epochs));
            SampleWorkspace.begin(job, ProcessIdentity.current(), STARTED)
                    .failed(FailureCause.EXCEPTION, "no gradient at epoch " + epochs + " (1." + epochs + "e-3)", 1);
            latest.put(job, Map.of());
        }
        sample.run("latest", latest);

        assertThat(sample.execute(new JobsWhyCommand()).out())
                .startsWith("6 jobs of sample.learn: ")
                .contains("  all 6 have the parameter optimizer.lr=9.0, as none of the 12 done jobs do");
    }
}
