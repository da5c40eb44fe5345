package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** A test that distinguishes the jars and folders of this installation from the user's, by their content. */
final class OwnJars {
    /** A file for each of our modules, which no other jar has. */
    static final List<String> MARKS = Stream.concat(
                    Stream.of("org/experimaestro/ExperimentPlan.class"),
                    Stream.of(
                                    "base/text",
                                    "requirement",
                                    "model",
                                    "processor",
                                    "core",
                                    "workspace",
                                    "runtime",
                                    "spi",
                                    "engine",
                                    "settings",
                                    "loader",
                                    "finder",
                                    "monitor",
                                    "table",
                                    "search",
                                    "web",
                                    "tui",
                                    "notify",
                                    "exchange",
                                    "copy",
                                    "testkit",
                                    "cli",
                                    "launcher/contract",
                                    "launcher/direct",
                                    "launcher/slurm",
                                    "launcher/pbs",
                                    "connector/ssh")
                            .map(module -> "org/experimaestro/" + module + "/package-info.class"))
            .toList();

    private OwnJars() {}

    static boolean contains(Path jarOrFolder) throws IOException {
        if (Files.isDirectory(jarOrFolder)) {
            return MARKS.stream().anyMatch(mark -> Files.exists(jarOrFolder.resolve(mark)));
        }
        if (!Files.isRegularFile(jarOrFolder)) {
            return false;
        }
        try (var jar = new ZipFile(jarOrFolder.toFile())) {
            return MARKS.stream().anyMatch(mark -> jar.getEntry(mark) != null);
        }
    }
}
