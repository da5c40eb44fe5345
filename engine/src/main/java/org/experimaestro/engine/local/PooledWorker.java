package org.experimaestro.engine.local;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.guard.Uninterrupted;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.WorkerConnection;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerMessage;
import org.jspecify.annotations.Nullable;

/**
 * A worker that this run has started: its process, and the connection to it. Confined to one thread at a time, except
 * {@link #disconnect}.
 */
final class PooledWorker {
    /** The longest path of a socket: 104 bytes with a final 0 on macOS, unix(4); 108 on Linux, unix(7). */
    private static final int LONGEST_SOCKET = 100;

    private static final String SOCKET = "w";
    private static final System.Logger LOGGER = System.getLogger(PooledWorker.class.getName());
    /** The time after the end of the process in which its last message is read; its children may keep the socket open. */
    private static final Duration LAST_MESSAGE = Duration.ofSeconds(2);

    private final WorkerFiles files;
    private final Process process;
    private final WorkerConnection connection;
    private long sequence;
    private long idleSince;

    private PooledWorker(WorkerFiles files, Process process, WorkerConnection connection) {
        this.files = files;
        this.process = process;
        this.connection = connection;
    }

    /** The maker of the process of a worker. */
    interface Starter {
        /** Returns the builder of a process that connects to this socket. */
        ProcessBuilder connectingTo(Path socket) throws IOException;
    }

    /**
     * Starts a worker, and waits until it is ready. Blocks.
     *
     * @param files its files
     * @param fresh the jars whose classes are new for each task
     * @param starter makes the process
     * @param clock the clock of the run
     * @throws IOException if it cannot be started, or ends before it is ready; the message then has the end of its log
     * @throws InterruptedException if this thread is interrupted; the process ends by itself
     */
    static PooledWorker start(WorkerFiles files, List<Path> fresh, Starter starter, RunClock clock)
            throws IOException, InterruptedException {
        Path folder = socketFolder();
        Path socket = folder.resolve(SOCKET);
        Process process = null;
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            process = starter.connectingTo(socket).start();
            var _ = process.onExit().thenRun(() -> close(server));
            PooledWorker worker = new PooledWorker(files, process, new WorkerConnection(server.accept()));
            var _ = process.onExit().thenRun(() -> clock.alarm(LAST_MESSAGE, worker::disconnect));
            worker.greet(fresh);
            return worker;
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted(); // else the caller could write nothing
            throw new InterruptedException("Interrupted while a worker was started");
        } catch (IOException | JsonException failed) {
            if (process == null) {
                throw failed;
            }
            process.destroyForcibly(); // it has ended, or has not said what a worker says
            throw new IOException(
                    "its worker ended before it was ready: "
                            + LocalEnd.exit(process.waitFor(), LocalEnd.tail(files.log())),
                    failed);
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    /** Makes a folder that only this user can enter, with a path that is short enough for a socket. */
    private static Path socketFolder() throws IOException {
        Path folder = Files.createTempDirectory("xpm");
        if (folder.resolve(SOCKET).toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET) {
            return folder;
        }
        Files.delete(folder);
        return Files.createTempDirectory(Path.of("/tmp"), "xpm");
    }

    private void greet(List<Path> fresh) throws IOException {
        connection.send(new WorkerMessage.Fresh(fresh));
        if (!(connection.receive() instanceof WorkerMessage.Ready)) {
            disconnect();
            throw new IOException("The worker is not ready");
        }
    }

    /** Returns whether its process has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the log of its process. */
    Path log() {
        return files.log();
    }

    /**
     * Gives it a task.
     *
     * @return false if the worker has gone, and the task was not begun
     * @throws ClosedByInterruptException if this thread is interrupted; the worker may have got the task, and ends
     */
    boolean send(Attempt attempt) throws ClosedByInterruptException {
        try {
            connection.send(WorkerMessage.Begin.of(++sequence, attempt));
            return true;
        } catch (ClosedByInterruptException stopped) {
            throw stopped;
        } catch (IOException broken) {
            disconnect();
            return false;
        }
    }

    /**
     * Waits for the end of the task. Blocks.
     *
     * @return the answer of the worker; {@code null} if the worker has gone, or has answered something else
     * @throws ClosedByInterruptException if this thread is interrupted; the worker goes on with its task, and then ends
     */
    WorkerMessage.@Nullable Over receive() throws ClosedByInterruptException {
        try {
            if (connection.receive() instanceof WorkerMessage.Over over && over.sequence() == sequence) {
                return over;
            }
        } catch (ClosedByInterruptException stopped) {
            throw stopped;
        } catch (IOException | JsonException broken) {
            LOGGER.log(System.Logger.Level.DEBUG, "The connection to a worker is broken", broken);
        }
        disconnect();
        return null;
    }

    /**
     * Waits for the end of its process. Blocks.
     *
     * @return the exit code
     * @throws InterruptedException if this thread is interrupted
     */
    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits for the end of its process, for so long at most, also if this thread is interrupted. */
    boolean awaitExit(Duration longest) {
        return Uninterrupted.await(longest, limit -> process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Returns the time since which it has waited for a task, by the clock of the run in nanoseconds. */
    long idleSince() {
        return idleSince;
    }

    void beginsToWait(long now) {
        idleSince = now;
    }

    /** Ends the connection. The worker finishes the task that it has, and ends. */
    void disconnect() {
        close(connection);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException left) {
            LOGGER.log(System.Logger.Level.DEBUG, "A socket cannot be closed", left);
        }
    }
}
