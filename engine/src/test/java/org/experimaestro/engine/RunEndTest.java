package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.RunMode;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestClock;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans that submit too late, throw, or are interrupted: what is run, and what is said of it. */
@Timeout(120)
final class RunEndTest extends LabFixture {
    /** Submits, in a thread that the plan does not wait for, after the plan has returned. */
    private ExperimentPlan<String> late(CompletableFuture<?> submission) {
        return (xp, settings) -> {
            Thread driver = Thread.currentThread();
            xp.submit(lab.step("early"));
            lab.control().hold("early");
            Thread.ofPlatform().daemon().start(() -> {
                Poll.until("the plan has returned", () -> !isInPlan(driver));
                try {
                    xp.submit(lab.step("late"));
                    submission.complete(null);
                } catch (PlanException refused) {
                    submission.completeExceptionally(refused);
                }
                lab.control().release("early");
            });
        };
    }

    private static boolean isInPlan(Thread driver) {
        return Arrays.stream(driver.getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains("RunEndTest$$Lambda")
                        || frame.getMethodName().startsWith("lambda$late"));
    }

    @Test
    void submit_afterThePlanHasReturned_isRefused_andTheRunFails() {
        CompletableFuture<Void> submission = new CompletableFuture<>();

        assertThatThrownBy(() -> lab.run(late(submission)))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll(
                        "Cannot submit trial.step", "the plan's method run has returned", "let run wait");
        assertThat(submission).isCompletedExceptionally();
        assertThat(lab.recorder().warnings()).singleElement().asString().contains("the plan's method run has returned");
        assertThat(lab.recorder().ends()).containsExactly("ended 1/1");
        assertThat(lab.control().executions()).containsExactly("early");
    }

    @ParameterizedTest
    @EnumSource(names = {"DRY_RUN", "GENERATE"})
    void submit_afterThePlanHasReturned_isRefusedInTheOtherModes(RunMode mode) throws Exception {
        AtomicReference<Experiment> kept = new AtomicReference<>();
        lab.run(mode, (xp, settings) -> kept.set(xp));

        assertThatThrownBy(() -> kept.get().submit(lab.step("late")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("has returned");
        assertThat(lab.recorder().ends()).containsExactly("ended 0/0");
    }

    @Test
    void submit_afterADetachedPlanHasReturned_isRefused() throws Exception {
        AtomicReference<Experiment> kept = new AtomicReference<>();
        lab.detach((xp, settings) -> kept.set(xp));

        assertThatThrownBy(() -> kept.get().submit(lab.step("late"))).hasMessageContaining("has returned");
    }

    @Test
    void submit_underWayWhenThePlanReturns_isWaitedFor() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        lab.listening(recorder -> new RunListener() {
            @Override
            public void warning(String text) {}

            @Override
            public void submitted(SubmittedTask task) {
                recorder.submitted(task);
                inside.countDown();
                await(go);
            }

            @Override
            public void changed(SubmittedTask task, Phase phase) {}
        });
        RunResult result = lab.run((xp, settings) -> {
            Thread driver = Thread.currentThread();
            Thread.ofPlatform().daemon().start(() -> xp.submit(lab.step("a")));
            inside.await();
            Thread.ofPlatform().daemon().start(() -> {
                Poll.until(
                        "the plan has returned",
                        () -> Arrays.stream(driver.getStackTrace())
                                .anyMatch(frame -> frame.getClassName().endsWith("SubmissionGate")));
                go.countDown();
            });
        });

        assertThat(result.total()).isEqualTo(1);
        assertThat(result.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void run_planThrows_accountsForEachJob() throws Exception {
        lab.slots(2).control().hold("running");
        lab.control().fail("bad");
        assertThatThrownBy(() -> lab.run((xp, settings) -> {
                    xp.await(xp.submit(lab.step("good")));
                    var bad = xp.submit(lab.step("bad"));
                    xp.submit(lab.step("skipped", bad));
                    xp.await(bad);
                    var running = xp.submit(lab.step("running"));
                    xp.submit(lab.step("waiting", running));
                    lab.control().awaitExecution("running");
                    throw new IllegalStateException("no idea");
                }))
                .isInstanceOf(PlanException.class);

        assertThat(lab.recorder().ends())
                .containsExactly("stopped, executed [good], failed [bad], skipped [skipped], left [running],"
                        + " not started [waiting]");
        Path run = Workspace.view(lab.workspace())
                .experiment("trial")
                .runs()
                .getLast()
                .path();
        assertThat(Files.readString(run.resolve("run.json")))
                .contains(
                        "\"STOPPED\"",
                        "\"executed\": 1",
                        "\"left\": [\"" + lab.job("running").name() + "\"]");
        lab.control().release("running");
    }

    @Test
    void run_planThrowsBeforeItsJobsHaveBegun_leavesNoneThatSeemsToRun() throws Exception {
        for (int i = 0; i < 10; i++) {
            String name = "job" + i;
            assertThatThrownBy(() -> lab.run((xp, settings) -> {
                        xp.submit(lab.step(name));
                        throw new IllegalStateException("no idea");
                    }))
                    .isInstanceOf(PlanException.class);

            String end = lab.recorder().ends().getFirst();
            if (end.contains("not started [" + name)) {
                assertThat(lab.status(name).isActive()).isFalse();
            } else if (end.contains("left [" + name)) {
                Poll.until(name + " is done", () -> lab.status(name).state() == JobState.DONE);
            } else {
                assertThat(end).contains("executed [" + name);
            }
        }
    }

    @Test
    void run_interrupted_accountsForEachJob() throws Exception {
        lab.control().hold("a");
        Thread driver = Thread.ofPlatform().daemon().start(() -> {
            try {
                lab.run((xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a")))));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        lab.control().awaitExecution("a");
        driver.interrupt();
        driver.join();

        assertThat(lab.recorder().ends()).containsExactly("stopped, left [a], not started [b]");
        lab.control().release("a");
    }

    @Test
    void run_interruptedWhileItWaitsForASubmission_accountsForEachJob() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        lab.control().hold("a");
        TestClock clock = new TestClock();
        lab.clock(clock);
        lab.listening(recorder -> new RunListener() {
            @Override
            public void warning(String text) {}

            @Override
            public void submitted(SubmittedTask task) {
                if (Lab.name(task).equals("b")) {
                    inside.countDown();
                    await(go);
                }
                recorder.submitted(task);
            }

            @Override
            public void changed(SubmittedTask task, Phase phase) {}

            @Override
            public void stopped(RunAccount account) {
                recorder.stopped(account);
            }
        });
        AtomicReference<Boolean> staysInterrupted = new AtomicReference<>();
        Thread driver = Thread.ofPlatform().daemon().start(() -> {
            try {
                lab.run((xp, settings) -> {
                    xp.submit(lab.step("a"));
                    Thread.ofPlatform().daemon().start(() -> submitTooLate(xp));
                    inside.await();
                    throw new IllegalStateException("no idea");
                });
            } catch (PlanException | InterruptedException thrown) {
                staysInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        Poll.until(
                "it waits for the submission",
                () -> Arrays.stream(driver.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("awaitLeft")));
        driver.interrupt();
        while (!driver.join(Duration.ofMillis(5))) {
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(lab.recorder().ends()).singleElement().asString().startsWith("stopped");
        assertThat(staysInterrupted).hasValue(true);
        go.countDown();
        lab.control().release("a");
    }

    /** Whether it succeeds depends on who comes first. */
    private void submitTooLate(Experiment xp) {
        try {
            xp.submit(lab.step("b"));
        } catch (ExperimaestroException late) {
            assertThat(late).hasMessageContaining("Cannot");
        }
    }

    @Test
    void run_planThrowsWhileOtherThreadsSubmit_countsWhatWasSubmitted() throws Exception {
        CompletableFuture<Integer> submitted = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        assertThatThrownBy(() -> lab.slots(1).run((xp, settings) -> {
                    Thread.ofPlatform().daemon().start(() -> {
                        int count = 0;
                        try {
                            while (true) {
                                xp.submit(lab.step("job" + count));
                                count++;
                                begun.countDown();
                            }
                        } catch (PlanException refused) {
                            submitted.complete(count);
                        }
                    });
                    begun.await();
                    throw new IllegalStateException("no idea");
                }))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no idea");

        int count = submitted.get();
        String end = lab.recorder().ends().getFirst();
        assertThat(end.chars().filter(character -> character == 'j').count()).isEqualTo(count);
    }

    @Test
    void await_ofAnotherThreadWhenTheRunHasEnded_throwsInsteadOfWaiting() throws Exception {
        lab.control().hold("a");
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        assertThatThrownBy(() -> lab.run((xp, settings) -> {
                    xp.submit(lab.step("a"));
                    Thread other = Thread.ofPlatform().daemon().start(() -> {
                        try {
                            xp.await();
                            waiting.complete(null);
                        } catch (InterruptedException | PlanException failed) {
                            waiting.completeExceptionally(failed);
                        }
                    });
                    Poll.until("it waits", () -> other.getState() == Thread.State.WAITING);
                    throw new IllegalStateException("no idea");
                }))
                .isInstanceOf(PlanException.class);

        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PlanException.class)
                .hasMessageContaining("the run has ended");
        lab.control().release("a");
    }

    @Test
    void report_throwsAfterAFailure_isToldBesideTheFailure() {
        lab.control().fail("bad");
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                xp.submit(lab.measure("bad", 1));
            }

            @Override
            public void report(Report report) {
                System.Logger.Level.valueOf(
                        String.valueOf(report.jobs().getFirst().metrics().get("value")));
            }
        };

        assertThatThrownBy(() -> lab.run(plan))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll("Some jobs are not done, and the report of", "ask its isComplete() first");
        assertThat(lab.recorder().ends()).containsExactly("ended 0/1");
    }
}
