package org.experimaestro.engine.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the ahead-of-time cache, by a process that does what a job does. */
final class Training {
    private static final String MAIN = "org.experimaestro.runtime.Rehearsal";

    private Training() {}

    static void run(Path cache, List<Path> classPath, long limit, TimeUnit unit)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("experimaestro-rehearsal");
        Path log = folder.resolve("rehearsal.log");
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:AOTCacheOutput=" + cache,
                            "-cp",
                            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                            MAIN,
                            folder.toString())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(limit, unit)) {
                process.destroyForcibly();
                throw new IOException("Making the cache took more than " + limit + " " + unit);
            }
            if (process.exitValue() != 0 || Files.size(cache) == 0) {
                throw new IOException("Making the cache failed: " + LogTail.of(log, 5));
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
