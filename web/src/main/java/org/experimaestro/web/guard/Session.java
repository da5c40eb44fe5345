package org.experimaestro.web.guard;

import java.time.Instant;

/**
 * A browser that has opened a printed address. Immutable.
 *
 * @param key the value of its cookie
 * @param actionToken the token that its page sends with each action, which other sites cannot read
 * @param begun the time of its begin
 * @param used the time of its last request
 */
record Session(String key, String actionToken, Instant begun, Instant used) {
    static Session begin(Instant now) {
        return new Session(Secret.make(), Secret.make(), now, now);
    }

    Session usedAt(Instant now) {
        return new Session(key, actionToken, begun, now);
    }
}
