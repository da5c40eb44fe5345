package org.experimaestro.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.experimaestro.base.file.Folders;

/**
 * The main class of a process that makes an ahead-of-time cache (JEP 514) from a rehearsal, such as {@link Rehearsal}.
 * The process may outlive the run that started it. Not for users.
 */
public final class Training {
    private static final long LIMIT_SECONDS = 300;

    private Training() {}

    /**
     * Makes a cache for the class path of this process.
     *
     * @param arguments the cache's file, whose folder must exist; a file to delete at the end, also if the rehearsal
     *     fails; the main class of the rehearsal, whose argument is a folder for files; then the options of its JVM
     * @throws IOException if the rehearsal fails or takes more than 300 seconds; no cache is written then
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path cache = Path.of(arguments[0]);
        Path scratch = Files.createTempDirectory(cache.getParent(), ".training-");
        try {
            Path made = scratch.resolve("cache.aot");
            List<String> options = Arrays.asList(arguments).subList(3, arguments.length);
            rehearse(scratch, made, arguments[2], options);
            Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Folders.delete(scratch);
            Files.deleteIfExists(Path.of(arguments[1]));
        }
    }

    private static void rehearse(Path scratch, Path cache, String main, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main, scratch.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("rehearsal.log").toFile());
        // The user's files must neither change nor be changed by a rehearsal.
        for (String variable : List.of("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")) {
            builder.environment().put(variable, scratch.toString());
        }
        for (String variable : List.of("EXPERIMAESTRO_CONFIG", "EXPERIMAESTRO_WORKDIR")) {
            builder.environment().remove(variable);
        }
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("The rehearsal took more than " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0 || !Files.isRegularFile(cache)) {
            throw new IOException("The rehearsal made no cache; its exit code is " + process.exitValue());
        }
    }
}
