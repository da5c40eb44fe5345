package org.experimaestro.launcher.pbs;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.launcher.contract.ShellBatchSystemContract;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of a batch system holds for PBS, as far as its manuals tell how it behaves: {@code qsub}, {@code qstat} and
 * {@code qdel} are scripts made after these, which start real processes. No real PBS can be installed for tests.
 */
@Timeout(120)
class SimulatedPbsContractTest extends ShellBatchSystemContract {
    @TempDir
    private Path folder;

    @BeforeEach
    void startServer() throws IOException, URISyntaxException {
        Files.createDirectories(folder.resolve("server"));
        Path commands = Files.createDirectories(folder.resolve("commands"));
        for (String name : new String[] {"qsub", "qstat", "qdel", "execute"}) {
            Path command = Files.copy(
                    Path.of(Objects.requireNonNull(getClass().getResource("/pbs/" + name))
                            .toURI()),
                    commands.resolve(name));
            command.toFile().setExecutable(true);
        }
    }

    @Override
    protected Shell shell() {
        String environment = ShellText.exports(
                new TreeMap<>(Map.of("PBS_SIMULATED", folder.resolve("server").toString())));
        var shell = new LocalShell();
        return (script, limit) -> shell.run(environment + script, limit);
    }

    @Override
    protected BatchSystem system(Shell shell) {
        LauncherDefinition here = LauncherDefinition.local();
        var options = new TreeMap<>(Map.of("bin", folder.resolve("commands").toString()));
        return new PbsLauncherType()
                .open(
                        new LauncherDefinition(
                                "pbs",
                                "pbs",
                                here.connector(),
                                here.capacity(),
                                here.limit(),
                                here.environment(),
                                here.java(),
                                here.jdks(),
                                here.niceness(),
                                options,
                                here.directives()),
                        shell);
    }

    @Override
    protected String root() {
        return folder.toString();
    }

    @Override
    protected String unknownJobId() {
        return "987654.simulated";
    }

    @Override
    protected Optional<Batch> refused(Batch batch) {
        return Optional.of(batch.placement(
                batch.placement().toBuilder().partition("nosuch").build()));
    }
}
