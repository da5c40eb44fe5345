package org.experimaestro.runtime.side;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.experimaestro.base.file.FileOwner;

/** The sockets that listen at one port, according to the tables of proc(5). Immutable. */
final class Listeners {
    /** The state of a socket that listens. */
    private static final String LISTENS = "0A";

    /** The fields that are read, the first eight of a line. */
    private static final int FIELDS = 8;

    private static final int OLD_DIGITS = 8;
    private static final int BYTE_DIGITS = 2;
    private static final String NO_ADDRESS = "00000000000000000000000000000000";

    private final boolean isShown;
    private boolean isOwn;
    private boolean isOpen;
    private boolean isForeign;

    private Listeners(boolean isShown) {
        this.isShown = isShown;
    }

    /**
     * Reads the tables of this machine.
     *
     * @param port the port
     * @return the sockets; none, and not shown, where the system has no such tables
     * @throws IOException if the system does not tell who this user is
     */
    static Listeners at(int port) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean isShown = false;
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            try {
                lines.addAll(Files.readAllLines(Path.of(table)));
                isShown = true;
            } catch (IOException none) {
                // The system has no such table, or no such addresses.
            }
        }
        return isShown ? of(lines, port, ByteOrder.nativeOrder()) : new Listeners(false);
    }

    /**
     * Reads lines of tables.
     *
     * @param lines the lines, those of headings included
     * @param port the port
     * @param order the order of the bytes in the words of addresses, which is that of the machine
     * @return the sockets
     * @throws IOException if the system does not tell who this user is
     */
    static Listeners of(List<String> lines, int port, ByteOrder order) throws IOException {
        Listeners found = new Listeners(true);
        String end = ":" + Integer.toHexString((1 << 16) | port).substring(1).toUpperCase(Locale.ROOT);
        for (String line : lines) {
            StringTokenizer fields = new StringTokenizer(line);
            if (fields.countTokens() >= FIELDS) {
                fields.nextToken(); // the number of the line
                String address = fields.nextToken();
                fields.nextToken(); // the other end
                boolean listens = fields.nextToken().equals(LISTENS);
                fields.nextToken(); // queues
                fields.nextToken(); // timers
                fields.nextToken(); // retransmissions
                if (listens && address.endsWith(end)) {
                    found.add(address.substring(0, address.indexOf(':')), Long.parseLong(fields.nextToken()), order);
                }
            }
        }
        return found;
    }

    private void add(String address, long user, ByteOrder order) throws IOException {
        // Root needs no port to act as this user, and may listen for a program of this user.
        if (new FileOwner(user).isTrusted()) {
            isOwn = true;
            isOpen |= !isLoopback(address, order);
        } else {
            isForeign |= hearsLocal(address, order);
        }
    }

    private static boolean isLoopback(String address, ByteOrder order) {
        if (isOld(address, order)) {
            return firstByte(address, order).equals("7F");
        }
        return address.equals(
                order == ByteOrder.LITTLE_ENDIAN
                        ? "00000000000000000000000001000000"
                        : "00000000000000000000000000000001");
    }

    /** Returns whether a connection to 127.0.0.1 may reach an address. */
    private static boolean hearsLocal(String address, ByteOrder order) {
        if (!isOld(address, order)) {
            return address.equals(NO_ADDRESS);
        }
        String bytes = address.substring(address.length() - OLD_DIGITS);
        return bytes.equals("00000000") || bytes.equals(order == ByteOrder.LITTLE_ENDIAN ? "0100007F" : "7F000001");
    }

    /** Returns whether an address is one of IPv4, by itself or in one of IPv6. */
    private static boolean isOld(String address, ByteOrder order) {
        return address.length() == OLD_DIGITS
                || address.startsWith(
                        order == ByteOrder.LITTLE_ENDIAN ? "0000000000000000FFFF0000" : "00000000000000000000FFFF");
    }

    private static String firstByte(String address, ByteOrder order) {
        int start = address.length() - (order == ByteOrder.LITTLE_ENDIAN ? BYTE_DIGITS : OLD_DIGITS);
        return address.substring(start, start + BYTE_DIGITS);
    }

    /** Returns whether the system shows sockets at all. */
    boolean isShown() {
        return isShown;
    }

    /** Returns whether a socket of this user, or of root, is among them. */
    boolean isOwn() {
        return isOwn;
    }

    /** Returns whether other machines may reach such a socket. */
    boolean isOpen() {
        return isOpen;
    }

    /** Returns whether a connection to this machine may reach a socket of another user. */
    boolean isForeign() {
        return isForeign;
    }
}
