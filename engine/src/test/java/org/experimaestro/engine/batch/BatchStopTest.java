package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that stop before their jobs, and those that find them. */
@Tag("thorough")
final class BatchStopTest extends BatchRunFixture {
    @Test
    void stop_beforeTheSystemHasTheJob_givesItUp_andTheNextRunRunsIt() throws Exception {
        system.submitOutage("no answer");
        Thread driver = drive(single());
        Poll.until("it is tried", () -> !system.calls().submits().isEmpty());
        stop(driver);
        JobStatus status = lab.status("a");
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(status.message()).contains("the run was stopped before");
        assertThat(lab.recorder().ends()).containsExactly("stopped, not started [a]");

        system.submitOutage(null);
        RunResult next = lab.run(single());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void stop_runningJob_goesOn_andTheNextRunWaitsForIt() throws Exception {
        lab.control().hold("a");
        Thread driver = drive(single());
        lab.control().awaitExecution("a");
        stop(driver);
        assertThat(lab.status("a").state()).isEqualTo(JobState.RUNNING);
        CompletableFuture<RunResult> next = lab.start(single());
        int polls = system.calls().polls().size();
        Poll.until("it is asked for", () -> system.calls().polls().size() > polls);
        lab.control().release("a");

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.get().executed()).isZero();
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(system.calls().submits()).hasSize(1);
    }

    @Test
    void stop_pendingJob_staysThere_andTheNextRunSeesItsEnd() throws Exception {
        system.hold();
        Thread driver = drive(single());
        String jobId = jobId("a");
        stop(driver);
        assertThat(lab.status("a").state()).isEqualTo(JobState.QUEUED);
        assertThat(lab.recorder().ends()).containsExactly("stopped, left [a], of which 0 run");
        CompletableFuture<RunResult> next = lab.start(single());
        Poll.until("it is told", () -> lab.recorder().statusChanged().contains("a PENDING (Priority)"));
        system.release();
        Poll.until("it ends", () -> !system.process(jobId).isAlive());

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.get().executed()).isZero();
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void stop_launcherIsNoLongerInTheFile_nextRunSaysSo_andWaitsForTheFiles() throws Exception {
        lab.control().hold("a");
        Thread driver = drive(single());
        lab.control().awaitExecution("a");
        stop(driver);
        lab.launchers(LauncherFinder.thisMachine());
        CompletableFuture<RunResult> next = lab.start(single());
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        assertThat(lab.recorder().warnings().getFirst())
                .contains("farm 1", "no such launcher", "waiting for its files");
        lab.control().release("a");

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.get().executed()).isZero();
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(lab.recorder().warnings()).hasSize(1);
    }

    @Test
    void run_twoRunsWantTheSameJob_itIsSubmittedOnce() throws Exception {
        CompletableFuture<RunResult> one = lab.start(chain());
        CompletableFuture<RunResult> two = lab.start(chain());

        assertThat(one.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(two.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(one.get().executed() + two.get().executed()).isEqualTo(2);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(system.jobIds()).hasSize(2);
    }
}
