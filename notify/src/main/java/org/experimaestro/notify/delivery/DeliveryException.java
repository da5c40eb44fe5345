package org.experimaestro.notify.delivery;

import java.io.Serial;

/** The failure of a delivery. Its message is a clause for people, without any secret. */
public final class DeliveryException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    /**
     * Creates a failure.
     *
     * @param message the reason, as a clause
     * @param isFinal whether another try would fail too
     */
    public DeliveryException(String message, boolean isFinal) {
        super(message);
        this.isFinal = isFinal;
    }

    /**
     * Returns whether another try would fail too.
     *
     * @return false if the receiver may take it later
     */
    public boolean isFinal() {
        return isFinal;
    }
}
