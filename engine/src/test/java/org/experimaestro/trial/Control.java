package org.experimaestro.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A folder through which a test talks with its jobs: {@code NAME.hold}, {@code NAME.fail}, and who was there. */
public record Control(Path folder) {
    private static final String LEDGER = "executions";

    /** For the job: tells that it is executed, waits while it is held, throws if it has to fail. */
    void pass(String name) throws IOException {
        // One write in append mode: lines of several processes do not mix (write(2), O_APPEND).
        Files.write(
                folder.resolve(LEDGER),
                (name + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        Path hold = folder.resolve(name + ".hold");
        // A job that is asked to end is interrupted.
        Poll.until("somebody lets go of " + name, () -> Thread.currentThread().isInterrupted() || !Files.exists(hold));
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException(name + " was interrupted");
        }
        if (Files.exists(folder.resolve(name + ".fail"))) {
            throw new IllegalStateException(name + " was told to fail");
        }
    }

    /** The job will wait in the middle. */
    public void hold(String name) {
        create(name + ".hold");
    }

    /** The job may go on. */
    public void release(String name) {
        delete(name + ".hold");
    }

    /** The job will throw. */
    public void fail(String name) {
        create(name + ".fail");
    }

    /** The job will not throw any more. */
    public void mend(String name) {
        delete(name + ".fail");
    }

    /** The names of the jobs that were executed, in the order of their starts. */
    public List<String> executions() {
        try {
            return Files.readAllLines(folder.resolve(LEDGER));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits for the execution of a job. */
    public void awaitExecution(String name) {
        Poll.until(name + " is executed", () -> executions().contains(name));
    }

    private void create(String name) {
        try {
            Files.writeString(folder.resolve(name), "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
