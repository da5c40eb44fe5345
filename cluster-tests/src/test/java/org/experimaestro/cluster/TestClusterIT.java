package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster itself: it is what its description says, runs jobs, and gets over the trouble that tests make. */
@NeedsSlurm
class TestClusterIT {
    @TempDir
    private Path folder;

    private final TestCluster slurm = TestCluster.slurm();

    @Test
    void sinfo_newCluster_hasNodesAndPartitions() {
        assertThat(slurm.run("sinfo", "-hN", "-o", "%N %R %c %m %f %G %l").lines())
                .containsExactlyInAnyOrder(
                        "node1 short 4 4000 cpu (null) 2:00",
                        "node2 short 4 4000 gpu gpu:small:2 2:00",
                        "node2 long 4 4000 gpu gpu:small:2 1-00:00:00",
                        "node3 short 4 4000 gpu gpu:large:2 2:00",
                        "node3 long 4 4000 gpu gpu:large:2 1-00:00:00");
    }

    @Test
    void sbatch_failingJob_isAccountedFor() {
        Path out = folder.resolve("out.txt");
        String job = slurm.submit(
                "--gpus=large:1", "--output=" + out, "--wrap", "echo $SLURMD_NODENAME $CUDA_VISIBLE_DEVICES; exit 3");

        slurm.awaitState(job, "FAILED");

        assertThat(out).content().isEqualTo("node3 0\n");
        Await.until(
                "the accounting",
                Duration.ofSeconds(30),
                () -> slurm.output("sacct", "-nXP", "-j", job, "-o", "State,ExitCode")
                        .equals("FAILED|3:0"));
    }

    @Test
    void endNow_runningJob_isTimeout() {
        String job = slurm.submit("--output=/dev/null", "--wrap", "exec sleep 100");
        slurm.awaitState(job, "RUNNING");

        slurm.endNow(job);

        slurm.awaitState(job, "TIMEOUT");
    }

    @Test
    void setNodeDown_runningJob_isLost() {
        String job = slurm.submit("--no-requeue", "--nodelist=node2", "--output=/dev/null", "--wrap", "exec sleep 100");
        slurm.awaitState(job, "RUNNING");

        slurm.setNodeDown("node2");

        slurm.awaitState(job, "NODE_FAIL");
        slurm.setNodeUp("node2");
        assertThat(slurm.output("sinfo", "-h", "-n", "node2", "-p", "long", "-o", "%T"))
                .isEqualTo("idle");
    }

    @Test
    void stopController_runningJob_goesOn() {
        String job =
                slurm.submit("--output=/dev/null", "--wrap", "until [ -e '" + folder + "/go' ]; do sleep 0.1; done");
        slurm.awaitState(job, "RUNNING");

        slurm.stopController();
        assertThat(slurm.run("scontrol", "ping").exitCode()).isNotZero();
        slurm.startController();

        assertThat(slurm.state(job)).isEqualTo("RUNNING");
        assertThat(slurm.run("touch", folder.resolve("go").toString()).exitCode())
                .isZero();
        slurm.awaitState(job, "COMPLETED");
    }

    @Test
    void repair_controllerKilledOrPaused_worksAgain() {
        slurm.killController();
        slurm.repair();
        assertThat(slurm.run("squeue").exitCode()).isZero();

        slurm.pauseController();
        slurm.repair();
        assertThat(slurm.run("squeue").exitCode()).isZero();
    }

    @Test
    void clear_runningAndPendingJobs_areCancelled() {
        String running = slurm.submit("--output=/dev/null", "--wrap", "exec sleep 100");
        String pending = slurm.submit("--hold", "--output=/dev/null", "--wrap", "exec sleep 100");
        slurm.awaitState(running, "RUNNING");

        slurm.clear();

        assertThat(List.of(slurm.state(running), slurm.state(pending))).containsOnly("CANCELLED");
    }

    @Test
    void withoutAccounting_besideTheOther_hasJobsButNoSacct() {
        TestCluster other = TestCluster.withoutAccounting();
        String job = other.submit("--output=" + folder.resolve("other.txt"), "--wrap", "echo $SLURM_CONF");

        other.awaitState(job, "COMPLETED");

        assertThat(folder.resolve("other.txt"))
                .content()
                .startsWith(other.folder().toString());
        assertThat(other.run("sacct").err()).contains("Slurm accounting storage is disabled");
        assertThat(slurm.run("sacct").exitCode()).isZero();
    }

    @Test
    void commandFolder_slurmsCommands_areNotedAndReal() {
        CommandFolder commands = CommandFolder.ofSlurm(folder.resolve("bin"));
        commands.replace("sacct", "echo 'no database' >&2; exit 1");
        String script = "export PATH='" + commands.path() + "'; squeue -h -o '%i  %T'; sacct -X; scontrol ping";

        ProgramOutcome outcome = slurm.run("bash", "-c", script);

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEqualTo("no database\n");
        assertThat(outcome.out()).contains("is UP");
        assertThat(commands.calls()).containsExactly("squeue -h -o %i  %T", "sacct -X", "scontrol ping");
        assertThat(commands.calls("sacct")).containsExactly("sacct -X");
    }
}
