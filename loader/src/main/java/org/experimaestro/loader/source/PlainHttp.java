package org.experimaestro.loader.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** A test for addresses of repositories whose files could be changed on the network. */
final class PlainHttp {
    /** The error for such an address, without the address. */
    static final String PROBLEM =
            "is not encrypted, so that anybody on the way could change the libraries; write https://";

    private PlainHttp() {}

    /** Returns whether an address is one of HTTP without encryption, and not of this machine. */
    static boolean leavesThisMachine(String url) {
        if (!url.toLowerCase(Locale.ROOT).startsWith("http:")) {
            return false;
        }
        try {
            String host = new URI(url).getHost();
            return host == null || !isLoopback(host);
        } catch (URISyntaxException unreadable) {
            return true;
        }
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
