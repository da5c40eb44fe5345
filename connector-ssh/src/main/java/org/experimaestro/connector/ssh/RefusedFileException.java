package org.experimaestro.connector.ssh;

import java.io.IOException;

/** A refusal of one file of a host, which has no place in the workspace. */
final class RefusedFileException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Creates a refusal.
     *
     * @param reason a few words, which follow the file's name
     */
    RefusedFileException(String reason) {
        super(reason);
    }
}
