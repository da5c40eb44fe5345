package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestClock;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that become ready one after the other, and are submitted together. */
@Timeout(120)
@Tag("thorough")
final class GatheringTest extends BatchRunFixture {
    /** The threads that sleep: one each for requests, for polls after the first submission, and for the jobs that are collected. */
    private static final int SLEEPERS = 3;

    private final TestClock clock = new TestClock();

    @BeforeEach
    void setClock() {
        lab.clock(clock);
        system.arrays(10).pollPeriod(Duration.ofDays(1));
    }

    @Test
    void run_layersOfShortJobs_eachLayerIsOneCall() throws Exception {
        CompletableFuture<RunResult> run = lab.start(layers("a0", "a1", "a2"));
        // They are not held up by the jobs that wait for them.
        assertThat(passUntilSubmitted(3)).isLessThan(SubmissionBatcher.PATIENCE);

        for (String name : List.of("a0", "a1")) {
            lab.control().release(name);
            Poll.until("it is done", () -> lab.recorder().changes().contains(name + " DONE"));
            passQuietAsleep();
        }
        assertThat(system.calls().submits()).containsExactly(3);
        lab.control().release("a2");
        assertThat(passUntilSubmitted(6)).isLessThan(SubmissionBatcher.PATIENCE);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.calls().submits()).containsExactly(3, 3);
    }

    @Test
    void run_peersThatStayAway_areWaitedForNoLongerThanTheWindow() throws Exception {
        CompletableFuture<RunResult> run = lab.start(layers("a0", "a1"));
        passUntilSubmitted(2);
        lab.control().release("a0");
        Poll.until("it is done", () -> lab.recorder().changes().contains("a0 DONE"));
        passQuietAsleep();
        passUntilSubmitted(3);
        lab.control().release("a1");
        assertThat(passUntilSubmitted(4)).isLessThan(SubmissionBatcher.PATIENCE);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.calls().submits()).containsExactly(2, 1, 1);
    }

    @Test
    void run_jobsOfAChain_areNotDelayed() throws Exception {
        CompletableFuture<RunResult> run = lab.start((xp, settings) ->
                xp.submit(lab.step("c", xp.submit(lab.step("b", xp.submit(lab.step("a")))))));
        for (int jobs = 1; jobs <= 3; jobs++) {
            assertThat(passUntilSubmitted(jobs)).isLessThan(SubmissionBatcher.PATIENCE);
        }
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    /** It will be submitted in another way. */
    @Test
    void run_upcomingJobOfAnotherLauncher_isNotWaitedFor() throws Exception {
        lab.launchers(TestLaunchers.named(
                TestLaunchers.definition("north", folder.toString()),
                TestLaunchers.definition("south", folder.toString())));
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            Launcher north = Launcher.named("north");
            xp.submit(lab.step("b", xp.submit(lab.step("a"), north)), Launcher.named("south"));
            xp.submit(lab.step("d", xp.submit(lab.step("c"), north)), north);
        });
        passUntilSubmitted(2);
        assertThat(passUntilSubmitted(3)).isLessThan(SubmissionBatcher.PATIENCE);
        assertThat(lab.control().executions()).doesNotContain("b");
        lab.control().release("a");
        passUntilSubmitted(4);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    /** Jobs that are held, and for each one that waits for it. */
    private ExperimentPlan<String> layers(String... first) {
        List.of(first).forEach(lab.control()::hold);
        return (xp, settings) ->
                List.of(first).forEach(name -> xp.submit(lab.step(name.replace('a', 'b'), xp.submit(lab.step(name)))));
    }

    /** Lets pass more than the time of quiet; the thread that collects the jobs sleeps before and after it. */
    private void passQuietAsleep() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            clock.awaitSleepers(SLEEPERS);
            clock.advance(SubmissionBatcher.QUIET);
        }
        clock.awaitSleepers(SLEEPERS);
    }

    /** Returns how much time had to pass until so many jobs were submitted, after the next of them had come. */
    private Duration passUntilSubmitted(int jobs) throws InterruptedException {
        clock.awaitSleepers(system.jobIds().isEmpty() ? SLEEPERS - 1 : SLEEPERS);
        Instant start = clock.instant();
        Poll.until(jobs + " jobs are submitted", () -> {
            clock.advance(SubmissionBatcher.QUIET.dividedBy(50));
            return system.jobIds().size() >= jobs;
        });
        return Duration.between(start, clock.instant());
    }
}
