package org.experimaestro.web.remote;

import java.io.InputStream;
import java.io.OutputStream;

/** The program at the far end of a connection, which runs {@link FarEnd#serve}. */
public interface FarProgram extends AutoCloseable {
    /** Returns its standard output. */
    InputStream output();

    /** Returns its standard input. */
    OutputStream input();

    /**
     * Ends the program, unless it has ended, and returns why it has. Blocks for some seconds at most.
     *
     * @return a sentence without its full stop, with what the program has printed at last
     */
    String end();

    /** Ends the program. */
    @Override
    void close();
}
