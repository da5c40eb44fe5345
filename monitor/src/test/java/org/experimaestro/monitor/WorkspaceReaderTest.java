package org.experimaestro.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.experimaestro.ConfigId;
import org.experimaestro.Outcome;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceReaderTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private JobFolder index;
    private JobFolder first;
    private JobFolder second;

    /** Two searches in one index: one done, one failed. And an earlier run with other tags. */
    @BeforeEach
    void write() throws IOException {
        workspace = Workspace.open(folder);
        index = job("a.index", 1, Map.of());
        first = job("a.search", 2, Map.of("model", "@m"));
        second = job("a.search", 3, Map.of("k", List.of("@m", 1)));
        begin(index).done(1, Map.of(), null);
        Attempt done = begin(first);
        Files.writeString(first.events(1), """
                {"time":"1970-01-01T00:00:00.001Z","metric":"map","value":0.25,"step":1}
                {"time":"1970-01-01T00:00:00.002Z","metric":"map","value":0.5,"step":2}
                """);
        Files.writeString(done.standardOutput(), "found 10\n");
        Files.writeString(done.standardError(), "slow\n");
        done.done(1, Map.of("map", 0.5), null);
        begin(second).failed(FailureCause.EXCEPTION, "no index\n\tat x", 1);
        run("grid", 10, Map.of("DONE", true), Map.of("k", 9L));
        run("grid", 20, Map.of(), Map.of("k", 1L));
    }

    private JobFolder job(String type, int number, Map<String, Object> parameters) throws IOException {
        JobFolder job = workspace.job(type, ConfigId.parse(String.format("%032x", number)));
        job.write(
                Json.write(Map.of(
                        "format",
                        1,
                        "identifierFormat",
                        1,
                        "value",
                        "@t",
                        "configurations",
                        new TreeMap<>(Map.of("m", config(job, Map.of("layers", 3)), "t", config(job, parameters))))),
                "");
        return job;
    }

    private static Map<String, Object> config(JobFolder job, Map<String, Object> parameters) {
        return Map.of(
                "type", job.typeId(), "version", 1, "class", "T", "id", job.id().toString(), "parameters", parameters);
    }

    private static Attempt begin(JobFolder job) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        return job.attempt(1);
    }

    private void run(String experiment, long second, Map<String, Object> end, Map<String, Object> tags)
            throws IOException {
        RunFolder run = workspace.experiment(experiment).newRun(Instant.ofEpochSecond(second));
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(submitted(index, Map.of(), List.of()));
            jobs.add(submitted(first, tags, List.of(index.name())));
            jobs.add(submitted(this.second, tags, List.of(index.name())));
        }
        run.describe(end.isEmpty() ? Map.of("host", "vm") : Map.of("outcome", "DONE"));
    }

    private static RunFolder.SubmittedJob submitted(
            JobFolder job, Map<String, Object> tags, List<String> dependencies) {
        return new RunFolder.SubmittedJob(job.typeId(), job.id(), tags, dependencies, "local", Instant.EPOCH);
    }

    private WorkspaceReader open() {
        return WorkspaceReader.open(folder);
    }

    @Test
    void job_thatCameAfterTheReading_isNotFound() throws Exception {
        WorkspaceReader reader = WorkspaceReader.open(folder);
        job("a.late", 0xabc, Map.of());

        assertThatThrownBy(() -> reader.job("a.late/"))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("There is no job \"a.late/\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../x", "../00000000000000000000000000000001", "./00000000000000000000000000000001", "a.index"
            })
    void open_dependencyThatIsNoJob_isAProblemOfItsLine(String dependency) throws Exception {
        RunFolder run = workspace.experiment("odd").run("1");
        Files.createDirectories(run.path());
        run.describe(Map.of());
        Files.writeString(
                run.jobsFile(),
                "{\"time\":\"1970-01-01T00:00:00.001Z\",\"job\":\"" + first.name()
                        + "\",\"tags\":{},\"dependencies\":[\"" + dependency + "\"]}\n");

        assertThat(WorkspaceReader.open(folder).problems())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains(run.jobsFile() + ":1", "\"" + dependency + "\" is not a type id and an identifier");
    }

    @Test
    void table_latestRun_hasTagsMetricsAndStates() {
        assertThat(open().experiment("grid").table().toCsv()).isEqualTo("k,map,state\n1,0.5,done\n1,,failed\n");
        assertThat(open().experiment("grid").latestRun().table("a.index").rows())
                .isEmpty();
    }

    @Test
    void runs_twoRuns_areTheOldestFirstWithTheirOwnTags() {
        List<RunResults> runs = open().experiment("grid").runs();

        assertThat(runs).extracting(run -> run.jobs().get(1).tags()).containsExactly(Map.of("k", 9L), Map.of("k", 1L));
        assertThat(runs)
                .extracting(RunResults::outcome)
                .extracting(Optional::isPresent)
                .containsExactly(true, false);
        assertThat(runs.get(1).description()).containsEntry("host", "vm");
        assertThat(open().experiment("grid").findRun(runs.get(0).name())).isPresent();
    }

    @Test
    void counts_runWithAllCounts_haveTheirWords_andOverlappingOnesOfEarlierVersionsAreNone() throws Exception {
        RunFolder run = workspace.experiment("counted").newRun(Instant.ofEpochSecond(30));
        run.openJobs().close();
        run.describe(Map.of(
                "executed",
                2,
                "executedByAnotherRun",
                1,
                "doneBefore",
                3,
                "failed",
                List.of("a.search/1"),
                "skipped",
                List.of(),
                "left",
                List.of("a.search/2", "a.search/3"),
                "notStarted",
                List.of()));
        RunFolder earlier = workspace.experiment("earlier").newRun(Instant.ofEpochSecond(30));
        earlier.openJobs().close();
        earlier.describe(Map.of("executed", 2, "failed", List.of("a.search/1"), "skipped", List.of()));

        assertThat(open().experiment("counted").latestRun().counts())
                .hasToString("{executed=2, executed by another run=1, done before=3, failed=1, skipped=0, left=2,"
                        + " not started=0, left out=0, not needed=0}");
        assertThat(open().experiment("earlier").latestRun().counts()).isEmpty();
        assertThat(open().experiment("grid").latestRun().counts()).isEmpty();
    }

    @Test
    void job_done_hasMetricsLogsAndParameters() {
        JobResults job = open().job("a.search/00000000000000000000000000000002");

        assertThat(job.outcome()).isEqualTo(Outcome.DONE);
        assertThat(job.metric("map")).isEqualTo(0.5);
        assertThat(job.metricHistory().get("map"))
                .extracting(point -> point.step().getAsLong() + ":" + point.value())
                .containsExactly("1:0.25", "2:0.5");
        assertThat(job.parameters()).isEqualTo(Map.of("model", Map.of("layers", 3L)));
        assertThat(job.output()).isEqualTo("found 10\n");
        assertThat(job.errorOutput()).isEqualTo("slow\n");
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        job.copyLog(1, log);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .isEqualTo("==> stdout <==\nfound 10\n\n==> stderr <==\nslow\n");
        assertThat(job.attempts()).containsExactly(1);
        assertThat(job.folder()).isEqualTo(first.path());
    }

    @Test
    void job_failed_saysWhyInOneLine() {
        JobResults job = open().experiment("grid").jobs().get(2);

        assertThat(job.state()).isEqualTo("failed");
        assertThat(job.reason()).contains("threw an exception: no index");
        assertThat(job.metrics()).isEmpty();
        assertThat(job.parameters()).isEqualTo(Map.of("k", List.of(Map.of("layers", 3L), 1L)));
    }

    @Test
    void lineage_jobs_leadBothWays() {
        JobResults made = open().job("a.index/0");

        assertThat(made.dependents()).extracting(JobResults::id).containsExactly(first.id(), second.id());
        assertThat(made.dependents().get(0).dependencies())
                .extracting(JobResults::id)
                .containsExactly(index.id());
    }

    @Test
    void lineage_jobThatNoRunSubmitted_isThatOfItsParameters() throws IOException {
        JobFolder late = job("a.late", 0xabc, Map.of("index", Map.of("producer", index.name())));

        assertThat(open().job("a.index/0").dependents())
                .extracting(JobResults::id)
                .containsExactly(late.id(), first.id(), second.id());
    }

    @Test
    void job_deletedSince_isNotRun() throws IOException {
        Files.move(second.path(), folder.resolve("gone"));

        JobResults job = open().experiment("grid").jobs().get(2);

        assertThat(job.state()).isEqualTo("not run");
        assertThat(job.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(job.metricHistory()).isEmpty();
        assertThatThrownBy(job::output).isInstanceOf(WorkspaceException.class).hasMessageContaining("never started");
    }

    @Test
    void job_unreadable_saysSoAndLeavesTheOthers() throws IOException {
        Files.writeString(first.parametersFile(), "{");

        List<JobResults> jobs = open().experiment("grid").jobs();

        assertThat(jobs.get(1).state()).isEqualTo("unreadable");
        assertThat(jobs.get(1).reason().orElseThrow())
                .contains(first.parametersFile().toString());
        assertThat(jobs.get(2).state()).isEqualTo("failed");
    }

    @Test
    void open_noWorkspace_isAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> WorkspaceReader.open(folder.resolve("none")))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("There is no workspace in")
                .hasMessageContaining("--workdir");
    }

    @Test
    void experiment_mistyped_namesTheNearOne() {
        assertThatThrownBy(() -> open().experiment("gird"))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("did you mean \"grid\"?");
    }

    @Test
    void experiments_all_areThere() {
        assertThat(open().experiments()).extracting(ExperimentResults::name).containsExactly("grid");
        assertThat(open().jobs()).hasSize(3);
        assertThat(open().problems()).isEmpty();
    }
}
