package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.experimaestro.Config;
import org.experimaestro.Outcome;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.RunRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callbacks of plans in runs that go on otherwise than planned: a job is tried again, or somebody stops the run. */
@Timeout(120)
final class CallbacksRunTest extends RequestsFixture {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void onEnd_jobThatIsTriedAgain_endsAgain_andItsCallbackMaySubmit() throws Exception {
        lab.control().fail("a");
        lab.control().hold("other");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.onEnd(xp.submit(lab.step("a")), report -> {
                seen.add(report.state());
                if (report.outcome() == Outcome.DONE) {
                    xp.submit(lab.step("after"));
                }
            });
            xp.submit(lab.step("other"));
        });
        Poll.until("the failure is told", () -> seen.contains("failed"));
        lab.control().mend("a");
        assertThat(ask(new RunRequest.Retry(lab.job("a").name())).isAccepted()).isTrue();
        Poll.until("the second end is told", () -> seen.contains("done"));
        lab.control().release("other");

        assertThat(run.get().executed()).isEqualTo(3);
        assertThat(seen).containsExactly("failed", "done");
        assertThat(lab.control().executions()).contains("after");
    }

    @Test
    void stop_whileACallbackGoesOn_endsTheRunAndSubmitsNothing() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.onEnd(xp.submit(lab.step("a")), report -> {
            called.countDown();
            try {
                never.await();
            } catch (InterruptedException kept) {
                xp.submit(lab.step("b"));
            }
        }));
        called.await();
        ask(new RunRequest.Stop());

        assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void hold_keepsTheSchedulerFromItsEnd_andWhatIsSubmittedMeanwhileIsRun() throws Exception {
        try (ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
                Scheduler scheduler = new Scheduler(RunClock.SYSTEM, blocking)) {
            PlanHold hold = PlanHold.of(scheduler);
            Future<Void> end = scheduler.end();
            PlanHold other = PlanHold.of(scheduler); // a job as any other
            Job job = new Job(other, List.of());
            scheduler.submit(job, Scheduler.Found.TO_RUN);
            other.release();

            assertThat(job.end().get()).isEqualTo(Phase.DONE);
            assertThat(end.isDone()).isFalse();
            hold.release();
            end.get();
        }
    }

    @Test
    void callback_leavesAnInterruptionBehind_othersAreCalledAndTheRunEnds() throws Exception {
        RunResult run = lab.run((xp, settings) -> {
            Config<Written> a = xp.submit(lab.step("a"));
            xp.onEnd(a, report -> Thread.currentThread().interrupt());
            xp.onEnd(xp.submit(lab.step("b", a)), report -> seen.add(report.state()));
        });

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(seen).containsExactly("done");
    }
}
