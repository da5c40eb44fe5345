package org.experimaestro.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.ConfigId;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerTest {
    @TempDir
    private Path folder;

    /** The run waits for the cleaning that has claimed the job, and runs the new job when the former one was moved. */
    @Test
    void run_jobThatACleaningHas_runsTheNewJobAfterwards() throws Exception {
        Workspace workspace = Workspace.open(folder);
        JobFolder job = workspace.job("a.step", ConfigId.parse("0".repeat(32)));
        job.claim(ProcessIdentity.current(), "a cleaning");
        Execution execution = (attempt, spec) -> {
            try {
                attempt.done(Instant.now().toEpochMilli(), Map.of(), null);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return spec.folder().status();
        };
        JobRunner runner = new JobRunner("grid/1", execution, execution, (waited, listener) -> {
            try {
                Files.move(job.path(), folder.resolve("moved"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return waited.status();
        });

        JobResult result = runner.run(spec(job));

        assertThat(result.status().state()).isEqualTo(JobState.DONE);
    }

    private static JobSpec spec(JobFolder job) {
        return new JobSpec(
                job,
                "{}",
                List.of(),
                List.of(),
                Placement.on(LauncherDefinition.local()),
                AttemptOrigin.UNKNOWN,
                count -> false,
                new JobSpec.Listener() {
                    @Override
                    public void statusChanged(String state) {}

                    @Override
                    public void warned(String text) {}
                });
    }

    /** Another run has run the job, and is about to remove its outputs when this run finds it done. */
    @Test
    void run_jobWhoseOutputsAreBeingRemoved_runsItAgain() throws Exception {
        JobFolder job = Workspace.open(folder).job("a.step", ConfigId.parse("0".repeat(32)));
        Execution execution = (attempt, spec) -> {
            try {
                attempt.done(Instant.now().toEpochMilli(), Map.of(), null);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return spec.folder().status();
        };
        JobRunner runner = new JobRunner("grid/1", execution, execution, (waited, listener) -> waited.status());
        assertThat(runner.run(spec(job)).status().lastAttempt()).hasValue(1);
        OutputRemoval removal =
                OutputRemoval.claim(job, ProcessIdentity.current(), "grid/2").orElseThrow();
        FutureTask<JobResult> run = new FutureTask<>(() -> runner.run(spec(job)));
        Thread thread = Thread.ofPlatform().start(run);
        Poll.until("the run waits", () -> run.isDone() || thread.getState() == Thread.State.TIMED_WAITING);

        try (removal) {
            removal.remove();
        }

        JobStatus status = run.get(1, TimeUnit.MINUTES).status();
        assertThat(status).isInstanceOf(JobStatus.Done.class);
        assertThat(status.lastAttempt()).hasValue(3);
    }

    @Test
    void settled_removalThatIsGivenUp_isDoneAndALongWaitIsTold() throws Exception {
        JobFolder job = Workspace.open(folder).job("a.step", ConfigId.parse("0".repeat(32)));
        Attempt attempt = ((Claim.Granted) job.claim(ProcessIdentity.current(), "grid/1")).attempt();
        assertThat(attempt.begin(ProcessIdentity.current(), 1)).isTrue();
        attempt.done(1, Map.of(), null);
        JobStatus done = job.status();
        List<String> warnings = new ArrayList<>();
        OutputRemoval removal =
                OutputRemoval.claim(job, ProcessIdentity.current(), "grid/2").orElseThrow();
        AtomicInteger pauses = new AtomicInteger();
        RunClock clock = new RunClock() {
            @Override
            public Instant instant() {
                return Instant.EPOCH;
            }

            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public void sleep(Duration time) {
                if (pauses.incrementAndGet() == 300) {
                    try {
                        removal.close();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                }
            }

            @Override
            public Alarm alarm(Duration delay, Runnable action) {
                throw new AssertionError("no alarm is needed");
            }
        };

        assertThat(RemovalWait.settled(job, done, clock, warnings::add)).isEqualTo(done);
        assertThat(pauses).hasValue(300);
        assertThat(warnings).singleElement().asString().contains("Waits for the removal", job.name());
    }
}
