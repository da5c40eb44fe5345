package org.experimaestro.connector.ssh;

import java.io.IOException;

/** A file cannot be stored on this machine. */
final class StorageException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * The underlying failure.
     *
     * @param cause its text names the file
     */
    StorageException(IOException cause) {
        super(cause.toString(), cause);
    }

    /**
     * A host that sends what cannot be stored.
     *
     * @param problem a sentence without its end
     */
    StorageException(String problem) {
        super(problem);
    }
}
