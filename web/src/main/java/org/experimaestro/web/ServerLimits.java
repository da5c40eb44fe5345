package org.experimaestro.web;

import java.util.Map;

/**
 * The limits of the JDK's server. It reads them as system properties when its classes are loaded, so they hold for the
 * whole process. A property that the user has set stays.
 */
final class ServerLimits {
    private static final Map<String, String> PROPERTIES = Map.of(
            // The bytes of the first line and the headers of a request, with 32 for each of them. A browser sends the
            // cookies of all pages that were served at a host name, some 180 at most, for 60 days.
            "sun.net.httpserver.maxReqHeaderSize", "65536",
            "sun.net.httpserver.maxReqHeaders", "100",
            // Seconds until a whole request must have come, with its body.
            "sun.net.httpserver.maxReqTime", "10",
            // Seconds until a connection without a request is closed.
            "sun.net.httpserver.idleInterval", "30",
            "jdk.httpserver.maxConnections", "64",
            // Answers that compute keep a thread each until their end. With one for each processor, some long ones
            // would hold
            // up all other requests beyond the time in which these must have come, so that their connections are
            // closed.
            "jdk.virtualThreadScheduler.parallelism", "16",
            "sun.net.httpserver.nodelay", "true");

    private ServerLimits() {}

    /** Sets the limits, before the first server of this process is made. */
    static void set() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
