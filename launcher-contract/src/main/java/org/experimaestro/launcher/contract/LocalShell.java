package org.experimaestro.launcher.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/** This machine's {@code /bin/sh}, for tests. Thread-safe. */
public final class LocalShell implements Shell {
    private final Map<String, String> environment;

    /**
     * A shell.
     *
     * @param environment variables that are added to those of this process
     */
    public LocalShell(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        try {
            Path folder = Files.createTempDirectory("local-shell");
            try {
                return run(folder, script, limit);
            } finally {
                for (String name : List.of("script", "out", "err")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UnreachableException("This machine's shell cannot be used", failure);
        }
    }

    /** With files, not pipes: what a script leaves running in the background may hold its output open. */
    private Output run(Path folder, String script, Duration limit)
            throws IOException, UnreachableException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script"), script);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", file.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnreachableException("The script has not ended within " + limit);
            }
        } finally {
            process.destroyForcibly();
        }
        return new Output(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
