package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Config;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.trial.FastClock;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Test;

/** Runs whose jobs go through a batch system, as it should be. */
final class BatchRunTest extends BatchRunFixture {
    // ---- as it should be ----

    @Test
    void run_planWithDependencies_isDone() throws Exception {
        RunResult result = lab.run((xp, settings) -> {
            Config<Written> a = xp.submit(lab.step("a"));
            Config<Written> b = xp.submit(lab.step("b"));
            xp.submit(lab.step("c", a, b));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(3);
        assertThat(Files.readString(lab.job("c").path().resolve("out.txt"))).isEqualTo("c<a><b>");
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(system.jobIds()).containsExactly("1", "2", "3");
        assertThat(lab.recorder().warnings()).isEmpty();
        assertThat(system.calls().cancels()).isEmpty();
    }

    @Test
    void run_aSecondTime_submitsNothing() throws Exception {
        lab.run(single());
        RunResult second = lab.run(single());

        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.executed()).isZero();
        assertThat(system.calls().submits()).hasSize(1);
    }

    @Test
    void run_manyEqualJobs_goAsFewArraysAndPolls() throws Exception {
        FastClock clock = new FastClock(10);
        lab.clock(clock);
        system.arrays(5).pollPeriod(Duration.ofSeconds(1));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            names.add("s" + i);
        }
        long start = clock.nanoTime();
        RunResult result = lab.run(all(names));
        long seconds = (clock.nanoTime() - start) / 1_000_000_000;

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(names.size());
        assertThat(lab.control().executions()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(system.calls().submits()).hasSizeLessThanOrEqualTo(6).allMatch(size -> size <= 5);
        assertThat(system.calls().submits().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(names.size());
        // One call for all jobs, and at most one in each period.
        assertThat(system.calls().polls()).hasSizeLessThanOrEqualTo((int) seconds + 2);
        assertThat(system.calls().polls()).anyMatch(jobs -> jobs > 5);
    }

    @Test
    void run_pendingJob_tellsWhatTheSystemSays() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it is told", () -> lab.recorder().statusChanged().contains("a PENDING (Priority)"));
        assertThat(lab.status("a").state()).isEqualTo(JobState.QUEUED);

        system.release();
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_taskThatThrows_failsWithItsOwnCause() throws Exception {
        lab.control().fail("a");
        RunResult result = lab.run(single());

        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().getFirst().status().findCause()).contains(FailureCause.EXCEPTION);
        assertThat(result.failures().getFirst().status().message()).contains("a was told to fail");
    }

    // ---- limits and mixtures ----

    @Test
    void run_launcherWithALimit_hasNotMoreJobsAtOnce() throws Exception {
        lab.launchers(TestLaunchers.finder(TestLaunchers.withLimit(launcher, 2)));
        List.of("a", "b", "c").forEach(lab.control()::hold);
        CompletableFuture<RunResult> run = lab.start(all(List.of("a", "b", "c")));
        lab.control().awaitExecution("a");
        lab.control().awaitExecution("b");
        assertThat(system.jobIds()).hasSize(2);
        assertThat(lab.recorder().changes()).doesNotContain("c RUNNING");
        List.of("a", "b", "c").forEach(lab.control()::release);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_planOnThisMachineAndElsewhere_isDone() throws Exception {
        lab.launchers(new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                return Placement.on(request.name().isEmpty() ? LauncherDefinition.local() : launcher);
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Optional.of(launcher).filter(found -> found.name().equals(name));
            }
        });
        RunResult result = lab.run((xp, settings) -> {
            Config<Written> a = xp.submit(lab.step("a"));
            Config<Written> b = xp.submit(lab.step("b", a), Launcher.named("farm"));
            xp.submit(lab.step("c", b));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b", "c");
        assertThat(system.jobIds()).hasSize(1);
    }
}
