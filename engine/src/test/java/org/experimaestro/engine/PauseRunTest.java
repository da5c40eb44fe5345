package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are paused and resumed by requests. */
@Timeout(120)
final class PauseRunTest extends RequestsFixture {
    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses().slots(1);
    }

    private boolean isPaused() {
        return folder().description().orElseThrow().has(RunFolder.PAUSED);
    }

    @Test
    void pause_startsNoJob_untilItIsResumed() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("b"));
        });
        lab.control().awaitExecution("a");
        assertThat(ask(new RunRequest.Pause()).message()).startsWith("no more jobs are started");
        assertThat(isPaused()).isTrue();
        ask(new RunRequest.Pause()); // once more changes nothing
        lab.control().release("a");
        Poll.until("a is done", () -> lab.recorder().changes().contains("a DONE"));
        ask(new RunRequest.Jobs(2)); // the scheduler answers after the end of a
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(folder().description().orElseThrow().integer(RunFolder.JOBS_HERE))
                .isEqualTo(2);
        assertThat(ask(new RunRequest.Resume()).isAccepted()).isTrue();
        assertThat(run.get().executed()).isEqualTo(2);
        assertThat(isPaused()).isFalse();
    }

    @Test
    void stop_whilePaused_leavesNoPauseBehind() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        ask(new RunRequest.Pause());
        assertThat(isPaused()).isTrue();
        ask(new RunRequest.Stop());
        Poll.until("it has stopped", run::isDone);
        assertThat(isPaused()).isFalse();
    }
}
