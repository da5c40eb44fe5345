package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * A host that a user reaches with the {@code ssh} of this machine, by a name of the ssh configuration, or as {@code
 * user@host}. All scripts and programs share one connection. Thread-safe.
 */
public final class SshHost implements Shell, AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final SshTransport transport;
    private final RemoteShell shell;
    private final PortForwards forwards;

    private SshHost(SshOptions options) {
        this.transport = new SshTransport(options, true);
        this.shell = new RemoteShell(transport);
        this.forwards = new PortForwards(transport);
    }

    /**
     * Creates a host without a connection.
     *
     * @param host the host, as for ssh(1)
     * @return the host, to be closed
     * @throws IllegalArgumentException if ssh would not take the text for a host
     */
    public static SshHost of(String host) {
        List<String> problems = SshOptions.problems(Map.of(SshOptions.HOST, host));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new SshHost(new SshOptions(
                host, host, Optional.empty(), List.of(), new SshOptions.Sharing.Shared(Path.of("/"), "/")));
    }

    /** Returns the name of the host, as it was given. */
    public String name() {
        return transport.name();
    }

    /**
     * Logs in. Until it has, ssh may ask for a password, or about the key of the host, on the terminal of this process;
     * later, it asks nothing.
     *
     * @throws UnreachableException if there is no connection
     * @throws InterruptedException if this thread is interrupted
     */
    public void logIn() throws UnreachableException, InterruptedException {
        transport.logIn();
    }

    @Override
    public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        return shell.run(script, limit);
    }

    /**
     * Sends files to a folder of the host. Either all of them are there afterwards, or none.
     *
     * @param folder the absolute path of a folder there, which only the user of the host can open
     * @param files the files here by their names there, plain words
     * @throws IOException if a file cannot be read
     * @throws RefusedException if the host cannot store them
     * @throws UnreachableException if the connection is lost
     * @throws InterruptedException if this thread is interrupted
     */
    public void send(String folder, Map<String, Path> files)
            throws IOException, RefusedException, UnreachableException, InterruptedException {
        new FileUpload(shell).send(folder, files);
    }

    /**
     * Starts a program.
     *
     * @param script commands for a POSIX shell, which end with {@code exec}
     * @return the program, to be closed
     * @throws UnreachableException if there is no connection, or the host's shell does not run the script
     * @throws InterruptedException if this thread is interrupted
     */
    public HostProgram start(String script) throws UnreachableException, InterruptedException {
        return shell.start(script, START_LIMIT);
    }

    /**
     * Forwards a port of this machine's loopback to one of the host's loopback, until the connection ends. ssh does it over
     * the connection of the scripts, and asks nothing.
     *
     * @param port the port there
     * @return the port here
     * @throws RefusedException if ssh or the host refuses
     * @throws UnreachableException if there is no connection
     * @throws InterruptedException if this thread is interrupted
     */
    public int forward(int port) throws RefusedException, UnreachableException, InterruptedException {
        return forwards.forward(port);
    }

    /**
     * Forwards a port no more, if it was. Whoever is connected over it stays so.
     *
     * @param port the port there
     * @throws InterruptedException if this thread is interrupted
     */
    public void endForward(int port) throws InterruptedException {
        var _ = forwards.end(port);
    }

    /**
     * Gives the connection up, so that the next script opens a new one. A connection that the user's own configuration
     * shares is left alone.
     *
     * @throws UnreachableException if the socket of the connection cannot be deleted
     * @throws InterruptedException if this thread is interrupted
     */
    public void drop() throws UnreachableException, InterruptedException {
        transport.drop();
    }

    @Override
    public void close() {
        forwards.close();
        transport.close();
    }
}
