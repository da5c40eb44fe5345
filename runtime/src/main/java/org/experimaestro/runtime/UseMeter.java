package org.experimaestro.runtime;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.CgroupMemory;
import org.experimaestro.workspace.ProcessUse;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.WorkerUse;
import org.jspecify.annotations.Nullable;

/**
 * The meter of the resources that a job uses. It looks from time to time, because the processes that the task has started
 * are gone at its end, and a process that is killed tells nothing at its own. Thread-safe.
 */
final class UseMeter {
    /**
     * The growth of an amount that is stored. A job of a day writes some eighty times, and what is stored is never far
     * behind.
     */
    private static final double GROWTH = 1.1;

    /** The time before which nothing is stored, because most jobs that fail early tell their use themselves. */
    private static final double FIRST_SECONDS = 10;

    private final Attempt attempt;
    private final long started;
    private final @Nullable WorkerUse worker;
    private @Nullable EnergyMeter energy;
    private final CgroupMemory cgroup = new CgroupMemory();
    private long childMemory;
    private @Nullable ResourceUse stored;

    /**
     * Creates the meter of this process.
     *
     * @param attempt the attempt that the process runs
     * @param started the start of the process, in milliseconds since 1970
     */
    UseMeter(Attempt attempt, long started) {
        this(attempt, started, null);
    }

    /**
     * Creates the meter of a task.
     *
     * @param attempt the attempt
     * @param started the begin of the task, in milliseconds since 1970
     * @param worker the resources that the worker has used since; {@code null} for a process of the task's own
     */
    UseMeter(Attempt attempt, long started, @Nullable WorkerUse worker) {
        this.attempt = attempt;
        this.started = started;
        this.worker = worker;
    }

    /** Returns the resources that were used so far. */
    synchronized ResourceUse measure() {
        ResourceUse use;
        if (worker == null) {
            childMemory = Math.max(childMemory, ProcessUse.childMemory());
            use = ResourceUse.ofThisProcess(started, childMemory).withCgroup(cgroup.peak());
        } else {
            childMemory = Math.max(childMemory, worker.childMemory());
            use = worker.since(started, childMemory);
        }
        return use.with(energy().measure(use));
    }

    /** Returns the meter of the energy, which is made after the start of the job. */
    private EnergyMeter energy() {
        EnergyMeter made = energy;
        if (made == null) {
            made = new EnergyMeter(System.getenv(), RaplCounters.FOLDER);
            energy = made;
        }
        return made;
    }

    /**
     * Looks at the resources, and stores them if they have grown much since they were stored.
     *
     * @throws IOException if they cannot be stored; the next look tries again
     */
    synchronized void look() throws IOException {
        ResourceUse use = measure();
        energy().look();
        if (mustStore(use, stored)) {
            attempt.storeUse(use);
            stored = use;
        }
    }

    /** Returns whether resources are to be stored, after others were; {@code null} if none were. */
    static boolean mustStore(ResourceUse use, @Nullable ResourceUse before) {
        return use.wallSeconds() >= FIRST_SECONDS
                && (before == null
                        || use.wallSeconds() > GROWTH * before.wallSeconds()
                        || hasGrown(use.memoryBytes(), before.memoryBytes())
                        || hasGrown(use.cpuSeconds(), before.cpuSeconds()));
    }

    private static boolean hasGrown(OptionalLong now, OptionalLong before) {
        return now.isPresent() && now.getAsLong() > GROWTH * before.orElse(0);
    }

    private static boolean hasGrown(OptionalDouble now, OptionalDouble before) {
        return now.isPresent() && now.getAsDouble() > GROWTH * before.orElse(0);
    }
}
