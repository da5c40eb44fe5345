package org.experimaestro.web.guard;

import java.time.Instant;

/**
 * A browser that has opened a printed address. Immutable.
 *
 * @param key the value of its cookie
 * @param pageKey the key that its page sends with each request, which the browser sends to no other port
 * @param fileKey the key in the addresses of files, which the browser itself opens
 * @param begun the time of its begin
 * @param used the time of its last request
 */
record Session(String key, String pageKey, String fileKey, Instant begun, Instant used) {
    static Session begin(Instant now) {
        return new Session(Secret.make(), Secret.make(), Secret.make(), now, now);
    }

    Session usedAt(Instant now) {
        return new Session(key, pageKey, fileKey, begun, now);
    }
}
