package org.experimaestro.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A plan's process, started as from a terminal: in a process group of its own. */
public final class Driver implements AutoCloseable {
    private final Process process;

    private Driver(Process process) {
        this.process = process;
    }

    /** Starts a process that runs a chain of steps. */
    public static Driver start(Lab lab, String... names) {
        return start(lab, Map.of(), names);
    }

    /** The same with more environment variables. */
    public static Driver start(Lab lab, Map<String, String> environment, String... names) {
        List<String> command = new ArrayList<>();
        // A shell that runs things in the background lets its children ignore SIGINT, and nohup SIGHUP; a terminal
        // does not.
        command.addAll(List.of("setsid", "env", "--default-signal=INT,HUP"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DriverMain.class.getName(), lab.folder().toString()));
        command.addAll(List.of(names));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(environment);
            return new Driver(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** What Ctrl-C does: SIGINT for all of the process group. */
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** Sends a signal to all of the process group, and waits for the end. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "--", "-" + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        exitCode();
    }

    /** Waits for the end. */
    public int exitCode() {
        try {
            if (process.waitFor(2, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("The plan's process does not end");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
