package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.trial.Lab;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs that a batch system does not take, or never starts. */
@Tag("thorough")
final class BatchRefusalTest extends BatchRunFixture {
    @Test
    void submit_refused_failsWithTheSystemsWords_andOthersGoOn() throws Exception {
        system.refuse(lab.step("a").id().toString(), "sbatch: error: invalid partition specified: nope");
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("b", xp.submit(lab.step("a"))));
            xp.submit(lab.step("c"));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().getFirst().status().findCause()).contains(FailureCause.REFUSED);
        assertThat(result.failures().getFirst().status().message()).contains("invalid partition specified: nope");
        assertThat(result.skipped()).extracting(Lab::name).containsExactly("b");
        assertThat(lab.status("c").state()).isEqualTo(JobState.DONE);
        assertThat(lab.status("a").findCause()).contains(FailureCause.REFUSED);
        assertThat(lab.control().executions()).containsExactly("c");
    }

    @Test
    void submit_arrayRefusedButSinglesAreNot_runsAll() throws Exception {
        system.arrays(10).refuseArrays("Invalid job array specification");
        RunResult result = lab.run(all(List.of("a", "b", "c", "d", "e")));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(system.jobIds()).hasSize(5);
    }

    @Test
    void submit_takenWithAWarning_isShownOnceForTheRun() throws Exception {
        system.warn("sbatch: warning: job %d gets fewer nodes");
        RunResult result = lab.run(all(List.of("a", "b", "c")));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.calls().submits()).hasSize(3);
        assertThat(lab.recorder().warnings())
                .singleElement()
                .asString()
                .contains("says: sbatch: warning: job ", " gets fewer nodes");
    }

    @Test
    void submit_arrayRefusedAndEachOfItToo_failsAllWithoutAskingForEach() throws Exception {
        system.arrays(10).refuse("", "no account");
        RunResult result = lab.run(all(List.of("a", "b", "c", "d", "e")));

        assertThat(result.failures())
                .hasSize(5)
                .allMatch(failure -> failure.status().message().contains("no account"));
        assertThat(system.calls().submits()).containsExactly(5, 1);
    }

    @Test
    void submit_answerNotUnderstood_refusesEachOnce_andNoneRuns() throws Exception {
        system.arrays(10).hold().answerOddly("Good morning; the system may have the job");
        RunResult result = lab.run(all(List.of("a", "b", "c", "d", "e")));

        assertThat(result.failures())
                .hasSize(5)
                .allMatch(failure -> failure.status().findCause().equals(Optional.of(FailureCause.REFUSED)))
                .allMatch(failure -> failure.status().message().contains("Good morning"));
        assertThat(system.calls().submits()).containsExactly(5);
        system.release();
        assertThat(system.jobIds())
                .allSatisfy(jobId -> assertThat(system.process(jobId).waitFor()).isEqualTo(3));
        assertThat(lab.control().executions()).isEmpty();
    }

    @Test
    void submit_mistakeWithOneBatch_failsThatOneAlone() throws Exception {
        system.arrays(2).breakSubmitOnce(new IllegalStateException("not thought of"));
        RunResult result = lab.run(all(List.of("a", "b", "c", "d")));

        assertThat(result.failures())
                .hasSizeBetween(1, 2)
                .allMatch(failure -> failure.status().message().contains("not thought of"));
        assertThat(lab.control().executions()).hasSize(4 - result.failures().size());
    }

    @Test
    void run_jobThatWouldWaitForEver_isCancelledAndRefused() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(chain());
        String jobId = jobId("a");
        system.say(jobId, BatchStatus.stuck("PENDING", "PartitionTimeLimit"));

        JobStatus status = run.get().failures().getFirst().status();
        assertThat(status.findCause()).contains(FailureCause.REFUSED);
        assertThat(status.message()).contains("PENDING (PartitionTimeLimit)");
        assertThat(system.calls().cancels()).containsExactly(jobId);
        assertThat(run.get().skipped()).hasSize(1);
        assertThat(lab.control().executions()).isEmpty();
    }
}
