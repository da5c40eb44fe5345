package org.experimaestro.web.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The tokens of printed addresses. Each opens the page once. Thread-safe. */
public final class AddressTokens {
    /** The parameter of an address that has the token. */
    public static final String PARAMETER = "token";

    private static final int MOST = 16;

    private final Deque<String> unused = new ArrayDeque<>();

    /** Creates a store without tokens. */
    public AddressTokens() {}

    /**
     * Makes a token. If there are many unused ones, the oldest one is forgotten.
     *
     * @return a text that needs no escape in an address
     */
    public synchronized String make() {
        if (unused.size() == MOST) {
            unused.removeFirst();
        }
        String token = Secret.make();
        unused.addLast(token);
        return token;
    }

    /** Uses a token, and returns whether it was valid until now. */
    synchronized boolean use(String token) {
        boolean isValid = false;
        for (Iterator<String> all = unused.iterator(); all.hasNext(); ) {
            if (Secret.isEqual(all.next(), token)) {
                all.remove();
                isValid = true;
            }
        }
        return isValid;
    }
}
