package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.engine.RunResult;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Retries of jobs that are processes of this machine. */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class RetryProcessTest {
    @TempDir
    Path folder;

    private static Launcher vanished(String more) {
        return Launcher.local().retries(RetryPolicy.parse("vanished 2 after 0 s" + more));
    }

    private static long pid(Lab lab, int attempt) {
        Poll.until(
                "attempt " + attempt + " runs",
                () -> lab.find("a").map(job -> job.status()).orElse(new JobStatus.New())
                                instanceof JobStatus.Running running
                        && running.attempt() == attempt);
        return ((JobStatus.Running) lab.status("a")).process().pid();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Test
    void run_killedProcess_isTriedAgainAndItsDependentRuns() throws Exception {
        try (Lab lab = new Lab(folder)) {
            lab.control().hold("a");
            CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
                var written = xp.submit(lab.step("a"), vanished(""));
                xp.submit(lab.step("b", written));
            });
            long first = pid(lab, 1);
            // A process runs for a moment before its task does.
            Poll.until("the task begins", () -> lab.control().executions().size() == 1);
            kill(first);
            pid(lab, 2);
            lab.control().release("a");

            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
            assertThat(lab.control().executions()).containsExactly("a", "a", "b");
            assertThat(lab.job("a").attempt(2).record().origin().retry()).isEqualTo("attempt 2 of 3");
        }
    }

    @Test
    void run_jobBeyondItsTime_getsMoreTime() throws Exception {
        try (Lab lab = new Lab(folder)) {
            lab.launchers(TestLaunchers.finder(LauncherDefinition.local(), request -> {
                Alternative asked =
                        request.requirement().orElseThrow().alternatives().getFirst();
                return Placement.on(LauncherDefinition.local(), request).toBuilder()
                        .resources(new Resources(asked.duration(), 0, 0, new TreeMap<>(), false, new TreeSet<>()))
                        .build();
            }));
            lab.control().hold("a");
            CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(
                    lab.step("a"),
                    Launcher.find("duration=2 s").retries(RetryPolicy.parse("time_limit 1 x60 after 0 s"))));
            pid(lab, 2);
            lab.control().release("a");

            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
            assertThat(lab.job("a").attempt(2).record().origin().retry()).isEqualTo("attempt 2 of 2, time 2 s → 2 min");
        }
    }
}
