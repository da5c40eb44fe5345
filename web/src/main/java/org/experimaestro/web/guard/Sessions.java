package org.experimaestro.web.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.web.http.Request;

/** The sessions of browsers. They end with the server, or when they are old. Thread-safe. */
final class Sessions {
    /** The most sessions. A new one ends the one that was not used for longest. */
    static final int MOST = 64;

    /** A session that is not used for so long has ended: a page that is left open for a weekend goes on. */
    static final Duration UNUSED = Duration.ofDays(7);

    /** A session ends after this time, however much it is used. */
    static final Duration LONGEST = Duration.ofDays(60);

    private final InstantSource clock;
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Session begin() {
        Instant now = clock.instant();
        dropOld(now);
        if (sessions.size() >= MOST) {
            sessions.values().stream()
                    .min(Comparator.comparing(Session::used))
                    .ifPresent(oldest -> sessions.remove(oldest.key()));
        }
        Session session = Session.begin(now);
        sessions.put(session.key(), session);
        return session;
    }

    /** Finds the session of a request among the values of its cookies of one name. */
    synchronized Optional<Session> find(Request request, String cookie) {
        Instant now = clock.instant();
        dropOld(now);
        for (String value : Cookies.values(request, cookie)) {
            for (Session session : sessions.values()) {
                if (Secret.isEqual(session.key(), value)) {
                    Session used = session.usedAt(now);
                    sessions.replace(used.key(), used);
                    return Optional.of(used);
                }
            }
        }
        return Optional.empty();
    }

    private void dropOld(Instant now) {
        sessions.values()
                .removeIf(session -> session.used().plus(UNUSED).isBefore(now)
                        || session.begun().plus(LONGEST).isBefore(now));
    }
}
