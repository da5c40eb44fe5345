package org.experimaestro.web.guard;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.web.http.Request;

/** The cookies of a request (RFC 6265). */
final class Cookies {
    /** The most values that are looked at: other programs of the same host may set cookies of any number. */
    private static final int MOST = 16;

    private Cookies() {}

    /**
     * Returns the name of a server's cookie, which another server of this host, or at the other end of a tunnel, does not
     * have.
     *
     * @param server a text that is the same at each start of the server
     */
    static String nameOf(String server) {
        return "experimaestro-" + Secret.digest(server);
    }

    /** Returns the values of all cookies of a name. Another program of this host may have set some of them. */
    static List<String> values(Request request, String name) {
        List<String> values = new ArrayList<>();
        for (String header : request.headers().getOrDefault("cookie", List.of())) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name) && values.size() < MOST) {
                    values.add(pair.substring(equals + 1).strip());
                }
            }
        }
        return values;
    }

    /**
     * Returns the header that sets a cookie that scripts cannot read and other sites cannot send. A browser keeps it as
     * long as a session may last, so that a bookmark works after the browser was closed.
     */
    static String set(String name, String value) {
        return name + "=" + value + "; HttpOnly; SameSite=Strict; Path=/; Max-Age=" + Sessions.LONGEST.toSeconds();
    }
}
