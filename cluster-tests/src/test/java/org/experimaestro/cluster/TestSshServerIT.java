package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server itself: it lets in, runs commands, and gets over the trouble that tests make. */
@NeedsSlurm
@NeedsSshd
class TestSshServerIT {
    private static final int NO_CONNECTION = 255;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final TestSshServer ssh = TestSshServer.ssh();

    @Test
    void run_command_isRunThere() {
        ProgramOutcome outcome = ssh.run("echo", "$SSH_CONNECTION;", "exit", "3");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).startsWith("127.0.0.1 ");
    }

    @Test
    void run_commandOfSlurm_isOnTheCluster() {
        assertThat(ssh.run("echo", "$SLURM_CONF").lines())
                .containsExactly(TestCluster.slurm().environment().get("SLURM_CONF"));
        assertThat(ssh.run("scontrol", "ping").out()).contains("is UP");
    }

    @Test
    void cutConnections_runningCommand_losesItsConnection() {
        try (Running command = ssh.runInBackground("echo begun; exec sleep 100")) {
            command.awaitText("begun", PATIENCE);

            ssh.cutConnections();

            assertThat(command.finish(PATIENCE).exitCode()).isEqualTo(NO_CONNECTION);
        }
        assertThat(ssh.run("true").exitCode()).isZero();
    }

    @Test
    void stop_runningCommand_goesOnAndNobodyElseGetsIn() throws Exception {
        try (Running command =
                ssh.runInBackground("echo begun; until [ -e '" + folder + "/go' ]; do sleep 0.1; done")) {
            command.awaitText("begun", PATIENCE);

            ssh.stop();

            ProgramOutcome refused = ssh.run("true");
            assertThat(refused.exitCode()).isEqualTo(NO_CONNECTION);
            assertThat(refused.err()).contains("Connection refused");
            ssh.start();
            assertThat(ssh.run("true").exitCode()).isZero();
            Files.createFile(folder.resolve("go"));
            assertThat(command.finish(PATIENCE).exitCode()).isZero();
        }
    }

    @Test
    void changeHostKey_client_refusesUntilItIsRestored() {
        ssh.changeHostKey();

        ProgramOutcome refused = ssh.run("true");
        assertThat(refused.exitCode()).isEqualTo(NO_CONNECTION);
        assertThat(refused.err()).contains("REMOTE HOST IDENTIFICATION HAS CHANGED");

        ssh.restoreHostKey();
        assertThat(ssh.run("true").exitCode()).isZero();
    }

    @Test
    void repair_stoppedWithAnotherKey_worksAgain() {
        ssh.changeHostKey();
        ssh.stop();

        ssh.repair();

        assertThat(ssh.run("true").exitCode()).isZero();
    }
}
