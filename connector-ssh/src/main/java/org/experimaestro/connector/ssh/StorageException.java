package org.experimaestro.connector.ssh;

import java.io.IOException;

/** A failure to store a file on this machine. */
final class StorageException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception for a failure of this machine.
     *
     * @param cause its text names the file
     */
    StorageException(IOException cause) {
        super(cause.toString(), cause);
    }

    /**
     * Creates the exception for a host that sends data that cannot be stored.
     *
     * @param problem a sentence without its full stop
     */
    StorageException(String problem) {
        super(problem);
    }
}
