package org.experimaestro.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The logs of daemons, which outlive them in target/cluster-logs: for whoever looks for the cause of a failure. */
final class Logs {
    private static final Path KEPT = Path.of("target", "cluster-logs");

    private Logs() {}

    static void keep(Path logs, String name) {
        if (!Files.isDirectory(logs)) {
            return;
        }
        Path kept = KEPT.resolve(name);
        try (Stream<Path> files = Files.list(logs)) {
            Files.createDirectories(kept);
            for (Path file : files.toList()) {
                Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not copy the logs of " + logs + " to " + kept, failure);
        }
    }
}
