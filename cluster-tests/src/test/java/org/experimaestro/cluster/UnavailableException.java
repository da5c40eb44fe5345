package org.experimaestro.cluster;

/** This machine lacks what a cluster or a server for tests needs, and nobody may install it now. */
public final class UnavailableException extends RuntimeException {
    UnavailableException(String message) {
        super(message);
    }
}
