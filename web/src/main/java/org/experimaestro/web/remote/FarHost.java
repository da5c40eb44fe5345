package org.experimaestro.web.remote;

import java.io.IOException;

/** A host at which the program of the far end can be started. Thread-safe. */
public interface FarHost extends AutoCloseable {
    /** Returns the name of the host for people. */
    String name();

    /**
     * Connects, and starts the program. The connection of an earlier program is given up.
     *
     * @return the program, to be closed
     * @throws RefusedConnectionException if a person has to do something first
     * @throws IOException if the host cannot be reached now
     * @throws InterruptedException if this thread is interrupted
     */
    FarProgram start() throws IOException, InterruptedException;

    /**
     * Forwards a port of this machine's loopback to one of the host's, until the connection ends.
     *
     * @param port the port there
     * @return the port here
     * @throws IOException if there is no connection, or the host refuses
     * @throws InterruptedException if this thread is interrupted
     */
    int forward(int port) throws IOException, InterruptedException;

    /**
     * Forwards a port of the host no more, if it was.
     *
     * @param port the port there
     * @throws InterruptedException if this thread is interrupted
     */
    void endForward(int port) throws InterruptedException;

    /** Ends the connection. */
    @Override
    void close();
}
