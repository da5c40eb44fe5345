package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.UnreachableException;

/**
 * A transport to this machine: it runs a host's commands in a login shell that first runs the test's own commands.
 */
final class LocalTransport implements Transport {
    private final String startUp;
    private final String shell;
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile boolean worked;

    LocalTransport() {
        this("");
    }

    /** Creates a transport whose login shell has these commands in its start-up file. */
    LocalTransport(String startUp) {
        this(startUp, "sh");
    }

    /**
     * Creates a transport with another login shell, which also runs for {@code sh}. With bash, start-up commands can
     * export functions.
     */
    LocalTransport(String startUp, String shell) {
        this.startUp = startUp;
        this.shell = shell;
    }

    /** Returns the number of commands that were run. */
    int exchanges() {
        return exchanges.get();
    }

    @Override
    public String name() {
        return "elsewhere";
    }

    @Override
    public <T> CommandRun.Result<T> exchange(
            String command, CommandRun.Input input, CommandRun.Output<T> output, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        exchanges.incrementAndGet();
        return CommandRun.run(login(command), input, output, limit);
    }

    @Override
    public Process start(String command) throws IOException {
        exchanges.incrementAndGet();
        return login(command).start();
    }

    private ProcessBuilder login(String command) {
        return new ProcessBuilder(shell, "-c", startUp + "\n" + command.replaceFirst("^sh ", shell + " "));
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
        return SshErrorClassifier.of(name(), "ssh elsewhere", complaint, begun, worked);
    }
}
