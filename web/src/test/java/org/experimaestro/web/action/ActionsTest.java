package org.experimaestro.web.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.web.action.ActionClient.now;
import static org.experimaestro.web.action.ActionClient.of;
import static org.experimaestro.web.action.ActionClient.plan;
import static org.experimaestro.web.action.ActionClient.problem;
import static org.experimaestro.web.action.ActionClient.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.WrittenWorkspace.Submitted;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Trash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ActionsTest {
    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private WrittenWorkspace written;
    private ActionClient client;

    @BeforeEach
    void make() {
        written = new WrittenWorkspace(folder);
        client = new ActionClient(written, Instant::now);
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    private JsonObject ask(String action, Map<String, Object> question) throws IOException {
        return client.ask(action, question);
    }

    @Test
    void kill_plan_changesNothing_andThePerformedOneEndsTheProcess() throws Exception {
        JobFolder job = written.job("a.learn", 1);
        Process process = written.start(job, "read line; true");
        processes.add(process);

        JsonObject planned = ask("kill", plan(of(job)));
        assertThat(process.isAlive()).isTrue();
        assertThat(planned.bool("done")).isFalse();
        assertThat(Json.write(planned.list("possible"))).contains(job.name(), "gets SIGTERM");

        JsonObject ended = ask("kill", with(of(job), "planned", planned.string("plan")));
        assertThat(process.waitFor()).isNotZero();
        assertThat(ended.bool("done")).isTrue();
        assertThat(Json.write(ended.list("possible"))).contains("has ended", "failed");
        assertThat(written.monitored().view().find(job.name()).orElseThrow().state())
                .isEqualTo(JobState.FAILED);
    }

    @Test
    void kill_processThatCleansUp_isSaidToBeAsked() throws Exception {
        JobFolder job = written.job("a.learn", 1);
        Process process = written.start(job, "trap '' TERM; echo ready; read line; true");
        processes.add(process);
        process.inputReader().readLine(); // the trap is set

        JsonObject asked = client.ask("kill", Json.write(of(job)), Duration.ofMillis(1));

        assertThat(Json.write(asked.list("possible"))).contains("was asked to end, and had not ended after");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void kill_jobOfABatchSystem_isEndedByIt() throws Exception {
        JobFolder job = written.job("a.learn", 1);
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).recordBatchJob(new BatchJobReference("cluster", "slurm", "1234_5", "/log", Instant.now()));

        JsonObject asked = ask("kill", of(job));

        assertThat(client.batchEnds).containsExactly("cluster 1234_5");
        assertThat(Json.write(asked.list("possible"))).contains("cluster was asked to end it");
    }

    @Test
    void kill_jobsOfAFilter_areThoseThatRun() throws Exception {
        JobFolder runs = written.job("a.learn", 1);
        processes.add(written.start(runs, "read line; true"));
        JobFolder done = written.done("a.learn", 2, Instant.now(), Map.of());
        RunFolder run =
                written.run("grid", Map.of(), List.of(new Submitted(runs, Map.of()), new Submitted(done, Map.of())));

        JsonObject planned = ask("kill", plan(Map.of("run", "grid/" + run.name(), "q", "type=a.learn")));

        assertThat(planned.integer("possibleTotal")).isEqualTo(1);
        assertThat(planned.integer("impossibleTotal")).isZero();
    }

    @Test
    void clean_filterWithoutARun_isForTheJobsOfAllRuns() throws Exception {
        JobFolder first = written.failed("a.learn", 1, "no space");
        JobFolder second = written.failed("a.test", 2, "no space");
        for (JobFolder job : List.of(first, second)) {
            written.run(
                    job == first ? "grid" : "other",
                    Map.of("outcome", "FAILED", "ended", Instant.now().toString()),
                    List.of(new Submitted(job, Map.of())));
        }

        assertThat(ask("clean", plan(Map.of("q", ""))).integer("possibleTotal")).isEqualTo(2);
        Map<String, Object> question = Map.of("q", "type=a.test");
        assertThat(problem(() -> ask("clean", question))).hasMessageContaining("first ask with plan=true");
        ask("clean", now(with(question, "planned", ask("clean", plan(question)).string("plan"))));

        assertThat(first.path()).exists();
        assertThat(second.path()).doesNotExist();
    }

    @Test
    void clean_otherJobsThanThoseOfThePlan_areRefused() throws Exception {
        JobFolder first = written.failed("a.learn", 1, "no space");
        JobFolder second = written.done("a.learn", 2, Instant.now(), Map.of());
        RunFolder run = written.run(
                "grid",
                Map.of("outcome", "DONE", "ended", Instant.now().toString()),
                List.of(new Submitted(first, Map.of()), new Submitted(second, Map.of())));
        Map<String, Object> question = Map.of("run", "grid/" + run.name(), "q", "state=failed");
        String digest = ask("clean", plan(question)).string("plan");
        Files.delete(second.internalFolder().resolve("done.json"));
        second.attempt(1).failed(FailureCause.EXCEPTION, "no space either", null);

        HttpProblem changed = problem(() -> ask("clean", with(question, "planned", digest)));

        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed).hasMessage("The jobs have changed since you looked: these are 2 jobs now");
        assertThat(new Trash(written.workspace()).entries()).isEmpty();
    }

    @Test
    void clean_filterWithoutAPlan_isRefused() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        RunFolder run = written.run("grid", Map.of(), List.of(new Submitted(job, Map.of())));

        HttpProblem unplanned = problem(() -> ask("clean", Map.of("run", "grid/" + run.name(), "q", "state=failed")));

        assertThat(unplanned.status()).isEqualTo(400);
        assertThat(unplanned).hasMessageContaining("first ask with plan=true");
    }

    @Test
    void clean_thenUndo_movesTheJobAwayAndBack() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        JsonObject planned = ask("clean", plan(of(job)));
        assertThat(planned.integer("bytes")).isPositive();
        assertThat(job.path()).exists();

        JsonObject cleaned = ask("clean", now(of(job)));
        assertThat(job.path()).doesNotExist();
        Map<String, Object> undo = Map.of("entry", cleaned.string("undo"));
        assertThat(ask("undo", plan(undo)).integer("possibleTotal")).isEqualTo(1);
        assertThat(job.path()).doesNotExist();

        JsonObject back = ask("undo", undo);
        assertThat(Json.write(back.list("possible"))).contains(job.name(), "is back");
        assertThat(job.status()).isInstanceOf(JobStatus.Failed.class);
    }

    @Test
    void clean_runningJob_stays() throws Exception {
        JobFolder job = written.job("a.learn", 1);
        processes.add(written.start(job, "read line; true"));

        JsonObject answer = ask("clean", now(of(job)));

        assertThat(answer.integer("possibleTotal")).isZero();
        assertThat(Json.write(answer.list("impossible"))).contains("it is running");
        assertThat(answer.has("undo")).isFalse();
        assertThat(job.path()).exists();
    }

    @Test
    void undo_jobThatIsThereAgain_stays() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        Map<String, Object> undo = Map.of("entry", ask("clean", now(of(job))).string("undo"));
        written.failed("a.learn", 1, "again");

        assertThat(ask("undo", plan(undo)).integer("impossibleTotal")).isEqualTo(1);
        assertThat(Json.write(ask("undo", undo).list("impossible"))).contains("it is there again");
    }

    @Test
    void retry_withoutARunThatLives_hasTheCommand() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        written.run(
                "grid",
                Map.of("outcome", "FAILED", "ended", Instant.now().toString(), "file", "grid.yaml"),
                List.of(new Submitted(job, Map.of())));

        JsonObject answer = ask("retry", plan(of(job)));

        assertThat(answer.integer("possibleTotal")).isZero();
        assertThat(Json.write(answer.list("impossible")))
                .contains("no run that has it goes on", "experimaestro run-experiment --workdir");
    }

    @Test
    void pinThenUnpin_writesAndRemovesThePin() throws Exception {
        JobFolder job = written.done("a.learn", 1, Instant.now(), Map.of());
        assertThat(ask("unpin", plan(of(job))).integer("impossibleTotal")).isEqualTo(1);
        ask("pin", plan(of(job)));
        assertThat(job.pin().find()).isEmpty();

        ask("pin", with(of(job), "reason", "Table 2"));
        assertThat(job.pin().find().orElseThrow().note()).isEqualTo("Table 2");

        ask("unpin", of(job));
        assertThat(job.pin().find()).isEmpty();
    }

    @Test
    void note_onJobsAndOnARun_isWritten() throws Exception {
        JobFolder job = written.done("a.learn", 1, Instant.now(), Map.of());
        RunFolder run = written.run("grid", Map.of(), List.of(new Submitted(job, Map.of())));

        ask("note", with(of(job), "reason", "the loss jumps"));
        ask("note", Map.of("run", "grid/" + run.name(), "reason", "with the new index"));

        assertThat(Notes.of(job).list()).extracting(Note::text).containsExactly("the loss jumps");
        assertThat(Notes.of(run).list()).extracting(Note::text).containsExactly("with the new index");
        assertThat(problem(() -> ask("note", of(job)))).hasMessageContaining("reason, is empty");
    }

    @Test
    void questions_thatAreWrong_areRefusedWithNearNames() throws Exception {
        JobFolder job = written.done("a.learn", 1, Instant.now(), Map.of());

        HttpProblem members = problem(() -> ask("kill", Map.of("job", List.of(job.name()), "plam", true)));
        assertThat(members).hasMessageContaining("unknown members job, plam");
        assertThat(members.answer()).containsEntry("near", List.of("jobs", "plan"));
        assertThat(problem(() -> ask("kil", of(job))).answer()).containsEntry("near", List.of("kill"));
        assertThat(problem(() -> ask("kill", Map.of()))).hasMessageContaining("found 0 of them");
        assertThat(problem(() -> ask("kill", with(of(job), "entry", "x")))).hasMessageContaining("found 2 of them");
        assertThat(problem(() -> client.ask("kill", "[1", Duration.ZERO)).status())
                .isEqualTo(400);
        assertThat(problem(() -> client.ask("kill", "\"" + "x".repeat(70_000) + "\"", Duration.ZERO))
                        .status())
                .isEqualTo(413);
        assertThat(problem(() -> ask("pin", Map.of("jobs", List.of("a.learn/ffff"))))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void subjects_thatDoNotExist_areAllNamed() throws Exception {
        written.done("a.learn", 1, Instant.now(), Map.of());

        HttpProblem unknown = problem(() -> ask("pin", Map.of("jobs", List.of("a.learn/ffff", "b.test/1"))));
        HttpProblem entry = problem(() -> ask("undo", Map.of("entry", "none")));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown).hasMessageContaining("\"a.learn/ffff\"").hasMessageContaining("\"b.test/1\"");
        assertThat(entry.status()).isEqualTo(404);
        assertThat(entry).hasMessageContaining("There is no entry \"none\"");
    }
}
