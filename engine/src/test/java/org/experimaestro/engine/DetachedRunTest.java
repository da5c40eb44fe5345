package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that leave their jobs to a batch system, and what others have done with these jobs before. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class DetachedRunTest {
    @TempDir
    Path folder;

    private Lab lab;
    private TestBatchSystem system;
    private LauncherDefinition launcher;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder);
        system = TestBatchSystem.create(folder.toString(), 4).dependencies();
        launcher = TestLaunchers.definition("farm", folder.toString());
        lab.launchers(TestLaunchers.finder(launcher));
    }

    @AfterEach
    void tearDown() {
        system.hold();
        lab.close();
    }

    @Test
    void detach_chain_isSubmittedAndRunsInItsOrder() throws Exception {
        system.hold();
        RunResult result = lab.detach(chain());
        assertThat(result.outcome()).isEqualTo(Outcome.SUBMITTED);
        assertThat(result.account().count(JobCount.LEFT)).isEqualTo(2);
        assertThat(system.after(jobId("b"))).containsExactly(jobId("a"));
        assertThat(lab.control().executions()).isEmpty();
        system.release();

        assertThat(lab.run(chain()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(system.jobIds()).hasSize(2);
    }

    @Test
    void detach_callbacks_areGivenTheEndsOfJobsThatAreDone() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        RunResult result = lab.detach((xp, settings) -> {
            xp.onEnd(xp.submit(lab.step("a")), report -> xp.submit(lab.step("b")));
            xp.onEnd(xp.submit(lab.step("c")), report -> xp.submit(lab.step("d")));
        });

        assertThat(result.account().jobs())
                .extracting(job -> Lab.name(job.task()))
                .containsExactly("a", "c", "b");
    }

    // ---- what no system takes ----

    @Test
    void detach_jobThatHoldsTokens_isRefusedBeforeAnyIsSubmitted() {
        assertThatThrownBy(() -> lab.detach((xp, settings) ->
                        xp.submit(lab.step("a"), Launcher.local().holding(xp.token("licence", 1)))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("Cannot leave the experiment to its launchers")
                .hasMessageContaining("holds tokens, which the plan's process takes before the job starts");
        assertThat(system.jobIds()).isEmpty();
    }

    @Test
    void detach_jobThatIsRefused_endsSo_andItsDependentsAreSkipped() throws Exception {
        system.refuse(lab.step("a").id().toString(), "no such account");
        RunResult result = lab.detach(chain());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure(result, "a").findCause()).contains(FailureCause.REFUSED);
        assertThat(result.skipped()).extracting(Lab::name).containsExactly("b");
        assertThat(lab.status("a").state()).isEqualTo(JobState.FAILED);
        assertThat(lab.status("a").findCause()).contains(FailureCause.REFUSED);
    }

    @Test
    void detach_launcherThatCannotBeUsed_endsTheAttempt() throws Exception {
        system.breakSubmit(LaunchException.of("there is no such thing").build());
        RunResult result = lab.detach(chain());

        assertThat(failure(result, "a").findCause()).contains(FailureCause.REFUSED);
        assertThat(failure(result, "a").message()).contains("there is no such thing");
        assertThat(result.skipped()).extracting(Lab::name).containsExactly("b");
        assertThat(lab.status("a").findCause()).contains(FailureCause.REFUSED);

        system.breakSubmit(null);
        assertThat(lab.detach(chain()).account().count(JobCount.LEFT)).isEqualTo(2);
    }

    @Test
    void detach_launcherTypeWithAMistake_endsTheAttempt() throws Exception {
        system.breakSubmit(new IllegalStateException("not thought of"));
        RunResult result = lab.detach(chain());

        assertThat(failure(result, "a").findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(failure(result, "a").message()).contains("launcher type test", "not thought of");
        assertThat(lab.status("a").state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void run_launcherTypeWithAMistake_endsTheAttempt() throws Exception {
        system.breakSubmit(new IllegalStateException("not thought of"));
        RunResult result = lab.run(chain());

        assertThat(failure(result, "a").message()).contains("launcher type test", "not thought of");
        assertThat(result.skipped()).hasSize(1);
        assertThat(lab.status("a").state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void detach_interrupted_givesItsAttemptsUp() throws Exception {
        system.submitOutage("no answer");
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread driver = Thread.ofPlatform().daemon().start(() -> {
            try {
                lab.detach(chain());
            } catch (InterruptedException stopped) {
                end.complete(stopped);
            }
        });
        Poll.until("it is tried", () -> !system.calls().submits().isEmpty());
        driver.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(lab.status("a").findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(lab.status("b").state()).isEqualTo(JobState.NEW);
    }

    // ---- what others have in their hands ----

    @Test
    void detach_dependencyThatAnotherRunHandsOver_isWaitedForByTheSystem() throws Exception {
        Attempt other = claimByAnother("a");
        CompletableFuture<RunResult> run = detachAside(chain());
        Poll.until("it is said", () -> lab.recorder().statusChanged().contains("a another run is starting it"));
        assertThat(run).isNotDone();
        other.recordBatchJob(new BatchJobReference("farm", TestBatchSystem.TYPE, "77", "", Instant.now()));

        assertThat(run.get().failures()).isEmpty();
        assertThat(run.get().account().count(JobCount.LEFT)).isEqualTo(2);
        assertThat(system.after(jobId("b"))).containsExactly("77");
        assertThat(system.jobIds()).hasSize(1);
    }

    @Test
    void detach_dependencyThatAnotherRunGivesUp_isHandedOverByThisOne() throws Exception {
        Attempt other = claimByAnother("a");
        CompletableFuture<RunResult> run = detachAside(chain());
        Poll.until("it is said", () -> lab.recorder().statusChanged().contains("a another run is starting it"));
        other.giveUp(ProcessIdentity.current(), "it was stopped");

        assertThat(run.get().account().count(JobCount.LEFT)).isEqualTo(2);
        assertThat(lab.job("a").status().lastAttempt()).hasValue(2);
        assertThat(system.after(jobId("b"))).containsExactly(jobId("a"));
    }

    @Test
    void detach_dependencyThatAnotherProcessRuns_isSaidClearly() throws Exception {
        Attempt other = claimByAnother("a");
        other.begin(ProcessIdentity.current(), 1);
        RunResult result = lab.detach(chain());

        assertThat(result.account().count(JobCount.LEFT)).isEqualTo(1);
        assertThat(result.failures()).hasSize(1);
        assertThat(failure(result, "b").findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(failure(result, "b").message())
                .contains(lab.job("a").name(), ProcessIdentity.current().toString(), "no launcher can wait for");
    }

    @Test
    void detach_dependencyOfAnotherSystem_isSaidClearly() throws Exception {
        TestBatchSystem.create(folder + "-other", 4).dependencies().hold();
        LauncherDefinition other = TestLaunchers.definition("other", folder + "-other");
        lab.launchers(TestLaunchers.named(launcher, other));
        lab.detach((xp, settings) -> xp.submit(lab.step("a"), Launcher.named("other")));
        RunResult result = lab.detach((xp, settings) ->
                xp.submit(lab.step("b", xp.submit(lab.step("a"), Launcher.named("farm"))), Launcher.named("farm")));

        assertThat(result.account().count(JobCount.LEFT)).isEqualTo(1);
        assertThat(failure(result, "b").findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(failure(result, "b").message()).contains("other 1", "the launcher farm cannot wait");
        assertThat(system.jobIds()).isEmpty();
    }

    @Test
    void detach_launcherWithoutAQueue_isRefusedBeforeAnythingIsHandedOver() {
        TestBatchSystem other = TestBatchSystem.create(folder + "-other", 4);
        lab.launchers(TestLaunchers.named(launcher, TestLaunchers.definition("other", folder + "-other")));
        assertThatThrownBy(() -> lab.detach((xp, settings) -> {
                    xp.submit(lab.step("a"), Launcher.named("farm"));
                    xp.submit(lab.step("b"), Launcher.named("other"));
                }))
                .hasMessageContaining("is for launcher other, which has no queue");
        assertThat(system.jobIds()).isEmpty();
        assertThat(other.jobIds()).isEmpty();
    }

    @Test
    void detach_jobsOfThisMachine_areRefusedAllAtOnce() {
        lab.launchers(TestLaunchers.finder(LauncherDefinition.local()));
        assertThatThrownBy(() -> lab.detach(chain()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("runs on this machine (launcher local)")
                .hasMessageContaining("; trial.step/");
    }

    // ---- helpers ----

    private ExperimentPlan<String> chain() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    private CompletableFuture<RunResult> detachAside(ExperimentPlan<String> plan) {
        CompletableFuture<RunResult> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(lab.detach(plan));
            } catch (InterruptedException | RuntimeException failed) {
                result.completeExceptionally(failed);
            }
        });
        return result;
    }

    // ---- what a plan sees ----

    @Test
    void report_detached_isSubmittedUnlessTheJobIsDone() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.measure("before", 3)));
        List<Outcome> outcomes = new ArrayList<>();
        lab.launchers(
                LauncherFinder.thisMachine()); // it cannot be left alone, which is said when the plan has returned
        assertThatThrownBy(() -> lab.detach((xp, settings) -> {
                    outcomes.add(xp.report(xp.submit(lab.measure("before", 3))).outcome());
                    outcomes.add(xp.report(xp.submit(lab.measure("new", 4))).outcome());
                }))
                .isInstanceOf(LaunchException.class);

        assertThat(outcomes).containsExactly(Outcome.DONE, Outcome.SUBMITTED);
    }

    /** As it was first. */
    @ConfigType("trial.drift")
    record First(@Default("0.4") double rate) implements SelfTask<First> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** With another default, and not a word about it. */
    @ConfigType("trial.drift")
    record Changed(@Default("0.75") double rate) implements SelfTask<Changed> {
        @Override
        public void execute(TaskContext context) {}
    }

    @Test
    void detach_doneJobHasAnotherDefault_isRefused() throws Exception {
        lab.run((xp, settings) -> xp.submit(Config.builder(First.class).build()));

        assertThatThrownBy(() -> lab.detach((xp, settings) ->
                        xp.submit(Config.builder(Changed.class).build())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the default of rate of trial.drift was 0.4 and is 0.75 now");
    }

    /** As another run does it that lives. */
    private Attempt claimByAnother(String name) throws Exception {
        lab.run(RunMode.DRY_RUN, chain());
        JobFolder job = lab.job(name);
        return ((Claim.Granted) job.claim(ProcessIdentity.current(), "other")).attempt();
    }

    private static JobStatus failure(RunResult result, String name) {
        List<JobStatus> found = result.failures().stream()
                .filter(failure -> Lab.name(failure.task()).equals(name))
                .map(RunAccount.Job::status)
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private String jobId(String name) {
        return lab.status(name).findBatchJob().orElseThrow().jobId();
    }
}
