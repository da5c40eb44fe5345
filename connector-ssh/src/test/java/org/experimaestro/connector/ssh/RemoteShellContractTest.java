package org.experimaestro.connector.ssh;

import java.nio.file.Path;
import org.experimaestro.launcher.contract.ShellContract;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a shell holds over a transport whose login shell prints a greeting. */
class RemoteShellContractTest extends ShellContract {
    @TempDir
    private Path folder;

    @Override
    protected Shell shell() {
        return new RemoteShell(new LocalTransport("echo Welcome; printf 'no line end' >&2"));
    }

    @Override
    protected String root() {
        return folder.toString();
    }
}
