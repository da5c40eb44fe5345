package org.experimaestro.web.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The tokens of printed addresses. Each opens the page once, within some minutes. Thread-safe. */
public final class AddressTokens {
    /** The parameter of an address that has the token. */
    public static final String PARAMETER = "token";

    /** The time in which a token must be used: the output of a command may be kept for long, and read by others. */
    static final Duration LIFE = Duration.ofMinutes(15);

    private static final int MOST = 16;

    private final InstantSource clock;
    private final Deque<Token> unused = new ArrayDeque<>();

    private record Token(String text, Instant made) {}

    /**
     * Creates a store without tokens.
     *
     * @param clock the clock by which tokens end
     */
    public AddressTokens(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Makes a token. If there are many unused ones, the oldest one is forgotten.
     *
     * @return a text that needs no escape in an address
     */
    public synchronized String make() {
        if (unused.size() == MOST) {
            unused.removeFirst();
        }
        Token token = new Token(Secret.make(), clock.instant());
        unused.addLast(token);
        return token.text();
    }

    /** Uses a token, and returns whether it was valid until now. */
    synchronized boolean use(String token) {
        Instant oldest = clock.instant().minus(LIFE);
        unused.removeIf(each -> each.made().isBefore(oldest));
        boolean isValid = false;
        for (Iterator<Token> all = unused.iterator(); all.hasNext(); ) {
            if (Secret.isEqual(all.next().text(), token)) {
                all.remove();
                isValid = true;
            }
        }
        return isValid;
    }
}
