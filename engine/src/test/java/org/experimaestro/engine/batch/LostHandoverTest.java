package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attempts on a host that does not share the workspace, of which the next run knows less than there is. */
@Tag("thorough")
final class LostHandoverTest extends CopiedWorkspaceFixture {
    @Test
    void run_handoverWasLost_nextRunWaitsForTheAttemptThatRunsThere() throws Exception {
        loseAttemptOfA();

        CompletableFuture<RunResult> next = lab.start(chain());
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        assertThat(lab.recorder().warnings().getFirst()).contains("Attempt 1 of ", "still runs on farm on copy");
        lab.control().release("a");

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(lab.status("a").lastAttempt()).hasValue(1);
    }

    @Test
    void run_attemptThatWasReportedAsLost_nextRunWaitsIfItRunsThere() throws Exception {
        lab.control().hold("a");
        Thread driver = interruptible();
        lab.control().awaitExecution("a");
        driver.interrupt();
        driver.join();
        Files.deleteIfExists(lab.job("a").path().resolve(JobFolder.INTERNAL).resolve("process-1.json"));
        // As the run does when the batch system has lost a job that waited, and starts it all the same.
        assertThat(lab.job("a")
                        .attempt(1)
                        .refused(ProcessIdentity.current(), FailureCause.NODE_FAILURE, "its node has failed"))
                .isTrue();

        CompletableFuture<RunResult> next = lab.start(chain());
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        assertThat(lab.recorder().warnings().getFirst()).contains("Attempt 1 of ", "still runs on farm on copy");
        lab.control().release("a");

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(lab.status("a").lastAttempt()).hasValue(1);
    }

    @Test
    void run_handoverOfOneOfManyWasLost_othersDoNotWaitForIt() throws Exception {
        loseAttemptOfA();

        CompletableFuture<RunResult> next = lab.start(three());
        Poll.until(
                "the others are done",
                () -> lab.status("b").state() == JobState.DONE
                        && lab.status("c").state() == JobState.DONE);
        assertThat(next).isNotDone();
        lab.control().release("a");

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(lab.status("a").lastAttempt()).hasValue(1);
    }

    @Test
    void run_oneOfManyWasDoneThere_othersAreSubmittedAllTheSame() throws Exception {
        loseAttemptOfA();
        lab.control().release("a");
        Poll.until(
                "it is done there",
                () -> Files.exists(there.resolve(
                        lab.workspace().relativize(lab.job("a").path()) + "/" + JobFolder.INTERNAL + "/done.json")));

        RunResult next = lab.run(three());

        assertThat(next.outcome()).as(next.toString()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(lab.status("a").lastAttempt()).hasValue(1);
    }

    /** As if the run had died before it could store who has the job, and before anything was fetched. */
    private void loseAttemptOfA() throws Exception {
        lab.control().hold("a");
        Thread driver = interruptible();
        lab.control().awaitExecution("a");
        driver.interrupt();
        driver.join();
        Path own = lab.job("a").path().resolve(JobFolder.INTERNAL);
        Files.delete(own.resolve("handed-1.json"));
        Files.deleteIfExists(own.resolve("process-1.json"));
        Files.writeString(own.resolve("attempt-1.json"), ofADeadRun(own.resolve("attempt-1.json")));
    }

    private ExperimentPlan<String> three() {
        return all(List.of("a", "b", "c"));
    }

    private static String ofADeadRun(Path attempt) throws Exception {
        return Files.readString(attempt).replaceAll("\"pid\": \\d+", "\"pid\": 4194399");
    }
}
