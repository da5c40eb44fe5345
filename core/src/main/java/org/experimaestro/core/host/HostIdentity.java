package org.experimaestro.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.model.identity.Md5;

/**
 * The identity of the machine that this process runs on, and of its process numbers. Names are not enough: machines
 * made from one image have the same name, and a laptop has another name in each network.
 *
 * @param name the machine's name, as in {@code uname -n}, for display
 * @param boot a text that is new with each start of the system; empty if the system has none
 * @param machine a digest of the number that the system got at its installation; empty if there is none
 * @param processes the namespace of the process numbers, because a container has its own (pid_namespaces(7)); empty
 *     if the system does not report it
 */
public record HostIdentity(String name, String boot, String machine, String processes) {
    /** The name of a machine that has no name, or has the name that every machine has for itself. */
    public static final String NAMELESS = "localhost";

    private static final int MACHINE_ID_DIGITS = 32;
    private static final int MACHINE_DIGITS = 16;

    /**
     * Returns the identity of this machine.
     *
     * @return its identity, which is computed once in a process
     */
    public static HostIdentity current() {
        return Current.HOST;
    }

    /** A holder that computes the identity at its first use. */
    private static final class Current {
        static final HostIdentity HOST = read(Path.of("/"), new SystemQuery());

        private Current() {}
    }

    /** A source of the facts that no file contains. */
    interface Query {
        /** Returns the first line that a command prints; empty if there is no such command, or it fails. */
        String line(String... command);
    }

    /**
     * Reads the identity of a system.
     *
     * @param root the root of its files
     * @param query runs commands on it, only if no file has the fact; on Linux none is needed
     */
    static HostIdentity read(Path root, Query query) {
        String name = readLine(root.resolve("proc/sys/kernel/hostname"));
        String boot = readLine(root.resolve("proc/sys/kernel/random/boot_id"));
        if (name.isEmpty()) {
            name = query.line("uname", "-n");
        }
        if (boot.isEmpty()) {
            // This is for macOS; sysctl(8) of other systems does not have the name.
            boot = query.line("sysctl", "-n", "kern.bootsessionuuid");
        }
        return new HostIdentity(
                name.isEmpty() ? NAMELESS : name,
                boot,
                digest(readLine(root.resolve("etc/machine-id"))),
                processes(root));
    }

    /**
     * Returns the digest of the machine's number, because machine-id(5) demands that the number be kept from other
     * machines. An image that is not installed yet has no number, or a word.
     */
    private static String digest(String machine) {
        if (machine.length() != MACHINE_ID_DIGITS) {
            return "";
        }
        byte[] text = ("experimaestro " + machine).getBytes(StandardCharsets.UTF_8);
        return Md5.of(text, text.length).toString().substring(0, MACHINE_DIGITS);
    }

    private static String processes(Path root) {
        try {
            return Files.readSymbolicLink(root.resolve("proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException notTold) {
            return "";
        }
    }

    private static String readLine(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            return (end < 0 ? text : text.substring(0, end)).strip();
        } catch (IOException notThere) {
            return "";
        }
    }
}
