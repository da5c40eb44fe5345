package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.UnreachableException;

/** Runs the commands of a host on this machine, in a login shell that does what is asked of it before each command. */
final class LocalTransport implements Transport {
    private final String startUp;
    private final String shell;
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile boolean worked;

    LocalTransport() {
        this("");
    }

    /** The login shell's start-up file has these commands. */
    LocalTransport(String startUp) {
        this(startUp, "sh");
    }

    /** The login shell is another one, which also runs for {@code sh}: with bash, start-up commands can export functions. */
    LocalTransport(String startUp, String shell) {
        this.startUp = startUp;
        this.shell = shell;
    }

    /** How many commands were run. */
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
        return CommandRun.run(
                new ProcessBuilder(shell, "-c", startUp + "\n" + command.replaceFirst("^sh ", shell + " ")),
                input,
                output,
                limit);
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
