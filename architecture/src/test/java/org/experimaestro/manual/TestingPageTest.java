package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Outcome;
import org.experimaestro.testkit.DebugRun;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.ManualClock;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.PlanRunner;
import org.experimaestro.testkit.StoredIdentifiers;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.testkit.TestContext;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/testing.md shows. */
class TestingPageTest {
    @TempDir
    private Path folder;

    @Test
    void dryRun_squarePlan_submitsOneTask() {
        PlanRun run = PlanRunner.of(new SquarePlan()).dryRun(new SquarePlan.Settings(12));

        assertThat(run.submissions()).hasSize(1);
        TaskSubmission square = run.submissions(SquarePlan.Square.class).getFirst();
        assertThat(square.type()).isEqualTo("manual.square");
        assertThat(square.config().value()).isEqualTo(new SquarePlan.Square(12));
        assertThat(square.dependencies()).isEmpty();
        assertThat(square.requirement()).isEmpty();
    }

    @Test
    void square_ofTwelve_is144() throws Exception {
        TestContext context = TestContext.in(folder);

        new SquarePlan.Square(12).execute(context);

        assertThat(context.metrics()).containsEntry("square", 144.0);
    }

    @Test
    void identifiers_ofThePlan_areUnmoved() {
        PlanRun run = PlanRunner.of(new SquarePlan()).dryRun(new SquarePlan.Settings(12));

        StoredIdentifiers.in(Path.of("src/test/resources/identifiers/square.txt"))
                .assertUnmoved(run.tasksByName());
    }

    @Test
    void run_squarePlan_hasItsMetric() {
        PlanRun run = PlanRunner.of(new SquarePlan()).workspace(folder).run(new SquarePlan.Settings(12));

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(run.report().jobs().getFirst().metric("square")).isEqualTo(144);
    }

    @Test
    void run_jobOutOfMemory_isReported() {
        PlanRun run = PlanRunner.of(new SquarePlan())
                .workspace(folder)
                .jobs(job -> JobBehavior.fails(FailureCause.OUT_OF_MEMORY))
                .run(new SquarePlan.Settings(12));

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.report().jobs().getFirst().reason().orElseThrow()).contains("ran out of heap");
    }

    @Test
    void run_longJob_endsWhenTheClockSaysSo() throws Exception {
        ManualClock clock = ManualClock.at(Instant.EPOCH);
        PlanRunner<SquarePlan.Settings> runner = PlanRunner.of(new SquarePlan())
                .workspace(folder)
                .clock(clock)
                .jobs(job -> JobBehavior.finishes().metric("square", 1).after(Duration.ofHours(2)));

        CompletableFuture<PlanRun> run = CompletableFuture.supplyAsync(() -> runner.run(new SquarePlan.Settings(12)));
        clock.awaitSleepers(1);
        assertThat(run).isNotDone();
        clock.advance(Duration.ofHours(2));

        assertThat(run.get(1, TimeUnit.MINUTES).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void debugRun_oneJob_runsInThisProcess() throws Exception {
        Path workspace = folder.resolve("workspace");
        PlanRun run = PlanRunner.of(new SquarePlan()).workspace(workspace).run(new SquarePlan.Settings(12));
        String digits = run.submissions().getFirst().id().toString().substring(0, 8);

        TestContext context = DebugRun.of(workspace, digits).executeIn(folder.resolve("copy"));

        assertThat(context.metrics()).containsEntry("square", 144.0);
    }
}
