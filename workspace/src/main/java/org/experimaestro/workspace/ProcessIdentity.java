package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.json.JsonObject;

/**
 * Which process, for ever: process ids are used again, so the host, its boot and the process's start belong to it.
 *
 * @param host the host's name
 * @param boot what tells one boot of the host from another; empty where the system does not say
 * @param pid the process id
 * @param start when the process started: on Linux in clock ticks since the boot (field 22 of {@code /proc/pid/stat},
 *     proc(5)), elsewhere in milliseconds since 1970
 */
public record ProcessIdentity(String host, String boot, long pid, long start) {
    private static final Path PROC = Path.of("/proc");
    /** Elsewhere than on Linux the start is computed from the clock, which may be set by a second or two. */
    private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

    /**
     * This process.
     *
     * @return its identity
     */
    public static ProcessIdentity current() {
        String stat = readLine(PROC.resolve("self/stat"));
        if (!stat.isEmpty()) {
            return new ProcessIdentity(
                    thisHost(), thisBoot(), Long.parseLong(stat, 0, stat.indexOf(' '), 10), start(stat));
        }
        ProcessHandle self = ProcessHandle.current();
        return new ProcessIdentity(thisHost(), thisBoot(), self.pid(), start(self));
    }

    /**
     * A process of this host.
     *
     * @param pid its process id
     * @return its identity, empty if there is no such process
     */
    public static Optional<ProcessIdentity> find(long pid) {
        String stat = readLine(PROC.resolve(Long.toString(pid)).resolve("stat"));
        if (!stat.isEmpty()) {
            return isZombie(stat)
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(thisHost(), thisBoot(), pid, start(stat)));
        }
        if (Files.exists(PROC.resolve("self"))) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> new ProcessIdentity(thisHost(), thisBoot(), pid, start(handle)));
    }

    /**
     * Whether this process is on this host, of whatever boot.
     *
     * @return true if its end can be seen from here
     */
    public boolean isLocal() {
        return host.equals(thisHost());
    }

    /**
     * Whether this process of this host still runs.
     *
     * @return false once it has ended
     * @throws IllegalStateException for a process of another host
     */
    public boolean isAlive() {
        if (!isLocal()) {
            throw new IllegalStateException(this + " cannot be seen from " + thisHost());
        }
        return boot.equals(thisBoot()) && find(pid).map(this::isSame).orElse(false);
    }

    private boolean isSame(ProcessIdentity other) {
        return start == other.start
                || !Files.exists(PROC.resolve("self")) && Math.abs(start - other.start) <= CLOCK_TOLERANCE_MILLIS;
    }

    /**
     * The identity in files.
     *
     * @return a JSON object
     */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host", host);
        json.put("boot", boot);
        json.put("pid", pid);
        json.put("start", start);
        return json;
    }

    /**
     * Reads an identity from a file.
     *
     * @param json what {@link #toJson} made
     * @return the identity
     */
    public static ProcessIdentity fromJson(JsonObject json) {
        return new ProcessIdentity(
                json.string("host"), json.string("boot"), json.integer("pid"), json.integer("start"));
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }

    private static boolean isZombie(String stat) {
        int state = stat.lastIndexOf(')') + 2;
        return state < stat.length() && stat.charAt(state) == 'Z';
    }

    /** Field 22; the fields before it are separated by spaces, but for the second, which may contain some. */
    private static long start(String stat) {
        int at = stat.lastIndexOf(')') + 2;
        for (int field = 3; field < 22; field++) {
            at = stat.indexOf(' ', at) + 1;
        }
        return Long.parseLong(stat, at, stat.indexOf(' ', at), 10);
    }

    private static long start(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String thisHost() {
        String name = readLine(PROC.resolve("sys/kernel/hostname"));
        if (name.isEmpty()) {
            name = System.getenv().getOrDefault("HOSTNAME", "");
        }
        return name.isEmpty() ? "localhost" : name;
    }

    private static String thisBoot() {
        return readLine(PROC.resolve("sys/kernel/random/boot_id"));
    }

    private static String readLine(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        } catch (IOException notThere) {
            return "";
        }
    }
}
