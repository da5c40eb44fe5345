package org.experimaestro.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.experimaestro.launcher.contract.BatchSystemContract;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a batch system holds for Slurm. */
@NeedsSlurm
class SlurmContractIT extends BatchSystemContract {
    @TempDir
    private Path folder;

    private final TestCluster slurm = TestCluster.slurm();

    @Override
    protected Shell shell() {
        StringBuilder environment = new StringBuilder();
        slurm.environment()
                .forEach((name, value) -> environment
                        .append("export ")
                        .append(name)
                        .append('=')
                        .append(ShellText.quote(value))
                        .append('\n'));
        var shell = new LocalShell();
        return (script, limit) -> shell.run(environment + script, limit);
    }

    @Override
    protected BatchSystem system() {
        return ServiceLoader.load(LauncherType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(type -> type.name().equals("slurm"))
                .findFirst()
                .orElseThrow()
                .open(LauncherDefinition.local());
    }

    @Override
    protected String root() {
        return folder.toString();
    }

    @Override
    protected String unknownHandle() {
        return "987654";
    }

    @Override
    protected Optional<Batch> refused(Batch batch) {
        return Optional.of(new Batch(
                batch.name(),
                batch.size(),
                batch.body(),
                batch.log(),
                batch.resources(),
                Optional.of("nosuch"),
                batch.options(),
                List.of(),
                batch.after()));
    }
}
