package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a plan whose jobs are on another host, over a real ssh. No job is run twice. */
@NeedsSlurm
@NeedsSshd
@Timeout(240)
class SshRunIT {
    @TempDir
    private Path folder;

    private RemotePlan plan;

    @BeforeEach
    void copyPlan() throws IOException {
        plan = new RemotePlan(folder);
    }

    @Test
    void direct_sharedWorkspace_jobsAreRunOnce() throws IOException {
        plan.direct("workspace: shared");
        assertIsRunOnce();
    }

    @Test
    void direct_copiedWorkspace_resultsAreHereAsAfterALocalRun() throws IOException {
        plan.direct(copied());
        assertIsRunOnce();
        assertThat(plan.call("jobs", "list").lines())
                .hasSize(4)
                .satisfiesOnlyOnce(line -> assertThat(line).startsWith("done").contains("remote.join", "parts=2"));
        assertThat(plan.call("jobs", "list", "--tags", "parts=2", "--json").out())
                .contains("\"length\":6", "\"attempt\":1,");
    }

    @Test
    void slurm_sharedWorkspace_jobsAreRunOnce() throws IOException {
        plan.slurm("workspace: shared");
        assertIsRunOnce();
    }

    @Test
    void slurm_copiedWorkspace_jobsAreRunOnce() throws IOException {
        plan.slurm(copied());
        assertIsRunOnce();
    }

    @Test
    void slurm_copiedWorkspaceDetached_nextRunFetchesTheResults() throws IOException {
        plan.slurm(copied());
        ProgramOutcome left = plan.runDetached();
        assertThat(left.out()).as(left.toString()).contains("3 jobs: 0 executed, 0 done before; 3 left.");
        plan.awaitExecutions(3);

        ProgramOutcome next = plan.run();
        assertThat(next.out())
                .as(next.toString())
                .contains("3 jobs: 0 executed, 3 executed by another run, 0 done before.");
        assertThat(plan.read("remote.join", "joined.txt")).containsExactly("<0><1>");
        assertThat(plan.executions()).containsExactly("join", "write 0", "write 1");
    }

    private void assertIsRunOnce() {
        ProgramOutcome first = plan.run();
        assertThat(first.out()).as(first.toString()).contains("3 jobs: 3 executed, 0 done before.");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).doesNotContain("Warning");
        assertThat(plan.read("remote.join", "joined.txt")).containsExactly("<0><1>");
        assertThat(plan.read("remote.join", ".experimaestro/done.json"))
                .satisfiesExactly(done -> assertThat(done).contains("\"length\": 6"));

        ProgramOutcome second = plan.run();
        assertThat(second.out()).as(second.toString()).contains("3 jobs: 0 executed, 3 done before.");
        assertThat(plan.executions()).containsExactly("join", "write 0", "write 1");
    }

    private String copied() throws IOException {
        return RemotePlan.copiedTo(folder.resolve("files of the host"));
    }
}
