package org.experimaestro.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.experimaestro.launcher.contract.ShellBatchSystemContract;
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
class SlurmContractIT extends ShellBatchSystemContract {
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
    protected BatchSystem system(Shell shell) {
        return ServiceLoader.load(LauncherType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(type -> type.name().equals("slurm"))
                .findFirst()
                .orElseThrow()
                .open(LauncherDefinition.local(), shell);
    }

    @Override
    protected String root() {
        return folder.toString();
    }

    @Override
    protected String unknownJobId() {
        return "987654";
    }

    @Override
    protected Optional<Batch> refused(Batch batch) {
        return Optional.of(batch.placement(
                batch.placement().toBuilder().partition("nosuch").build()));
    }
}
