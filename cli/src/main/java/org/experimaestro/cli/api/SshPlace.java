package org.experimaestro.cli.api;

import java.util.Optional;

/**
 * A workspace on another host, as a user names it. Immutable.
 *
 * @param host the host, as for ssh(1)
 * @param path the folder there; relative to the home folder there, unless it begins with {@code /}
 */
public record SshPlace(String host, String path) {
    /** The form in which a user names a place. */
    public static final String FORM = "HOST:/PATH";

    /**
     * Reads a place.
     *
     * @param text the host, a colon and the folder, such as {@code anna@cluster:/data/work}
     * @return the place; empty if the text has no host or no folder
     */
    public static Optional<SshPlace> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return Optional.of(new SshPlace(text.substring(0, colon), text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + path;
    }
}
