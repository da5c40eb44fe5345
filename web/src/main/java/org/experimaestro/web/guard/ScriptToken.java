package org.experimaestro.web.guard;

import java.util.Optional;
import org.experimaestro.web.http.Request;

/** The token of scripts of one server. Immutable. */
public final class ScriptToken {
    private static final String SCHEME = "bearer ";

    private final String token = Secret.make();

    /** Makes a token. */
    public ScriptToken() {}

    /**
     * Returns the secret.
     *
     * @return a text that needs no escape in a header
     */
    public String text() {
        return token;
    }

    /** Returns the token that a request has sent in the header {@code Authorization}. */
    static Optional<String> of(Request request) {
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    boolean isEqual(String found) {
        return Secret.isEqual(token, found);
    }
}
