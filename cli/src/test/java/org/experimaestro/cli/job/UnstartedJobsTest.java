package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs without a folder are listed: those that wait, were skipped, or were not started. */
class UnstartedJobsTest {
    private static final Instant FIRST = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path place;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Workspace.open(place);
    }

    private JobFolder job(String type, int number) {
        return workspace.job(type, ConfigId.parse(String.format("%08x", number).repeat(4)));
    }

    private static RunFolder.SubmittedJob submission(JobFolder job, int k, JobFolder... dependencies) {
        List<String> names = Arrays.stream(dependencies).map(JobFolder::name).toList();
        return new RunFolder.SubmittedJob(job.typeId(), job.id(), Map.of("k", k), names, "local", FIRST);
    }

    private RunFolder run(String experiment, Instant start, RunFolder.SubmittedJob... submissions) throws IOException {
        RunFolder run = workspace.experiment(experiment).newRun(start);
        try (RunFolder.JobList jobs = run.openJobs()) {
            for (RunFolder.SubmittedJob submission : submissions) {
                jobs.add(submission);
            }
        }
        return run;
    }

    private static void describe(RunFolder run, Map<String, Object> more) throws IOException {
        Map<String, Object> description = new HashMap<>(more);
        description.put("started", "2026-11-28T12:00:00.000Z");
        run.describe(description);
    }

    private static void fail(JobFolder job) throws IOException {
        job.claim(ProcessIdentity.current(), "grid");
        job.write("""
                {"format": 1, "identifierFormat": 1, "value": "@task", "configurations": {"task": {
                  "type": "%s", "version": 1, "class": "T", "id": "%s", "parameters": {}}}}
                """.formatted(job.typeId(), job.id()), "");
        job.attempt(1).begin(ProcessIdentity.current(), FIRST.toEpochMilli());
        job.attempt(1).failed(FailureCause.EXCEPTION, "no data", 1);
    }

    private List<String> list(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--workdir";
        all[arguments.length + 1] = place.toString();
        CommandLineRun told = CommandLineRun.of(all);
        assertThat(told.exitCode()).as(told.text()).isZero();
        return told.text().lines().toList();
    }

    /** A run that goes on: of its jobs, one has failed, one is skipped therefore, and one waits for a running one. */
    private void beginRun() throws IOException {
        JobFolder failed = job("a.learn", 1);
        JobFolder skipped = job("a.test", 2);
        JobFolder first = job("a.learn", 3);
        JobFolder second = job("a.test", 4);
        RunFolder run = run(
                "grid",
                FIRST,
                submission(failed, 1),
                submission(skipped, 1, failed),
                submission(first, 2),
                submission(second, 2, first));
        describe(run, Map.of("process", ProcessIdentity.current().toJson()));
        fail(failed);
    }

    @Test
    void list_jobsOfALiveRunWithoutAFolder_areNew_withTheReason() throws IOException {
        beginRun();

        assertThat(list("jobs", "list", "--columns", "state,type,tags,id,detail"))
                .containsExactly(
                        "STATE   TYPE     TAGS  ID        DETAIL",
                        "failed  a.learn  k=1   00000001  threw an exception: no data",
                        "new     a.learn  k=2   00000003  waits: its run grid/20261128-120000 is about to look at it",
                        "new     a.test   k=1   00000002  skipped: it depends on a.learn/00000001, which has failed",
                        "new     a.test   k=2   00000004  waits: it depends on a.learn/00000003, which is new");
    }

    @Test
    void list_filtersSortAndJson_workOnJobsWithoutAFolder() throws IOException {
        beginRun();

        assertThat(list("jobs", "list", "state=new and k=2 and experiment=grid", "--columns", "type,k", "--sort=-type"))
                .containsExactly("TYPE     K", "a.test   2", "a.learn  2");
        assertThat(list("jobs", "list", "type=a.test k=1", "--json"))
                .singleElement()
                .asString()
                .contains(
                        "\"state\":\"new\"",
                        "\"kind\":\"dependency_failed\"",
                        "\"jobs\":[\"" + job("a.learn", 1).name(),
                        "\"runs\":[\"grid/20261128-120000\"]");
        assertThat(list("jobs", "list", "run=20261128-120000", "--columns=id")).hasSize(5);
    }

    @Test
    void list_runsAndExperiments_countJobsWithoutAFolder() throws IOException {
        beginRun();

        String columns = "jobs,done,failed,active,new";
        assertThat(list("runs", "list", "--columns", columns))
                .containsExactly("JOBS  DONE  FAILED  ACTIVE  NEW", "4     0     1       0       3");
        assertThat(list("experiments", "list", "--columns", columns))
                .containsExactly("JOBS  DONE  FAILED  ACTIVE  NEW", "4     0     1       0       3");
        assertThat(list("experiments", "show", "grid")).contains("Jobs of all runs: 3 new, 1 failed");
        assertThat(list("runs", "show", "grid")).contains("Jobs: 3 new, 1 failed");
    }

    @Test
    void list_jobsOfAnEarlierRunThatIsOver_areLeftOut() throws IOException {
        Map<String, Object> gone = new HashMap<>(ProcessIdentity.current().toJson());
        gone.put("start", 1);
        describe(
                run("grid", FIRST, submission(job("a.learn", 1), 1)),
                Map.of("outcome", "STOPPED", "ended", FIRST.toString()));
        describe(run("grid", FIRST.plusSeconds(1), submission(job("a.learn", 2), 2)), Map.of("process", gone));
        describe(
                run("grid", FIRST.plusSeconds(2), submission(job("a.learn", 3), 3)),
                Map.of("process", gone, "outcome", "STOPPED", "ended", "2026-11-28T13:00:00.000Z"));

        assertThat(list("jobs", "list", "--columns", "state,k,detail"))
                .containsExactly("STATE  K  DETAIL", "new    3  its run grid/20261128-120002 is over (stopped)");
        assertThat(list("runs", "list", "--columns", "name,jobs,new"))
                .hasSize(4)
                .allMatch(line -> !line.endsWith(" 0"));
    }

    @Test
    void list_jobThatGetsItsFolder_isListedOnce() throws IOException {
        JobFolder job = job("a.learn", 1);
        describe(
                run("grid", FIRST, submission(job, 1)),
                Map.of("process", ProcessIdentity.current().toJson()));
        assertThat(list("jobs", "list", "--columns", "state")).containsExactly("STATE", "new");
        fail(job);
        assertThat(list("jobs", "list", "--columns", "state")).containsExactly("STATE", "failed");
        assertThat(Files.exists(job.path())).isTrue();
    }
}
