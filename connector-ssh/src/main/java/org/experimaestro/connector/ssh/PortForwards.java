package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/**
 * The ports of this machine's loopback that ssh(1) forwards to ports of a host's loopback ({@code -L}). They end with the
 * connection, or when this object is closed. Thread-safe.
 */
final class PortForwards {
    private static final int TRIES = 5;

    /** The time in which a host refuses a connection; afterwards it counts as forwarded. */
    private static final int REFUSAL_MILLIS = 500;

    private final SshTransport transport;
    /** The ports here by those of the host. */
    private final Map<Integer, Integer> locals = new LinkedHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean isClosed;

    PortForwards(SshTransport transport) {
        this.transport = transport;
    }

    /**
     * Forwards a port. A connection that was opened again has lost its forwards, so each call asks for it anew, and gets the
     * same port here if that is free.
     *
     * @return the port here
     * @throws RefusedException if ssh or the host refuses
     * @throws UnreachableException if there is no connection, or none any longer
     */
    int forward(int remote) throws RefusedException, UnreachableException, InterruptedException {
        lock.lockInterruptibly();
        try {
            return forwardNow(remote);
        } finally {
            lock.unlock();
            if (isClosed) {
                endAll(); // the end has not waited for this
            }
        }
    }

    private int forwardNow(int remote) throws RefusedException, UnreachableException, InterruptedException {
        Integer known = end(remote);
        String complaint = "";
        for (int i = 0; i < TRIES; i++) {
            requireOpen();
            int local = i == 0 && known != null ? known : freePort();
            CommandRun.Result<String> result = transport.forward(local, remote);
            if (result.exitCode() == 0) {
                locals.put(remote, local);
                requireForwarded(local, remote);
                return local;
            }
            complaint = Shell.Output.oneLine(result.err());
        }
        throw new RefusedException(cannot(remote) + complaint);
    }

    private void requireOpen() throws UnreachableException {
        if (isClosed) {
            throw new UnreachableException(
                    "Cannot forward a port of " + transport.name() + " to this machine: this view ends");
        }
    }

    /**
     * Forwards a port no more, if it was. Only the port is closed: whoever is connected stays so.
     *
     * @return the port here; {@code null} if there was none
     */
    @Nullable
    Integer end(int remote) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Integer local = locals.remove(remote);
            if (local != null) {
                transport.endForward(local, remote);
            }
            return local;
        } finally {
            lock.unlock();
        }
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

    /**
     * Ends all forwards, and makes no more. With a connection of our own, they end when it does; that of the user goes on. One
     * that is being made is not waited for: it ends when it is made.
     */
    void close() {
        isClosed = true;
        endAll();
    }

    private void endAll() {
        if (!lock.tryLock()) {
            return; // whoever holds it does the same afterwards
        }
        try {
            if (transport.isOfUser()) {
                for (Integer remote : List.copyOf(locals.keySet())) {
                    var _ = end(remote);
                }
            }
            locals.clear();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
