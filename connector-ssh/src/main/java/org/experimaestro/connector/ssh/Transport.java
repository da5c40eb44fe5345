package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.UnreachableException;

/** A way to run commands on a host, with their streams unchanged. Thread-safe. */
interface Transport {
    /** The exit code of a transport that has failed itself (ssh(1), EXIT STATUS). */
    int FAILED = 255;

    /** Returns the users' name of the host. */
    String name();

    /**
     * Runs a command. Blocks until its end.
     *
     * @param command a command line for the user's login shell there, which may be any shell
     * @return the end of the command, with exit code {@link #FAILED} if the connection failed
     * @throws IOException if {@code input} or {@code output} failed
     * @throws TimeoutException if it took longer
     * @throws UnreachableException if there is no connection
     */
    <T> CommandRun.Result<T> exchange(
            String command, CommandRun.Input input, CommandRun.Output<T> output, Duration limit)
            throws IOException, TimeoutException, UnreachableException, InterruptedException;

    /**
     * Starts a command, and returns while it runs. Its three streams are pipes.
     *
     * @param command a command line for the user's login shell there, which may be any shell
     * @return the process here, whose exit code is that of the command, or {@link #FAILED} if the connection failed
     * @throws IOException if the process cannot be started
     * @throws UnreachableException if there is no connection
     */
    Process start(String command) throws IOException, UnreachableException, InterruptedException;

    /** Records that a script was run. */
    void worked();

    /** Returns whether a script has been run. */
    boolean hasWorked();

    /**
     * Returns the reason why a connection has failed.
     *
     * @param complaint the output on standard error
     * @param begun whether the connection was there before it failed
     */
    UnreachableException trouble(String complaint, boolean begun);
}
