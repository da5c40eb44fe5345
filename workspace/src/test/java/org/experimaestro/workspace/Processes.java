package org.experimaestro.workspace;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Real processes for tests, and waiting with a limit. */
public final class Processes {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Processes() {}

    /** A process that does nothing for a long time. */
    public static Process idle() throws IOException {
        return new ProcessBuilder("sleep", "1000").start();
    }

    /** A JVM like this one that runs a main class of the test class path. */
    public static Process java(Class<?> main, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    /** Kills without leave to say a word (SIGKILL), and waits until the process is gone. */
    public static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        await(process);
    }

    public static int await(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Process " + process.pid() + " does not end");
        }
        return process.exitValue();
    }

    /** Looks again and again until a condition holds. */
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
