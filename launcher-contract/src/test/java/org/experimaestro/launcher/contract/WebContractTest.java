package org.experimaestro.launcher.contract;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract holds for a system that is used over HTTP, without a shell. */
class WebContractTest extends BatchSystemContract {
    @TempDir
    private Path folder;

    private WebStation station;

    @BeforeEach
    void openStation() throws IOException {
        station = new WebStation(Files.createDirectory(folder.resolve("station")));
    }

    @AfterEach
    void closeStation() {
        station.close();
    }

    @Override
    protected Shell shell() {
        return new LocalShell();
    }

    @Override
    protected BatchSystem system() {
        return open(station.address());
    }

    /** Returns the system of a launcher file's entry. The shell is one that it must not use. */
    private static BatchSystem open(URI address) {
        LauncherDefinition definition = new LauncherDefinition(
                "station",
                "web",
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(),
                0,
                new TreeMap<>(Map.of(WebLauncherType.URL, address.toString())),
                List.of());
        return new WebLauncherType().open(definition, (script, limit) -> {
            throw new AssertionError("No shell is to be asked:\n" + script);
        });
    }

    /** Returns a system whose station no longer listens. */
    @Override
    protected BatchSystem unreachable() {
        try (WebStation gone = new WebStation(folder)) {
            return open(gone.address());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    protected int requests() {
        return station.requests();
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
