package org.experimaestro.web.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;

/**
 * The check of the name by which a browser has found this server. A site can make its own name lead to this machine
 * (DNS rebinding), and its scripts would then read the answers as those of their own site. Immutable.
 *
 * <p>The port may be any, because a tunnel of ssh may begin at another one, and no site chooses the port of its name.
 */
final class HostNameCheck {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");

    private final Set<String> names = new HashSet<>(LOOPBACK);
    private final boolean takesAddresses;

    /**
     * Creates a check.
     *
     * @param given the address that the user lets the server listen at, or its name
     */
    HostNameCheck(String given) {
        String host = given.toLowerCase(Locale.ROOT);
        names.add(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host);
        takesAddresses = isEverywhere(host);
        if (takesAddresses) {
            ownName().ifPresent(names::add);
        }
    }

    private static boolean isEverywhere(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static Optional<String> ownName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException unnamed) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a request for another host.
     *
     * @return the host of the request, with its port if it has one
     */
    String check(Request request) {
        List<String> hosts = request.headers().getOrDefault("host", List.of());
        if (hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches()) {
            String host = hosts.getFirst().toLowerCase(Locale.ROOT);
            String name = host.replaceFirst(":[0-9]{1,5}$", "");
            if (names.contains(name) || takesAddresses && ADDRESS.matcher(name).matches()) {
                return host;
            }
        }
        throw new HttpProblem(
                421,
                "Cannot answer for this host: the page is at another name",
                "open the address that the command has printed, or start it with --host and this name");
    }
}
