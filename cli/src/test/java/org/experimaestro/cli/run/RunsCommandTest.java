package org.experimaestro.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunsCommandTest {
    @TempDir
    private Path place;

    private RunFolder run;
    private RunRequests requests;

    @BeforeEach
    void beginRun() throws IOException {
        run = begin();
        requests = new RunRequests(run);
    }

    private RunFolder begin() throws IOException {
        RunFolder begun = Workspace.open(place).experiment("grid").newRun(Instant.parse("2026-11-28T12:00:00Z"));
        begun.describe(Map.of("plan", "Grid"));
        new RunRequests(begun).open();
        return begun;
    }

    /** Plays the run. */
    private CompletableFuture<RunRequest> answer(boolean isAccepted, String message) {
        CompletableFuture<RunRequest> asked = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                while (requests.unanswered().isEmpty()) {
                    Thread.onSpinWait();
                }
                String name = requests.unanswered().getFirst();
                asked.complete(requests.read(name).request());
                requests.answer(name, new RunRequests.Answer(isAccepted, message), Instant.now());
            } catch (IOException | RuntimeException failed) {
                asked.completeExceptionally(failed);
            }
        });
        return asked;
    }

    private CommandLineRun command(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "runs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--workdir";
        all[all.length - 1] = place.toString();
        return CommandLineRun.of(all);
    }

    @Test
    void stop_liveRunOfAnExperiment_isAsked_andItsAnswerPrinted() throws Exception {
        CompletableFuture<RunRequest> asked = answer(true, "the run stops; its jobs go on");
        CommandLineRun told = command("stop", "grid");

        assertThat(told).isEqualTo(new CommandLineRun(0, "grid/" + run.name() + ": the run stops; its jobs go on\n"));
        assertThat(asked.get()).isEqualTo(new RunRequest.Stop());
    }

    @Test
    void pause_andResume_areAsked() throws Exception {
        CompletableFuture<RunRequest> pause = answer(true, "no more jobs are started");
        assertThat(command("pause", "grid").exitCode()).isZero();
        assertThat(pause.get()).isEqualTo(new RunRequest.Pause());
        CompletableFuture<RunRequest> resume = answer(true, "jobs are started again");
        assertThat(command("resume", "grid").exitCode()).isZero();
        assertThat(resume.get()).isEqualTo(new RunRequest.Resume());
    }

    @Test
    void listings_ofAPausedRun_showThatItIsPaused() throws IOException {
        run.describe(
                Map.of("process", ProcessIdentity.current().toJson(), RunFolder.PAUSED, "2026-11-28T12:30:00.000Z"));

        assertThat(command("list").text()).containsPattern("grid/" + run.name() + " +paused");
        assertThat(command("show", "grid").text())
                .contains("Run grid/" + run.name() + ": paused since 2026-11-28", "experimaestro runs resume grid/")
                .contains("Time left: not known: the run is paused");
    }

    @Test
    void set_jobs_isAsked() throws Exception {
        CompletableFuture<RunRequest> asked = answer(true, "at most 3 jobs run");

        assertThat(command("set", "grid/" + run.name(), "--jobs", "3").exitCode())
                .isZero();
        assertThat(asked.get()).isEqualTo(new RunRequest.Jobs(3));
    }

    @Test
    void set_noJobs_isAWrongCommandLine() {
        assertThat(command("set", "grid", "--jobs", "0").exitCode()).isEqualTo(2);
        assertThat(command("set", "grid").exitCode()).isEqualTo(2);
    }

    @Test
    void retry_job_isAskedByItsWholeName() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(place);
        String job = sample.store(SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 1))
                .name();
        CompletableFuture<RunRequest> asked = answer(false, "the job has not failed: it is done");
        CommandLineRun told = command("retry", "grid", job.substring(0, job.indexOf('/') + 9));

        assertThat(asked.get()).isEqualTo(new RunRequest.Retry(job));
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text())
                .contains("Cannot try " + job + " again in the run grid/" + run.name() + ": the job has not failed");
    }

    /** A job that was skipped has no folder: only the run knows it. */
    @Test
    void retry_jobWithoutAFolder_isAsked() throws Exception {
        ConfigId id = ConfigId.parse("0123456789abcdef0123456789abcdef");
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(new RunFolder.SubmittedJob("t.step", id, Map.of(), List.of(), "local", Instant.now()));
        }
        CompletableFuture<RunRequest> asked = answer(false, "the job has not failed: it is skipped, since x failed");
        CommandLineRun told = command("retry", "grid", "0123");

        assertThat(told.text()).contains("it is skipped, since x failed");
        assertThat(asked.get()).isEqualTo(new RunRequest.Retry("t.step/" + id));
        assertThat(command("retry", "grid", "9876").text()).contains("There is no job \"9876\"");
    }

    @Test
    void stop_runThatHasEnded_isToldAtOnce() throws IOException {
        run.describe(Map.of("ended", "2026-11-28T12:00:00.000Z"));

        assertThat(command("stop", "grid/" + run.name()).text())
                .contains("Cannot stop the run grid/" + run.name() + ": it has ended");
        assertThat(command("stop", "grid").text()).contains("No run of the experiment grid is under way");
    }

    @Test
    void stop_whichRun_isAskedBack() throws IOException {
        RunFolder other = begin();

        assertThat(command("stop", "grid").text())
                .contains("2 runs of the experiment grid may be under way", "grid/" + other.name());
        assertThat(command("stop", "grid/1").text())
                .contains("There is no run \"grid/1\"", "the last run of grid is " + other.name());
        assertThat(command("stop", "grod").text()).contains("\"grod\"", "its experiments are grid");
    }

    @Test
    void runs_withoutAnAction_isAWrongCommandLine() {
        assertThat(CommandLineRun.of("runs").exitCode()).isEqualTo(2);
    }

    @Test
    void stop_runThatEndsBeforeItAnswers_isSaidSoon() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                while (requests.unanswered().isEmpty()) {
                    Thread.onSpinWait();
                }
                run.describe(Map.of("plan", "Grid", "outcome", "DONE"));
                end.complete(null);
            } catch (IOException | RuntimeException failed) {
                end.completeExceptionally(failed);
            }
        });
        CommandLineRun told = command("stop", "grid");

        end.get();
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text()).contains("Cannot stop the run grid/" + run.name() + ": it has ended");
        assertThat(requests.unanswered()).isEmpty();
    }

    @Test
    void list_runsOfEachState_areTold() throws Exception {
        run.describe(Map.of("plan", "Grid", "process", ProcessIdentity.current().toJson()));
        Map<String, Object> gone = new HashMap<>(ProcessIdentity.current().toJson());
        gone.put("start", 1);
        begin().describe(Map.of("process", gone));
        Map<String, Object> other = new HashMap<>(gone);
        other.putAll(Map.of("host", "far", "boot", "x", "machine", "y"));
        begin().describe(Map.of("process", other));
        begin().describe(Map.of("process", gone, "ended", "2026-11-28T12:00:00.000Z", "outcome", "STOPPED"));
        begin().describe(Map.of("process", "damaged"));

        assertThat(command("list").text().lines().map(line -> line.replaceAll("^grid/\\S+ +(\\S+).*", "$1")))
                .containsExactly(
                        "RUN                      STATE    JOBS  DONE  FAILED  ACTIVE  NEW  PROCESS",
                        "running",
                        "died",
                        "unknown",
                        "stopped",
                        "unknown");
        assertThat(command("list").text())
                .contains("process " + ProcessIdentity.current().pid() + " on ");
        assertThat(command("list", "--experiment", "none").text()).contains("has no runs of the experiment none");
    }
}
