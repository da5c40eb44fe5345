package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * The ports of this machine's loopback that ssh(1) forwards to ports of a host's loopback ({@code -L}). They end with the
 * connection. Thread-safe.
 */
final class PortForwards {
    private static final int TRIES = 5;

    /** The time in which a host refuses a connection; afterwards it counts as forwarded. */
    private static final int REFUSAL_MILLIS = 500;

    private final SshTransport transport;
    /** The ports here by those of the host. */
    private final Map<Integer, Integer> locals = new LinkedHashMap<>();

    PortForwards(SshTransport transport) {
        this.transport = transport;
    }

    /**
     * Forwards a port. A connection that was opened again has lost its forwards, so each call asks for it anew, and gets the
     * same port here if that is free.
     *
     * @return the port here
     * @throws RefusedException if ssh or the host refuses
     * @throws UnreachableException if there is no connection
     */
    synchronized int forward(int remote) throws RefusedException, UnreachableException, InterruptedException {
        Integer known = locals.remove(remote);
        if (known != null) {
            // Only the port is closed: whoever is connected stays so.
            var _ = transport.forward("cancel", known, remote);
        }
        String complaint = "";
        for (int i = 0; i < TRIES; i++) {
            int local = i == 0 && known != null ? known : freePort();
            CommandRun.Result<String> result = transport.forward("forward", local, remote);
            if (result.exitCode() == 0) {
                locals.put(remote, local);
                requireForwarded(local, remote);
                return local;
            }
            complaint = Shell.Output.oneLine(result.err());
        }
        throw new RefusedException(cannot(remote) + complaint);
    }

    private String cannot(int remote) {
        return "Cannot forward the port " + remote + " of " + transport.name() + " to this machine: ";
    }

    private int freePort() throws RefusedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new RefusedException("Cannot find a free port of this machine: " + none.getMessage());
        }
    }

    /** Requires that the host lets connections through: ssh closes those that it refuses, but takes the forward. */
    private void requireForwarded(int local, int remote) throws RefusedException {
        boolean isRefused;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), local), REFUSAL_MILLIS);
            socket.setSoTimeout(REFUSAL_MILLIS);
            isRefused = socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            isRefused = false;
        } catch (IOException reset) {
            isRefused = true;
        }
        if (isRefused) {
            throw new RefusedException(cannot(remote)
                    + "the host closes its connections; does its sshd forward ports (AllowTcpForwarding), and does the"
                    + " program still listen there?");
        }
    }

    /** Ends all forwards, where the connection is the user's and goes on. */
    synchronized void close() {
        try {
            for (Map.Entry<Integer, Integer> forward : locals.entrySet()) {
                var _ = transport.forward("cancel", forward.getValue(), forward.getKey());
            }
        } catch (UnreachableException gone) {
            return; // and the forwards with it
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            locals.clear();
        }
    }
}
