package org.experimaestro.web.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.web.action.ActionClient.plan;
import static org.experimaestro.web.action.ActionClient.problem;
import static org.experimaestro.web.action.ActionClient.with;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunChangesTest {
    @TempDir
    private Path folder;

    private WrittenWorkspace written;
    private ActionClient client;

    @BeforeEach
    void make() {
        written = new WrittenWorkspace(folder);
        client = new ActionClient(written, Instant::now);
    }

    /** Describes a run of this process, which goes on. */
    private static Map<String, @Nullable Object> alive() {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("jobsHere", 4);
        description.put(RunFolder.PROCESS, ProcessIdentity.current().toJson());
        return description;
    }

    private RunFolder run(Map<String, @Nullable Object> description) throws IOException {
        RunFolder run = written.run("grid", description, List.of());
        new RunRequests(run).open();
        return run;
    }

    private static Map<String, Object> of(RunFolder run) {
        return Map.of("run", run.qualifiedName());
    }

    /** Asks for an action while the run answers one request, and returns that request. */
    private RunRequest answered(RunFolder run, String action, Map<String, Object> question, String effect)
            throws Exception {
        RunRequests requests = new RunRequests(run);
        try (ExecutorService runs = Executors.newSingleThreadExecutor()) {
            Callable<RunRequest> answering = () -> {
                List<String> names = requests.unanswered();
                while (names.isEmpty()) {
                    Thread.onSpinWait();
                    names = requests.unanswered();
                }
                RunRequest request = requests.read(names.getFirst()).request();
                requests.answer(names.getFirst(), new RunRequests.Answer(true, "now it is so"), Instant.now());
                return request;
            };
            JsonObject planned = client.ask(action, plan(question));
            assertThat(planned.string("effect")).isEqualTo(effect);
            assertThat(planned.bool("done")).isFalse();
            assertThat(requests.unanswered()).isEmpty();

            Future<RunRequest> request = runs.submit(answering);
            JsonObject done = client.ask(action, with(question, "planned", planned.string("plan")));
            assertThat(done.string("effect")).isEqualTo("now it is so");
            assertThat(done.bool("done")).isTrue();
            return request.get();
        }
    }

    @Test
    void pause_planned_asksTheRunOnlyWhenItIsConfirmed() throws Exception {
        RunFolder run = run(alive());

        RunRequest request =
                answered(run, "pause", of(run), "no more jobs are started until it is resumed; jobs that run go on");

        assertThat(request).isEqualTo(new RunRequest.Pause());
        assertThat(problem(() -> client.ask("resume", plan(of(run))))).hasMessageContaining("it is not paused");
    }

    @Test
    void resume_pausedRun_isAsked_andAnotherPauseIsRefused() throws Exception {
        Map<String, @Nullable Object> paused = alive();
        paused.put(RunFolder.PAUSED, TimeText.now());
        RunFolder run = run(paused);

        assertThat(problem(() -> client.ask("pause", plan(of(run))))).hasMessageContaining("it is paused already");
        assertThat(answered(run, "resume", of(run), "jobs are started again")).isEqualTo(new RunRequest.Resume());
    }

    @Test
    void set_jobs_saysHowManyThereAreNow() throws Exception {
        RunFolder run = run(alive());
        String effect = "at most 8 jobs run at once on "
                + ProcessIdentity.current().host() + " instead of 4; jobs that run go on";

        assertThat(answered(run, "set", with(of(run), "jobsHere", 8), effect)).isEqualTo(new RunRequest.Jobs(8));
        assertThat(problem(() -> client.ask("set", plan(of(run))))).hasMessageContaining("jobsHere is missing");
        assertThat(problem(() -> client.ask("set", with(of(run), "jobsHere", 0)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void changes_ofAnEndedRun_ofJobs_andOfAnotherPlan_areRefused() throws Exception {
        RunFolder ended = run(Map.of("outcome", "DONE", "ended", TimeText.now()));
        RunFolder run = run(alive());

        HttpProblem over = problem(() -> client.ask("pause", plan(of(ended))));
        assertThat(over.status()).isEqualTo(409);
        assertThat(over).hasMessageContaining("Cannot pause the run grid/").hasMessageContaining("it has ended");
        assertThat(problem(() -> client.ask("pause", with(of(run), "q", "state=failed"))))
                .hasMessageContaining("it is done to a run");
        assertThat(problem(() -> client.ask("pause", with(of(run), "planned", "of another")))
                        .status())
                .isEqualTo(409);
        assertThat(new RunRequests(run).unanswered()).isEmpty();
    }
}
