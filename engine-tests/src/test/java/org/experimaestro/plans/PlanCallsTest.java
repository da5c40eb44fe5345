package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plan asks of its run, and what the run records of it. */
@Timeout(120)
final class PlanCallsTest extends PlanFixture {
    @Test
    void submit_byAnInterruptedThread_isRunAndLeavesItInterrupted() {
        AtomicBoolean interrupted = new AtomicBoolean();
        PlanRun run = run((xp, settings) -> {
            Thread thread = new Thread(() -> {
                Thread.currentThread().interrupt();
                xp.submit(step("b", xp.submit(step("a"))));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
            thread.join();
        });

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(names(run.executed())).containsExactly("a", "b");
        assertThat(interrupted).isTrue();
    }

    @Test
    void submit_sameTaskTwice_isOneJob() {
        PlanRun run = run((xp, settings) -> {
            Config<Step.Written> first = xp.submit(step("a"));
            Config<Step.Written> second = xp.submit(step("a"));
            xp.submit(step("b", first));
            xp.submit(step("b", second));
        });

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(names(run.submissions())).containsExactly("a", "b");
        assertThat(names(run.executed())).containsExactly("a", "b");
    }

    @Test
    void await_ofAnOutput_waitsForItAlone() {
        List<String> seen = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        fail("bad");
        PlanRun run = runner((xp, settings) -> {
                    Config<Step> fast = step("fast");
                    Config<Step> slow = step("slow");
                    Config<Step> bad = step("bad");
                    Config<Step.Written> written = xp.submit(fast);
                    xp.submit(slow);
                    Config<Step.Written> unwritten = xp.submit(bad);
                    seen.add(xp.await(written) + " " + status(fast).state());
                    seen.add(xp.await(unwritten) + " " + status(bad).state());
                    begun.await();
                    seen.add("slow " + status(slow).state());
                    release.countDown();
                    seen.add("all " + xp.await());
                })
                .concurrentJobs(3)
                .jobs(job -> name(job).equals("slow") ? held(begun, release) : JobBehavior.executes())
                .run("settings");

        assertThat(seen).containsExactly("DONE DONE", "FAILED FAILED", "slow RUNNING", "all FAILED");
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void run_reportThrows_saysThatTheJobsAreDone() {
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {}

            @Override
            public void report(Report report) {
                throw new IllegalStateException("no paper");
            }
        };

        assertThatThrownBy(() -> run(plan))
                .isInstanceOf(PlanException.class)
                .hasMessageMatching("(?s)PlanCallsTest.java:\\d+: The jobs are done, .*no paper.*");
    }

    @Test
    void run_isRecorded() throws Exception {
        runner((xp, settings) -> {
                    Config<Step.Written> a = xp.submit(step("a").tag("x", 1));
                    xp.submit(step("b", a));
                    assertThat(xp.name()).isEqualTo("trial");
                    assertThat(xp.arguments()).containsExactly("extra");
                    assertThat(xp.resultsFolder()).isDirectory();
                })
                .arguments("extra")
                .run("settings");

        RunFolder run = Workspace.view(workspace()).experiment("trial").runs().getLast();
        List<RunFolder.SubmittedJob> jobs = new ArrayList<>();
        run.readJobs(jobs::add);
        assertThat(jobs).extracting(job -> job.tags().toString()).containsExactly("{x=1}", "{x=1}");
        assertThat(jobs.get(1).dependencies()).containsExactly(job(step("a")).name());
        assertThat(Files.readString(run.path().resolve("run.json")))
                .contains("\"DONE\"", "\"executed\": 2")
                .doesNotContain("libraries");
    }
}
