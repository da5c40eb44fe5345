package org.experimaestro.connector.ssh;

import java.io.IOException;

/** A file of a host has no place in the workspace; the others have theirs. */
final class RefusedFileException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param reason a few words, which come behind the file's name
     */
    RefusedFileException(String reason) {
        super(reason);
    }
}
