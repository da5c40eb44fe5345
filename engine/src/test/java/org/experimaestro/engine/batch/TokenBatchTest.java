package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.Token;
import org.experimaestro.engine.RunResult;
import org.experimaestro.trial.CopyConnector;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.junit.jupiter.api.Test;

/** Jobs of a batch system that hold tokens: the run takes them before it submits the job. */
final class TokenBatchTest extends BatchRunFixture {
    private ExperimentPlan<String> plan() {
        return (xp, settings) -> {
            Token licence = xp.token("licence", 1);
            for (String name : List.of("a", "b")) {
                xp.submit(lab.step(name), Launcher.local().holding(licence));
            }
        };
    }

    @Test
    void run_queuedJob_holdsItsTokenUntilItsEnd() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(plan());
        jobId("a");
        TokenFolder tokens = TokenFolder.of(lab.workspace());
        assertThat(tokens.read().holders("licence"))
                .extracting(TokenShare::job)
                .containsExactly(lab.job("a").name());
        assertThat(system.jobIds()).hasSize(1);
        system.release();

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(tokens.read().shares()).isEmpty();
    }

    @Test
    void run_hostWithACopyOfTheWorkspace_isRefused() throws Exception {
        lab.launchers(TestLaunchers.finder(
                TestLaunchers.withConnector(launcher, CopyConnector.to(folder.resolve("the other host's files")))));
        JobStatus status = lab.run(plan()).failures().getFirst().status();

        assertThat(status.findCause()).contains(FailureCause.REFUSED);
        assertThat(status.message()).contains("holds tokens", "has a copy of the workspace");
        assertThat(TokenFolder.of(lab.workspace()).read().shares()).isEmpty();
    }
}
