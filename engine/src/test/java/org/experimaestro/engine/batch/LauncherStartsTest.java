package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.experimaestro.engine.RunResult;
import org.experimaestro.trial.FastClock;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestClock;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.Test;

/** A host without the Java of jobs is found by one job, and not by each. */
final class LauncherStartsTest extends BatchRunFixture {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private final TestClock clock = new TestClock();
    private final LauncherStarts starts = new LauncherStarts(clock);

    @Test
    void run_javaThatIsNotThere_isFoundByTheFirstJob() throws Exception {
        lab.launchers(
                TestLaunchers.finder(TestLaunchers.withLimit(TestLaunchers.withJava(launcher, "/no/such/java"), 1)));
        lab.clock(new FastClock(20));
        RunResult result = lab.run(all(NAMES));

        assertThat(system.calls().submits()).containsExactly(1);
        assertThat(result.failures().stream()
                        .map(failure -> failure.status().findCause().orElseThrow()))
                .containsExactlyInAnyOrder(
                        FailureCause.NOT_STARTED,
                        FailureCause.REFUSED,
                        FailureCause.REFUSED,
                        FailureCause.REFUSED,
                        FailureCause.REFUSED);
        assertThat(messages(result))
                .filteredOn(text -> text.contains("was not tried"))
                .hasSize(NAMES.size() - 1);
        assertThat(messages(result)).allMatch(text -> text.contains("/no/such/java"));
    }

    @Test
    void run_jobsThatWaitInTheBatchSystem_areCancelledAfterTheFirst() throws Exception {
        TestBatchSystem narrow = TestBatchSystem.create(folder + "-narrow", 1).arrays(NAMES.size());
        lab.launchers(TestLaunchers.finder(
                TestLaunchers.withJava(TestLaunchers.definition("narrow", folder + "-narrow"), "/no/such/java")));
        narrow.holdAfter(1);
        lab.clock(new FastClock(20));
        RunResult result = lab.run(all(NAMES));

        assertThat(result.failures()).hasSize(NAMES.size());
        assertThat(messages(result))
                .filteredOn(text -> text.contains("was not tried"))
                .hasSize(NAMES.size() - 1);
        assertThat(narrow.calls().cancels()).isNotEmpty();
    }

    @Test
    void findProblem_launcherOnWhichAJobHasStarted_hasNone() {
        starts.succeeded("farm");
        starts.failed("farm", "trial.step/1", "no Java");

        assertThat(starts.findProblem("farm")).isEmpty();
    }

    @Test
    void findProblem_jobStartsAfterAFailure_isNoneAnyMore() {
        starts.failed("farm", "trial.step/1", "no Java");
        assertThat(starts.findProblem("farm"))
                .hasValueSatisfying(words -> assertThat(words).contains("trial.step/1", "farm", "no Java"));
        assertThat(starts.findProblem("other")).isEmpty();

        starts.succeeded("farm");
        assertThat(starts.findProblem("farm")).isEmpty();
    }

    @Test
    void findProblem_afterAMinute_letsOneJobTryAgain() {
        starts.failed("farm", "trial.step/1", "no Java");
        clock.advance(LauncherStarts.PATIENCE.minus(Duration.ofNanos(1)));
        assertThat(starts.findProblem("farm")).isPresent();

        clock.advance(Duration.ofNanos(1));
        assertThat(starts.findProblem("farm")).isEmpty();
    }

    private static List<String> messages(RunResult result) {
        return result.failures().stream()
                .map(failure -> failure.status().message())
                .toList();
    }
}
