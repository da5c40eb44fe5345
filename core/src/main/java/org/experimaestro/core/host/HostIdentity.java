package org.experimaestro.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.model.identity.Md5;

/**
 * What tells the machine that this process runs on, and the processes that can be seen from here, from all others. Names do
 * not: machines made from one image have the same one, and a laptop has another one in each network.
 *
 * @param name the machine's name, as {@code uname -n} has it, for people
 * @param boot a text that is new with each start of the system; empty where the system has none
 * @param machine a digest of the number that the system was given when it was installed; empty where there is none
 * @param processes which process numbers are meant: a container has its own (pid_namespaces(7)); empty where the system
 *     does not say
 */
public record HostIdentity(String name, String boot, String machine, String processes) {
    /** What a machine is called that has no name, or has the name that each has for itself. */
    public static final String NAMELESS = "localhost";

    private static final int MACHINE_ID_DIGITS = 32;
    private static final int MACHINE_DIGITS = 16;

    /**
     * This machine.
     *
     * @return its identity, which is asked for once in a process
     */
    public static HostIdentity current() {
        return Current.HOST;
    }

    /** Made when it is first asked for. */
    private static final class Current {
        static final HostIdentity HOST = read(Path.of("/"), new SystemQuery());

        private Current() {}
    }

    /** Asks the system for what no file tells. */
    interface Query {
        /** The first line that a command prints; empty if there is no such command, or it fails. */
        String line(String... command);
    }

    /**
     * Reads what a system says of itself.
     *
     * @param root the root of its files
     * @param query runs commands on it: only where files do not tell, so not on Linux
     */
    static HostIdentity read(Path root, Query query) {
        String name = readLine(root.resolve("proc/sys/kernel/hostname"));
        String boot = readLine(root.resolve("proc/sys/kernel/random/boot_id"));
        if (name.isEmpty()) {
            name = query.line("uname", "-n");
        }
        if (boot.isEmpty()) {
            // macOS; sysctl(8) of other systems does not have it.
            boot = query.line("sysctl", "-n", "kern.bootsessionuuid");
        }
        return new HostIdentity(
                name.isEmpty() ? NAMELESS : name,
                boot,
                digest(readLine(root.resolve("etc/machine-id"))),
                processes(root));
    }

    /** machine-id(5) asks that its number be kept from other machines. An image to be installed has none, or a word. */
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
