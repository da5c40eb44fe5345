package org.experimaestro.workspace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.core.json.JsonObject;

/**
 * The identity of a process, unique forever. Process ids are used again, so the identity has the host, its boot and the
 * process's start, too.
 *
 * @param host the host's name
 * @param boot an identifier of the host's boot; empty if the system has none
 * @param pid the process id
 * @param start the start of the process: on Linux in clock ticks since the boot (field 22 of {@code /proc/pid/stat},
 *     proc(5)), elsewhere in milliseconds since 1970
 * @param machine an identifier of the host, which differs between hosts of the same name; empty if the system has none
 * @param processes the namespace of the process id, because a host may have several; empty if the system has none
 */
public record ProcessIdentity(String host, String boot, long pid, long start, String machine, String processes) {
    /** The number of the field of {@code /proc/pid/stat} with the start. */
    private static final int START = 22;
    /** The tolerance for the start on systems without proc(5), where it depends on the clock, which may be adjusted. */
    private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

    private static final String MACHINE = "machine";
    private static final String PROCESSES = "processes";

    private static ProcessIdentity here(long pid, long start) {
        HostIdentity here = HostIdentity.current();
        return new ProcessIdentity(here.name(), here.boot(), pid, start, here.machine(), here.processes());
    }

    /**
     * Returns the identity of this process.
     *
     * @return its identity
     */
    public static ProcessIdentity current() {
        String stat = ProcFile.line("self/stat");
        if (!stat.isEmpty()) {
            return here(Long.parseLong(stat, 0, stat.indexOf(' '), 10), ProcFile.field(stat, START));
        }
        ProcessHandle self = ProcessHandle.current();
        return here(self.pid(), start(self));
    }

    /**
     * Finds a process of this host.
     *
     * @param pid its process id
     * @return its identity; empty if there is no such process, or it is a zombie
     */
    public static Optional<ProcessIdentity> find(long pid) {
        String stat = ProcFile.line(pid + "/stat");
        if (!stat.isEmpty()) {
            return isZombie(stat) ? Optional.empty() : Optional.of(here(pid, ProcFile.field(stat, START)));
        }
        if (ProcFile.isThere()) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(handle -> here(pid, start(handle)));
    }

    /**
     * Returns whether this process can be seen from here. Either it belongs to the present boot of this host, even
     * under another name of the host, and its process id is of the same namespace. Or it is known to belong to an
     * earlier boot of this host, and is therefore gone.
     *
     * @return true if {@link #isAlive} can be called here
     */
    public boolean isLocal() {
        return isSeenFrom(HostIdentity.current());
    }

    boolean isSeenFrom(HostIdentity here) {
        if (boot.isEmpty() || here.boot().isEmpty()) {
            // Only the names of host and machine are left; a name that many hosts have is not enough.
            return boot.equals(here.boot())
                    && machine.equals(here.machine())
                    && host.equals(here.name())
                    && !host.equals(HostIdentity.NAMELESS);
        }
        if (boot.equals(here.boot())) {
            return processes.isEmpty() || here.processes().isEmpty()
                    ? host.equals(here.name())
                    : processes.equals(here.processes());
        }
        // An earlier boot of this host, or another host of the same name.
        return host.equals(here.name()) && !machine.isEmpty() && machine.equals(here.machine());
    }

    /**
     * Returns whether this process still runs.
     *
     * @return false once it has ended
     * @throws IllegalStateException if the process cannot be seen from here; see {@link #isLocal}
     */
    public boolean isAlive() {
        HostIdentity here = HostIdentity.current();
        if (!isSeenFrom(here)) {
            throw new IllegalStateException(this + " cannot be seen from " + here.name());
        }
        return boot.equals(here.boot()) && find(pid).map(this::isSame).orElse(false);
    }

    private boolean isSame(ProcessIdentity other) {
        return start == other.start || !ProcFile.isThere() && Math.abs(start - other.start) <= CLOCK_TOLERANCE_MILLIS;
    }

    /**
     * Returns the form of the identity in files.
     *
     * @return a JSON object
     */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host", host);
        json.put("boot", boot);
        json.put("pid", pid);
        json.put("start", start);
        if (!machine.isEmpty()) {
            json.put(MACHINE, machine);
        }
        if (!processes.isEmpty()) {
            json.put(PROCESSES, processes);
        }
        return json;
    }

    /**
     * Reads an identity from a file.
     *
     * @param json an object made by {@link #toJson}
     * @return the identity
     * @throws IllegalArgumentException if it has no number of a process: 0 and negative numbers mean several (kill(2))
     */
    public static ProcessIdentity fromJson(JsonObject json) {
        long pid = json.integer("pid");
        // 1 is valid: it is the number of a run or a job that is the first process of its container.
        if (pid < 1 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("pid is the number of a process, from 1, and not " + pid);
        }
        return new ProcessIdentity(
                json.string("host"),
                json.string("boot"),
                pid,
                json.integer("start"),
                json.has(MACHINE) ? json.string(MACHINE) : "",
                json.has(PROCESSES) ? json.string(PROCESSES) : "");
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }

    private static boolean isZombie(String stat) {
        int state = stat.lastIndexOf(')') + 2;
        return state < stat.length() && stat.charAt(state) == 'Z';
    }

    private static long start(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
