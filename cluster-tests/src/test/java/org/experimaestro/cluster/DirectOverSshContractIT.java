package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.launcher.contract.ShellBatchSystemContract;
import org.experimaestro.launcher.direct.DirectLauncherType;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a batch system holds for plain processes of a host that is reached over ssh. */
@NeedsSshd
class DirectOverSshContractIT extends ShellBatchSystemContract {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final TestSshServer server = TestSshServer.ssh();
    private final Connector connector = server.connect();

    @AfterEach
    void close() {
        connector.close();
    }

    @Override
    protected Shell shell() {
        return connector;
    }

    @Override
    protected BatchSystem system(Shell shell) {
        return new DirectLauncherType().open(LauncherDefinition.local(), shell);
    }

    @Override
    protected String root() {
        return folder.toString();
    }

    @Override
    protected String unknownJobId() {
        return "elsewhere:4000000:1:1:/nowhere/log-0";
    }

    @Override
    protected Optional<Batch> refused(Batch batch) {
        return Optional.of(withLog(batch, "/dev/null/log"));
    }

    private static Batch withLog(Batch batch, String log) {
        return Batch.of(batch.name(), batch.body(), log, batch.placement()).size(batch.size());
    }

    @Test
    void submit_connectionCut_jobGoesOn() throws Exception {
        Path go = folder.resolve("go");
        assertThat(shell().run("mkfifo " + ShellText.quote(go.toString()), LIMIT)
                        .isSuccess())
                .isTrue();
        Batch batch = Batch.of(
                "waits",
                "read line < " + ShellText.quote(go.toString()) + "; exit 6",
                folder.resolve("log").toString(),
                Placement.on(LauncherDefinition.local()));
        List<String> jobIds = system().submit(batch);

        server.cutConnections();

        Await.until("the connection to be open again", LIMIT, this::isReachable);
        assertThat(state(jobIds).phase()).isEqualTo(BatchStatus.Phase.RUNNING);
        Files.writeString(go, "go\n");
        BatchStatus status = state(jobIds);
        while (status.phase() != BatchStatus.Phase.ENDED) {
            status = state(jobIds);
        }
        assertThat(status.exitCode()).hasValue(6);
    }

    private boolean isReachable() {
        try {
            return shell().run("true", LIMIT).isSuccess();
        } catch (UnreachableException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private BatchStatus state(List<String> jobIds) throws Exception {
        return system().poll(jobIds, Instant.now()).values().iterator().next();
    }
}
