package org.experimaestro.launcher.contract;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.io.TempDir;

/** The contract holds for the smallest batch system. */
class BackgroundContractTest extends ShellBatchSystemContract {
    @TempDir
    private Path folder;

    @Override
    protected Shell shell() {
        return new LocalShell();
    }

    @Override
    protected BatchSystem system(Shell shell) {
        return new Background(shell, folder + "/jobs");
    }

    @Override
    protected String root() {
        return folder.toString();
    }

    @Override
    protected String unknownJobId() {
        return UUID.randomUUID().toString();
    }

    @Override
    protected Optional<Batch> refused(Batch batch) {
        return Optional.of(Batch.of(batch.name(), batch.body(), "/dev/null/log", batch.placement()));
    }
}
