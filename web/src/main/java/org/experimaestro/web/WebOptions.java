package org.experimaestro.web;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The choices of a server. Immutable.
 *
 * @param host the address, or the name, at which the server listens
 * @param port the port; empty for the usual one, or a free one if that is taken
 * @param readOnly whether all actions are refused
 * @param state the folder of files that one user's processes share, for the record of the page
 */
public record WebOptions(String host, OptionalInt port, boolean readOnly, Path state) {
    /** The address at which a server listens by default: no other machine reaches it. */
    public static final String LOOPBACK = "127.0.0.1";

    /** The port at which a server listens by default. */
    public static final int USUAL_PORT = 12345;
}
