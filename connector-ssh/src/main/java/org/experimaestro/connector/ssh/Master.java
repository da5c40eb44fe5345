package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.UnreachableException;

/**
 * A connection that many scripts share, held by an ssh(1) process in the background ({@code ControlMaster} of
 * ssh_config(5)). It is opened at its first use, and again after it was lost. Thread-safe.
 */
final class Master {
    /** The time after which an idle connection ends by itself, even if this process has crashed. */
    static final Duration IDLE = Duration.ofMinutes(10);

    private static final Duration OPEN_LIMIT = Duration.ofMinutes(2);
    private static final Duration TELL_LIMIT = Duration.ofSeconds(10);

    /**
     * The greatest length of the folder. A socket's path has about 104 bytes (sun_path of unix(7)), of which ssh
     * takes 17 for its own name.
     */
    private static final int LONGEST_FOLDER = 80;

    private final SshCommand command;
    private final Transport transport;
    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();

    private Master(SshCommand command, Transport transport, Path folder) {
        this.command = command;
        this.transport = transport;
        this.folder = folder;
    }

    /**
     * Creates a connection, which is not opened yet.
     *
     * @throws UnreachableException if there is no place for its socket
     */
    static Master create(SshCommand command, Transport transport) throws UnreachableException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            Path folder = Files.createTempDirectory("xp-ssh-", owner);
            if (folder.toString().length() > LONGEST_FOLDER) {
                Files.delete(folder);
                folder = Files.createTempDirectory(Path.of("/tmp"), "xp-ssh-", owner);
            }
            return new Master(command, transport, folder);
        } catch (IOException failed) {
            throw new UnreachableException(
                    "Cannot connect to " + transport.name()
                            + ": no folder can be made for the socket of its connection: " + failed.getMessage(),
                    failed);
        }
    }

    Path socket() {
        return folder.resolve("s");
    }

    /** Returns whether it was opened, and no loss was noticed since then. */
    boolean isOpen() {
        return Files.exists(socket());
    }

    /**
     * Opens the connection unless it is open.
     *
     * @param isAsking whether ssh may ask the user, on the terminal of this process
     */
    void ensureOpen(boolean isAsking) throws UnreachableException, InterruptedException {
        if (isOpen()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            if (!isOpen()) {
                open(isAsking);
            }
        } finally {
            lock.unlock();
        }
    }

    private void open(boolean isAsking) throws UnreachableException, InterruptedException {
        // A pipe is not used, because the process in the background would keep it open.
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command.open(this, isAsking))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        int exitCode;
        try {
            exitCode = CommandRun.run(builder, CommandRun.text(""), CommandRun::readText, OPEN_LIMIT)
                    .exitCode();
        } catch (TimeoutException late) {
            throw new UnreachableException(
                    "Cannot connect to " + transport.name() + " within " + OPEN_LIMIT.toSeconds() + " s"
                            + reason(errors).map(text -> ": " + text).orElse(""),
                    late);
        } catch (IOException failed) {
            throw new UnreachableException("Cannot start ssh: " + failed.getMessage(), failed);
        }
        if (exitCode != 0) {
            throw transport.trouble(reason(errors).orElse("ssh ended with exit code " + exitCode), false);
        }
    }

    private static Optional<String> reason(Path errors) {
        try {
            return Optional.of(Files.readString(errors)).filter(text -> !text.isBlank());
        } catch (IOException unreadable) {
            return Optional.of("the output of ssh cannot be read: " + unreadable.getMessage());
        }
    }

    /** Deletes the socket of a lost connection after a failure, so that the next connection is opened. */
    void heal() throws UnreachableException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (isOpen() && !tell("check")) {
                Files.deleteIfExists(socket());
            }
        } catch (IOException failed) {
            throw stuck(failed);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection, so that the next one is a new one. */
    void drop() throws UnreachableException, InterruptedException {
        lock.lockInterruptibly();
        try {
            exit();
        } catch (IOException failed) {
            throw stuck(failed);
        } finally {
            lock.unlock();
        }
    }

    private UnreachableException stuck(IOException failed) {
        return new UnreachableException(
                "Cannot connect to " + transport.name() + ": the socket of the lost connection cannot be deleted: "
                        + failed.getMessage(),
                failed);
    }

    private void exit() throws IOException, InterruptedException {
        if (isOpen()) {
            tell("exit");
        }
        Files.deleteIfExists(socket());
    }

    /** Ends the connection, and deletes its folder. */
    void close() {
        lock.lock();
        try {
            exit();
            Files.deleteIfExists(folder.resolve("errors"));
            Files.deleteIfExists(folder);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            System.getLogger(Master.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + folder + ": " + failed.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Sends a command to the process in the background, and returns whether it has answered. */
    private boolean tell(String what) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.tell(this, what))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            try {
                return process.waitFor(TELL_LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException failed) {
            return false;
        }
    }
}
