package org.experimaestro.runtime.side;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/** The port of a service on this machine. Immutable. */
final class ListeningPort {
    /** The address at which services listen, and of which no other machine sees anything. */
    static final String HOST = "127.0.0.1";

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int SERVER_ERROR = 500;
    /** The state of a socket that listens, in the tables of proc(5). */
    private static final String LISTENS = "0A";

    /** The fields that are read: the number of the line, the addresses of both ends, the state. */
    private static final int FIELDS = 4;

    private final int number;

    private ListeningPort(int number) {
        this.number = number;
    }

    /**
     * Takes a port.
     *
     * @param wanted the number; 0 for any that is free
     * @return the port, at which nobody listens
     * @throws IOException if another process listens there
     */
    static ListeningPort take(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(), wanted));
            return new ListeningPort(socket.getLocalPort());
        }
    }

    private static InetAddress address() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    int number() {
        return number;
    }

    /** Returns whether somebody accepts connections. */
    boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address(), number), PATIENCE_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns whether somebody answers a question for a page, without an error of its own. */
    boolean answers(String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + HOST + ":" + number + path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status > 0 && status < SERVER_ERROR;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns whether other machines may reach the port; false where the system does not show that. */
    boolean isOpenToOthers() {
        return isOpenToOthers("/proc/net/tcp") || isOpenToOthers("/proc/net/tcp6");
    }

    private boolean isOpenToOthers(String table) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(table));
        } catch (IOException none) {
            return false;
        }
        String end = ":" + Integer.toHexString((1 << 16) | number).substring(1).toUpperCase(Locale.ROOT);
        for (String line : lines) {
            StringTokenizer fields = new StringTokenizer(line);
            if (fields.countTokens() >= FIELDS) {
                fields.nextToken(); // the number of the line
                String address = fields.nextToken();
                fields.nextToken(); // the other end
                if (fields.nextToken().equals(LISTENS) && address.endsWith(end) && !isLoopback(address)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether an address, whose words of four bytes are in the order of the machine, is one of this machine. */
    private static boolean isLoopback(String address) {
        String bytes = address.substring(0, address.indexOf(':'));
        boolean isOld = bytes.length() == 8 || bytes.startsWith("0000000000000000FFFF0000");
        return isOld
                ? bytes.endsWith("7F") || bytes.startsWith("7F", bytes.length() - 8)
                : bytes.equals("00000000000000000000000001000000") || bytes.equals("00000000000000000000000000000001");
    }
}
