package org.experimaestro.launcher.direct;

import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.launcher.contract.ShellBatchSystemContract;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a batch system holds for the plain processes of a host. */
class ProcessesContractTest extends ShellBatchSystemContract {
    @TempDir
    private Path folder;

    @Override
    protected Shell shell() {
        return new LocalShell();
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
        return Optional.of(Batch.of(batch.name(), batch.body(), "/dev/null/log", batch.placement()));
    }
}
