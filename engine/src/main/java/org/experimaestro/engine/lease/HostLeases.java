package org.experimaestro.engine.lease;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.CheckedFolder;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Resources;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * The shares of a host that the jobs of this user hold: cores, memory and accelerators. No share is promised twice,
 * however many runs there are. Thread-safe, also between processes.
 *
 * <p>For each resource of each host there is one file with its holders. A holder counts while the process that took the
 * lease is alive, or while its job is active. So a lease outlives its plan, and ends by itself when both have ended.
 * All files of a host are read and written under one file lock, which the system releases when a process dies.
 */
public final class HostLeases {
    private static final String NAME = "leases";
    private static final String CORES = "cores";
    private static final String MEMORY = "memory";
    private static final String ACCELERATOR = "accelerator-";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);

    private final Path state;
    private final RunClock clock;
    private final ProcessIdentity self = ProcessIdentity.current();
    private final Map<String, CheckedFolder> hosts = new ConcurrentHashMap<>();

    /**
     * Creates leases.
     *
     * @param state the folder of this user's state; its folder {@value #NAME} has a folder for each host, which is made
     *     when needed
     */
    public HostLeases(Path state) {
        this(state, RunClock.SYSTEM);
    }

    /**
     * Creates leases.
     *
     * @param state the folder of this user's state
     * @param clock the clock of the pauses before the leases of others are read again
     */
    public HostLeases(Path state, RunClock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** A share that one job holds until it is closed. */
    public interface Lease extends AutoCloseable {
        /** The lease of nothing, which is never missing. */
        Lease NONE = () -> {};

        /**
         * Returns the variables by which the job's process finds its share.
         *
         * @return environment variables; empty by default
         */
        default Map<String, String> environment() {
            return Map.of();
        }

        /** Gives the share back. */
        @Override
        void close() throws IOException;
    }

    /**
     * Checks that the share of a job can be counted, before the job is claimed. If it cannot, no job of this user can
     * be counted, and each would have a failed attempt.
     *
     * @param placement the job's placement
     * @throws WorkspaceException if the folder of the leases cannot be made, or others could change it
     */
    public void require(Placement placement) {
        if (isCounted(placement)) {
            try {
                host(placement.launcher());
            } catch (IOException failed) {
                throw WorkspaceException.of("Cannot count what jobs hold of "
                                + placement.launcher().capacity().orElseThrow().name() + ": "
                                + Failures.reason(failed))
                        .advice(UserFolder.STATE.advice())
                        .cause(failed)
                        .build();
            }
        }
    }

    private static boolean isCounted(Placement placement) {
        Resources asked = placement.resources();
        return placement.launcher().capacity().isPresent()
                && (asked.cores() != 0 || asked.memory() != 0 || asked.acceleratorCount() != 0);
    }

    /**
     * Waits until a host has a job's share, and takes it: all at once, or nothing.
     *
     * @param job the job
     * @param placement the job's placement; nothing is taken if its launcher does not count, or nothing was asked for
     * @param listener the listener that gets the missing resource as the job's status
     * @return the lease
     * @throws RefusedException if the share is more than the host has in all
     * @throws IOException if the files cannot be read or written
     * @throws InterruptedException if this thread is interrupted; nothing is held then
     */
    public Lease acquire(JobFolder job, Placement placement, JobSpec.Listener listener)
            throws RefusedException, IOException, InterruptedException {
        if (!isCounted(placement)) {
            return Lease.NONE;
        }
        LauncherDefinition launcher = placement.launcher();
        Resources asked = placement.resources();
        Optional<String> excess = HostLimits.excess(placement);
        if (excess.isPresent()) {
            throw new RefusedException("it was given " + excess.get());
        }
        Path host = host(launcher);
        Duration pause = FIRST_PAUSE;
        boolean waited = false;
        while (true) {
            Held held = tryTakeUnderLock(host, job, launcher.capacity().get(), asked);
            if (held.missing().isEmpty()) {
                if (waited) {
                    listener.statusChanged("");
                }
                return held;
            }
            waited = true;
            listener.statusChanged("waiting for " + held.missing());
            clock.sleep(pause);
            pause = pause.compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
        }
    }

    private Path host(LauncherDefinition launcher) throws IOException {
        String name = launcher.connector()
                .map(connector -> "connector-" + connector.name())
                .orElse(self.host());
        return hosts.computeIfAbsent(name, host -> new CheckedFolder(state, NAME, host))
                .make();
    }

    private Held tryTakeUnderLock(Path host, JobFolder job, HostDescription capacity, Resources asked)
            throws IOException, InterruptedException {
        try {
            return FolderLock.under(host, () -> tryTake(host, job, capacity, asked));
        } catch (FileLockInterruptionException | ClosedByInterruptException stopped) {
            Thread.interrupted();
            throw new InterruptedException("Interrupted while it waited for the leases of " + host);
        }
    }

    private static final class Held implements Lease {
        private final String id = UUID.randomUUID().toString();
        private final Path host;
        private final JobFolder job;
        private final List<Integer> devices;
        private final String missing;

        Held(Path host, JobFolder job, List<Integer> devices, String missing) {
            this.host = host;
            this.job = job;
            this.devices = devices;
            this.missing = missing;
        }

        String missing() {
            return missing;
        }

        /** Returns the devices' numbers, as CUDA counts them (CUDA C++ Programming Guide, environment variables). */
        @Override
        public Map<String, String> environment() {
            return devices.isEmpty()
                    ? Map.of()
                    : Map.of(
                            "CUDA_VISIBLE_DEVICES",
                            devices.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }

        /** Gives the share back. A job that runs on without its plan keeps its share until its own end. */
        @Override
        public void close() throws IOException {
            // An interrupted thread cannot wait for a file lock, but must give back its share.
            boolean interrupted = Thread.interrupted();
            try {
                FolderLock.under(host, () -> {
                    boolean runsOn = job.status().isActive();
                    for (Path file : LeaseFile.all(host)) {
                        LeaseFile before = LeaseFile.read(file);
                        LeaseFile after = runsOn ? before.withoutOwner(id) : before.without(id);
                        if (!after.equals(before)) {
                            after.write(file);
                        }
                    }
                    return this;
                });
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private Held tryTake(Path host, JobFolder job, HostDescription capacity, Resources asked) throws IOException {
        forget(host, job);
        LeaseFile cores = LeaseFile.read(host.resolve(CORES + LeaseFile.SUFFIX)).alive();
        LeaseFile memory =
                LeaseFile.read(host.resolve(MEMORY + LeaseFile.SUFFIX)).alive();
        if (!cores.hasRoom(asked.cores(), capacity.cores())) {
            return new Held(host, job, List.of(), asked.cores() + " cores of " + capacity.name());
        }
        if (!memory.hasRoom(asked.memory(), capacity.memory())) {
            return new Held(host, job, List.of(), "memory of " + capacity.name());
        }
        DeviceChoice devices = DeviceChoice.of(capacity, asked, device -> isFree(host, device));
        if (!devices.missing().isEmpty()) {
            return new Held(host, job, List.of(), devices.missing() + " of " + capacity.name());
        }
        Held held = new Held(host, job, devices.numbers(), "");
        cores.with(holder(held, asked.cores())).write(host.resolve(CORES + LeaseFile.SUFFIX));
        memory.with(holder(held, asked.memory())).write(host.resolve(MEMORY + LeaseFile.SUFFIX));
        for (int device : devices.numbers()) {
            LeaseFile.EMPTY.with(holder(held, 1)).write(deviceFile(host, device));
        }
        return held;
    }

    /**
     * Removes the leases of a job's earlier attempts. The caller holds the claim of the job, so those attempts are
     * over. Their leases would count as held by the new attempt, which would wait for itself.
     */
    private static void forget(Path host, JobFolder job) throws IOException {
        for (Path file : LeaseFile.all(host)) {
            LeaseFile before = LeaseFile.read(file);
            LeaseFile after = before.withoutJob(job.path().toString());
            if (!after.equals(before)) {
                after.write(file);
            }
        }
    }

    private LeaseFile.Holder holder(Held held, long amount) {
        return new LeaseFile.Holder(held.id, held.job.path().toString(), self, amount);
    }

    private static boolean isFree(Path host, int device) throws IOException {
        return LeaseFile.read(deviceFile(host, device)).alive().hasRoom(1, 1);
    }

    private static Path deviceFile(Path host, int device) {
        return host.resolve(ACCELERATOR + device + LeaseFile.SUFFIX);
    }
}
