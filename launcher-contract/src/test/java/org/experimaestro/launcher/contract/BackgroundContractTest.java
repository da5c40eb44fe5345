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
class BackgroundContractTest extends BatchSystemContract {
    @TempDir
    private Path folder;

    @Override
    protected Shell shell() {
        return new LocalShell();
    }

    @Override
    protected BatchSystem system() {
        return new Background(folder + "/jobs");
    }

    @Override
    protected String root() {
        return folder.toString();
    }

    @Override
    protected String unknownHandle() {
        return UUID.randomUUID().toString();
    }

    @Override
    protected Optional<Batch> refused(Batch batch) {
        return Optional.of(new Batch(
                batch.name(),
                batch.size(),
                batch.body(),
                "/dev/null/log",
                batch.resources(),
                batch.partition(),
                batch.options(),
                batch.directives(),
                batch.after()));
    }
}
