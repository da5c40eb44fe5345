package org.experimaestro.launcher.contract;

import java.nio.file.Path;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a shell holds for that of this machine. */
class LocalShellContractTest extends ShellContract {
    @TempDir
    private Path folder;

    @Override
    protected Shell shell() {
        return new LocalShell();
    }

    @Override
    protected String root() {
        return folder.toString();
    }
}
