package org.experimaestro.web.remote;

import java.io.IOException;

/** A failure to connect that lasts until a person changes something, so that no other try is made. */
public final class RefusedConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the reason, and what the person can do
     */
    public RefusedConnectionException(String message) {
        super(message);
    }
}
