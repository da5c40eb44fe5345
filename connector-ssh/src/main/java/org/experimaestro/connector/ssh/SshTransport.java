package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/**
 * A transport with the ssh(1) of this machine, over one connection. Once it is closed, a script opens another one, and no port is
 * forwarded any more. Thread-safe.
 */
final class SshTransport implements Transport, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(SshTransport.class.getName());

    /**
     * The largest number of sessions. By default, a server lets ten sessions share a connection ({@code MaxSessions},
     * sshd_config(5)).
     */
    private static final int SESSIONS = 8;

    /** The time in which a user answers the questions of ssh; servers end a login after two minutes by themselves. */
    private static final Duration LOGIN_LIMIT = Duration.ofMinutes(2);

    private static final Duration FORWARD_LIMIT = Duration.ofSeconds(20);

    private final SshOptions options;
    private final boolean isWatched;
    private final Semaphore sessions = new Semaphore(SESSIONS, true);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean worked;
    private volatile boolean isAsking;
    private @Nullable SshCommand command;
    private @Nullable Master master;
    private boolean isClosed;

    /**
     * Creates a transport without a connection.
     *
     * @param options the host
     * @param isWatched whether a person looks on: then a refused login is that person's matter also after an earlier one
     *     has worked, because tries without a password would look like an attack
     */
    SshTransport(SshOptions options, boolean isWatched) {
        this.options = options;
        this.isWatched = isWatched;
    }

    @Override
    public String name() {
        return options.name().equals(options.host()) ? options.host() : options.name() + " (" + options.host() + ")";
    }

    @Override
    public <T> CommandRun.Result<T> exchange(
            String line, CommandRun.Input input, CommandRun.Output<T> output, Duration limit)
            throws IOException, TimeoutException, UnreachableException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        if (!sessions.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        try {
            SshCommand ssh = command();
            Master shared = master(ssh);
            List<String> arguments = arguments(ssh, shared, line);
            boolean lost = true;
            try {
                CommandRun.Result<T> result = CommandRun.run(
                        new ProcessBuilder(arguments), input, output, Duration.ofNanos(deadline - System.nanoTime()));
                lost = result.exitCode() == FAILED;
                return result;
            } catch (TimeoutException late) {
                // The connection may be intact; otherwise its own process detects the loss.
                lost = false;
                throw late;
            } finally {
                if (lost && shared != null) {
                    shared.heal();
                }
            }
        } finally {
            sessions.release();
        }
    }

    private static List<String> arguments(SshCommand ssh, @Nullable Master shared, String line)
            throws UnreachableException, InterruptedException {
        if (shared == null) {
            return ssh.run(false, line);
        }
        shared.ensureOpen(false);
        return ssh.run(shared, line);
    }

    @Override
    public Process start(String line) throws IOException, UnreachableException, InterruptedException {
        SshCommand ssh = command();
        return new ProcessBuilder(arguments(ssh, master(ssh), line)).start();
    }

    /**
     * Logs in. Until it has, ssh may ask the user for a password, or about the key of the host, on the terminal of this
     * process.
     *
     * @throws UnreachableException if there is no connection
     */
    void logIn() throws UnreachableException, InterruptedException {
        SshCommand ssh = command();
        Master shared = master(ssh);
        isAsking = true;
        try {
            if (shared == null) {
                logIn(ssh);
            } else {
                shared.ensureOpen(true);
            }
        } finally {
            isAsking = false;
        }
    }

    /** Logs in where the user's configuration shares connections, which keeps this one for the commands that follow. */
    private void logIn(SshCommand ssh) throws UnreachableException, InterruptedException {
        try {
            CommandRun.Result<String> result = CommandRun.run(
                    new ProcessBuilder(ssh.run(true, "exit 0")),
                    CommandRun.text(""),
                    CommandRun::readText,
                    LOGIN_LIMIT);
            if (result.exitCode() == FAILED) {
                throw trouble(result.err(), false);
            }
        } catch (IOException failed) {
            throw new UnreachableException("Cannot start ssh: " + failed.getMessage(), failed);
        } catch (TimeoutException late) {
            throw new UnreachableException(
                    "Cannot connect to " + name() + " within " + LOGIN_LIMIT.toSeconds() + " s", late);
        }
    }

    /**
     * Has the shared connection forward a port of this machine's loopback to one of the host's.
     *
     * @return the end of ssh, with exit code 0 if it has done so
     * @throws UnreachableException if there is no connection, or this transport is closed: a forward has no end of its own
     */
    CommandRun.Result<String> forward(int local, int remote) throws UnreachableException, InterruptedException {
        SshCommand ssh = command();
        Master shared;
        lock.lockInterruptibly();
        try {
            requireOpen();
            shared = master(ssh);
        } finally {
            lock.unlock();
        }
        if (shared != null) {
            shared.ensureOpen(false);
        }
        return forward(ssh, shared, "forward", local, remote);
    }

    /**
     * Has the shared connection forward a port no more. No connection is opened for it: with one that is lost, its forwards
     * have ended. Also once this transport is closed, because a connection of the user goes on.
     */
    void endForward(int local, int remote) throws InterruptedException {
        SshCommand ssh;
        Master shared;
        lock.lockInterruptibly();
        try {
            ssh = command;
            shared = master;
        } finally {
            lock.unlock();
        }
        if (ssh == null || !ssh.userShares() && (shared == null || !shared.isOpen())) {
            return;
        }
        try {
            var _ = forward(ssh, shared, "cancel", local, remote);
        } catch (UnreachableException gone) {
            LOGGER.log(System.Logger.Level.DEBUG, "Cannot end a forward", gone);
        }
    }

    /**
     * Returns whether the connection is one of the user, which goes on when this transport is closed.
     *
     * @return false also before the first use
     */
    boolean isOfUser() {
        lock.lock();
        try {
            return command != null && command.userShares();
        } finally {
            lock.unlock();
        }
    }

    private CommandRun.Result<String> forward(
            SshCommand ssh, @Nullable Master shared, String what, int local, int remote)
            throws UnreachableException, InterruptedException {
        try {
            return CommandRun.run(
                    new ProcessBuilder(ssh.forward(shared, what, local, remote)),
                    CommandRun.text(""),
                    CommandRun::readText,
                    FORWARD_LIMIT);
        } catch (IOException failed) {
            throw new UnreachableException("Cannot start ssh: " + failed.getMessage(), failed);
        } catch (TimeoutException late) {
            throw new UnreachableException(
                    "Cannot forward a port of " + name() + " within " + FORWARD_LIMIT.toSeconds() + " s", late);
        }
    }

    /** Ends the connection that scripts share, unless it is the user's, so that the next script opens a new one. */
    void drop() throws UnreachableException, InterruptedException {
        Master shared;
        lock.lockInterruptibly();
        try {
            shared = master;
        } finally {
            lock.unlock();
        }
        if (shared != null) {
            shared.drop();
        }
    }

    private SshCommand command() throws UnreachableException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (command == null) {
                command = SshCommand.of(options);
            }
            return command;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Master master(SshCommand ssh) throws UnreachableException, InterruptedException {
        if (ssh.userShares()) {
            return null;
        }
        lock.lockInterruptibly();
        try {
            if (master == null) {
                master = Master.create(ssh, this);
            }
            return master;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws UnreachableException {
        if (isClosed) {
            throw new UnreachableException("Cannot forward a port of " + name() + ": its connection was closed here");
        }
    }

    @Override
    public void worked() {
        worked = !isWatched;
    }

    @Override
    public boolean hasWorked() {
        return worked;
    }

    @Override
    public UnreachableException trouble(String complaint, boolean begun) {
        return SshErrorClassifier.of(name(), SshCommand.login(options), complaint, begun, worked, isAsking);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            if (master != null) {
                master.close();
                master = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
