package org.experimaestro.disturbance.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that runs. What it writes goes to files, since two pipes would need two readers. Not thread-safe. */
public final class Running implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    private Running(List<String> command, Process process, Path out, Path err) {
        this.command = command;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a command with exactly this environment and no standard input.
     *
     * @param folder the folder that it is called in
     * @param environment all its variables
     * @param command its words
     * @return the program that runs, to be closed
     */
    public static Running start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile("program", ".out");
            Path err = Files.createTempFile("program", ".err");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Running(command, builder.start(), out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not start " + command, failure);
        }
    }

    /**
     * The process: that of the JVM where a script becomes one.
     *
     * @return the process
     */
    public Process process() {
        return process;
    }

    /**
     * Returns the text that the process has written to standard output until now.
     *
     * @return the text
     */
    public String out() {
        return read(out);
    }

    /**
     * Returns the text that the process has written to standard error until now.
     *
     * @return the text
     */
    public String err() {
        return read(err);
    }

    /**
     * Returns the lines of its standard output until now that begin with a word.
     *
     * @param word the word
     * @return the lines
     */
    public List<String> lines(String word) {
        return out().lines().filter(line -> line.startsWith(word)).toList();
    }

    /**
     * Waits until it has written a text, to standard output or error.
     *
     * @param text the text
     * @param patience how long at most
     * @throws AssertionError when it has ended, or the time is over, without the text
     */
    public void awaitText(String text, Duration patience) {
        Await.until("the text \"" + text + "\" of " + this, patience, () -> {
            boolean alive = process.isAlive();
            boolean written = (out() + err()).contains(text);
            if (!written && !alive) {
                throw new AssertionError("No text \"" + text + "\", and it has ended: " + this);
            }
            return written;
        });
    }

    /** Interrupts it, as Ctrl-C does. */
    public void interrupt() {
        ProgramOutcome kill = start(
                        Path.of("/"), System.getenv(), List.of("kill", "-s", "INT", Long.toString(process.pid())))
                .finish(Duration.ofSeconds(10));
        if (kill.exitCode() != 0) {
            throw new AssertionError("Could not interrupt " + this + ": " + kill.err());
        }
    }

    /** Kills it, with no chance to do anything more, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        finish(Duration.ofSeconds(10));
    }

    /**
     * Waits for its end.
     *
     * @param patience how long at most
     * @return what it did
     * @throws AssertionError when the time is over; the process is killed then
     */
    public ProgramOutcome finish(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Not ended within " + patience + ": " + this);
            }
            return new ProgramOutcome(process.exitValue(), out(), err());
        } catch (InterruptedException interruption) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while this ran: " + this, interruption);
        }
    }

    /** Kills it if it still runs, and removes the files of its output. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not remove the output of " + command, failure);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\nstandard output:\n" + out() + "\nstandard error:\n" + err();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not read " + file, failure);
        }
    }
}
