package org.experimaestro.cluster;

import java.nio.file.Path;
import org.experimaestro.launcher.contract.ShellContract;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a shell holds for a host that is reached over a real ssh. */
@NeedsSshd
@Timeout(240)
class SshShellContractIT extends ShellContract {
    @TempDir
    private Path folder;

    private final Connector connector = TestSshServer.ssh().connect();

    @AfterEach
    void close() {
        connector.close();
    }

    @Override
    protected Shell shell() {
        return connector;
    }

    @Override
    protected String root() {
        return folder.toString();
    }
}
