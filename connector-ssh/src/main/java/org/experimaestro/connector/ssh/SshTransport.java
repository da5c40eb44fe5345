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

/** A transport with the ssh(1) of this machine, over one connection. Thread-safe. */
final class SshTransport implements Transport, AutoCloseable {
    /**
     * The largest number of sessions. By default, a server lets ten sessions share a connection ({@code MaxSessions},
     * sshd_config(5)).
     */
    private static final int SESSIONS = 8;

    private final SshOptions options;
    private final Semaphore sessions = new Semaphore(SESSIONS, true);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean worked;
    private @Nullable SshCommand command;
    private @Nullable Master master;

    SshTransport(SshOptions options) {
        this.options = options;
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
            List<String> arguments;
            if (shared == null) {
                arguments = ssh.run(line);
            } else {
                shared.ensureOpen();
                arguments = ssh.run(shared, line);
            }
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

    @Override
    public void worked() {
        worked = true;
    }

    @Override
    public boolean hasWorked() {
        return worked;
    }

    @Override
    public UnreachableException trouble(String complaint, boolean begun) {
        return SshErrorClassifier.of(name(), SshCommand.login(options), complaint, begun, worked);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (master != null) {
                master.close();
                master = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
