package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that run in the process of a test, with the behavior that it defines. */
@Timeout(60)
class InProcessRunTest {
    private static final WordsPlan.Settings TWO = new WordsPlan.Settings(List.of(3, 5));

    @TempDir
    private Path folder;

    private PlanRunner<WordsPlan.Settings> runner() {
        return PlanRunner.of(new WordsPlan()).workspace(folder.resolve("workspace"));
    }

    @Test
    void run_plan_executesItsTasksAndShowsTheReport() {
        PlanRun run = runner().run(TWO);

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        // The plan has seen a metric, and submitted one more task.
        assertThat(run.submissions(WordsPlan.Write.class)).hasSize(3);
        assertThat(run.report().jobs())
                .extracting(JobReport::type)
                .startsWith("words.write", "words.count", "words.write", "words.count");
        assertThat(run.report().jobs().get(3).metric("words")).isEqualTo(5);
        assertThat(run.report().jobs().get(2).folder().resolve("text.txt")).hasContent("word\nword\nword\nword\nword");
    }

    @Test
    void run_again_executesNothing() {
        PlanRun first = runner().run(TWO);
        PlanRun again = runner().run(TWO);

        assertThat(first.executed()).containsExactlyInAnyOrderElementsOf(first.submissions());
        assertThat(again.executed()).isEmpty();
        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(again.report().jobs().get(3).metric("words")).isEqualTo(5);
    }

    @Test
    void generate_plan_writesTheFoldersOfItsJobs_andRunsNothing() {
        PlanRun run = runner().generate(TWO);

        assertThat(run.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(run.executed()).isEmpty();
        assertThat(run.submissions())
                .hasSize(4)
                .allSatisfy(each -> assertThat(Workspace.view(folder.resolve("workspace"))
                                .job(each.type(), each.id())
                                .parametersFile())
                        .isRegularFile());
    }

    @Test
    void run_withAClock_recordsItsTimes() {
        runner().clock(ManualClock.at(Instant.parse("2031-05-04T03:02:01Z"))).run(TWO);

        RunFolder run = Workspace.view(folder.resolve("workspace"))
                .experiment("test")
                .runs()
                .getLast();
        assertThat(run.path().resolve("run.json")).content().contains("2031-05-04T03:02:01");
    }

    @Test
    void run_jobsThatFinish_haveTheMetricsOfTheTest() {
        PlanRun run = runner().jobs(job -> job.type().equals("words.count")
                        ? JobBehavior.finishes().metric("words", 7)
                        : JobBehavior.finishes())
                .run(TWO);

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(run.submissions(WordsPlan.Write.class)).hasSize(3);
        assertThat(run.report().jobs().get(1).metric("words")).isEqualTo(7);
        assertThat(run.report().jobs().get(0).folder().resolve("text.txt")).doesNotExist();
    }

    @Test
    void run_jobThatFails_stopsThoseBehindItAndIsRunAgain() {
        PlanRun run = runner().jobs(job -> job.id().equals(WordsPlan.write(5).id())
                        ? JobBehavior.fails(FailureCause.OUT_OF_MEMORY)
                        : JobBehavior.executes())
                .run(TWO);

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.report().isComplete()).isFalse();
        assertThat(run.report().jobs())
                .extracting(JobReport::state)
                .containsExactly("done", "done", "failed", "skipped");
        assertThat(run.report().jobs().get(2).reason().orElseThrow()).contains("ran out of heap");
        assertThat(runner().run(TWO).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_taskThatThrowsOrForgetsAPath_failsAsItsProcessWould() {
        PlanRun run = PlanRunner.<String>of((xp, settings) -> {
                    xp.submit(WordsPlan.write(-1));
                    xp.submit(WordsPlan.write(13));
                })
                .workspace(folder)
                .run("");

        assertThat(run.report().jobs().get(0).reason().orElseThrow()).contains("There are no -1 words");
        assertThat(run.report().jobs().get(1).reason().orElseThrow()).contains("generated paths");
        assertThat(run.report().jobs().get(1).metricsSoFar()).containsEntry("written", 13.0);
    }

    @Test
    void run_jobsThatTakeTime_endInTheOrderOfTheClock() throws Exception {
        ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
        PlanRunner<WordsPlan.Settings> runner = runner().clock(clock)
                .concurrentJobs(2)
                .jobs(job -> {
                    boolean isLong = job.id().equals(WordsPlan.write(3).id());
                    return JobBehavior.executes().after(Duration.ofHours(isLong ? 2 : 1));
                });
        CompletableFuture<PlanRun> run = CompletableFuture.supplyAsync(() -> runner.run(TWO));
        Workspace workspace = Workspace.view(folder.resolve("workspace"));

        clock.awaitSleepers(2);
        clock.advance(Duration.ofHours(1));
        clock.awaitSleepers(2); // the first job continues, and the count of the other has begun
        assertThat(workspace
                        .job("words.write", WordsPlan.write(5).id())
                        .status()
                        .isActive())
                .isFalse();
        assertThat(workspace
                        .job("words.write", WordsPlan.write(3).id())
                        .status()
                        .isActive())
                .isTrue();
        while (!run.isDone()) {
            clock.advance(Duration.ofHours(1));
        }

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(clock.instant()).isAfterOrEqualTo(Instant.parse("2026-01-01T03:00:00Z"));
    }

    @Test
    void run_interrupted_cancelsTheJobThatRuns() throws Exception {
        ManualClock clock = ManualClock.at(Instant.EPOCH);
        PlanRunner<WordsPlan.Settings> runner =
                runner().clock(clock).jobs(job -> JobBehavior.executes().after(Duration.ofHours(2)));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                runner.run(TWO);
            } catch (PlanException stopped) {
                thrown.complete(stopped);
            }
        });

        clock.awaitSleepers(1);
        thread.interrupt();

        assertThat(thrown.get()).hasMessageContaining("interrupted");
        assertThat(runner().run(TWO).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_testThatThrowsForAJob_failsThatJob() {
        PlanRun run = runner().jobs(job -> {
                    if (job.id().equals(WordsPlan.write(3).id())) {
                        throw new AssertionError("not this one");
                    }
                    return JobBehavior.executes();
                })
                .run(TWO);

        assertThat(run.report().jobs())
                .extracting(JobReport::state)
                .containsExactly("failed", "skipped", "done", "done", "done");
        assertThat(run.report().jobs().getFirst().reason().orElseThrow()).contains("not this one");
    }

    @Test
    void run_taskThatIsInterruptedByItself_failsAndHasItsMarker() {
        PlanRun run = PlanRunner.<String>of((xp, settings) -> xp.submit(Config.of(new Interrupted())))
                .workspace(folder)
                .run("");

        assertThat(run.report().jobs().getFirst().reason().orElseThrow()).contains("still interrupted");
    }

    /** Throws, and leaves its thread interrupted. */
    @ConfigType("words.interrupted")
    record Interrupted() implements SelfTask<Interrupted> {
        @Override
        public void execute(TaskContext context) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("still interrupted");
        }
    }

    @Test
    void run_taskThatLetsItsInterruptThrough_isCancelled() {
        PlanRun run = PlanRunner.<String>of((xp, settings) -> xp.submit(Config.of(new Stopped())))
                .workspace(folder)
                .run("");

        JobReport job = run.report().jobs().getFirst();
        assertThat(Workspace.view(folder).job(job.type(), job.id()).status())
                .isInstanceOfSatisfying(
                        JobStatus.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(FailureCause.CANCELLED));
    }

    /** Is interrupted while it waits. */
    @ConfigType("words.stopped")
    record Stopped() implements SelfTask<Stopped> {
        @Override
        public void execute(TaskContext context) throws InterruptedException {
            Thread.currentThread().interrupt();
            Thread.sleep(Duration.ofHours(1));
        }
    }

    @Test
    void run_withoutAWorkspace_saysWhatToSet() {
        assertThatThrownBy(() -> PlanRunner.of(new WordsPlan()).run(TWO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("workspace(folder)");
        assertThatThrownBy(() -> PlanRunner.of(new WordsPlan()).generate(TWO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("workspace(folder)");
        assertThatThrownBy(() -> PlanRunner.of(new WordsPlan()).dryRun(TWO).report())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run(settings)");
    }

    @Test
    void metric_ofAJobThatDoesNotFinish_isRefused() {
        assertThatThrownBy(() -> JobBehavior.executes().metric("words", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JobBehavior.fails(FailureCause.PREEMPTED).metric("words", 1))
                .isInstanceOf(IllegalStateException.class);
    }
}
