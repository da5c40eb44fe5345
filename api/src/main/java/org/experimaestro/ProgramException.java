package org.experimaestro;

import java.io.IOException;

/**
 * A program of a task that has ended with another exit code than 0. The job fails, with the cause {@code EXIT} and this
 * message: see {@link TaskContext#run}.
 */
public final class ProgramException extends IOException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /**
     * Creates the exception.
     *
     * @param message the program, its exit code or signal, and the last line of its standard error if there is one
     * @param exitCode the exit code, more than 128 for a signal
     */
    public ProgramException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * Returns the exit code of the program.
     *
     * @return a number other than 0; 128 and the number of the signal if a signal has ended the program
     */
    public int exitCode() {
        return exitCode;
    }
}
