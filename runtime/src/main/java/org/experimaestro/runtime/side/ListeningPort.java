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

/** The port of a service on this machine. Immutable. */
final class ListeningPort {
    /** The address at which services listen, and of which no other machine sees anything. */
    static final String HOST = "127.0.0.1";

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int SERVER_ERROR = 500;

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

    /**
     * Returns who listens.
     *
     * @throws IOException if the system does not tell who this user is
     */
    Listeners listeners() throws IOException {
        return Listeners.at(number);
    }
}
