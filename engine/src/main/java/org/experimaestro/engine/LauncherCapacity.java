package org.experimaestro.engine;

import java.util.HashMap;
import java.util.Map;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs one launcher may have at once: their number, and, where it counts them, the cores, memory and
 * accelerators that they were given.
 */
final class LauncherCapacity implements Scheduler.Capacity<SubmittedTask> {
    private final int limit;
    private final @Nullable HostDescription host;
    private final Map<String, Integer> accelerators = new HashMap<>();
    private int jobs;
    private long cores;
    private long memory;

    /** The limit of a launcher, for a run that lets so many jobs run on this machine. */
    LauncherCapacity(LauncherDefinition launcher, int jobsHere) {
        int most = launcher.limit().orElse(Integer.MAX_VALUE);
        this.limit = launcher.isHere() ? Math.min(most, jobsHere) : most;
        this.host = launcher.capacity().orElse(null);
    }

    @Override
    public boolean hasRoom(SubmittedTask task) {
        return jobs < limit && fits(resources(task));
    }

    private boolean fits(Resources asked) {
        if (host == null) {
            return true;
        }
        for (Map.Entry<String, Integer> wanted : asked.accelerators().entrySet()) {
            if (accelerators.getOrDefault(wanted.getKey(), 0) + wanted.getValue() > there(host, wanted.getKey())) {
                return false;
            }
        }
        return cores + asked.cores() <= host.cores() && memory + asked.memory() <= host.memory();
    }

    private static int there(HostDescription host, String name) {
        return host.accelerators().stream()
                .filter(group -> group.name().equals(name))
                .mapToInt(HostDescription.Accelerators::count)
                .sum();
    }

    @Override
    public void add(SubmittedTask task) {
        count(resources(task), 1);
    }

    @Override
    public void remove(SubmittedTask task) {
        count(resources(task), -1);
    }

    private void count(Resources resources, int sign) {
        jobs += sign;
        cores += (long) sign * resources.cores();
        memory += sign * resources.memory();
        resources.accelerators().forEach((name, count) -> accelerators.merge(name, sign * count, Integer::sum));
    }

    private static Resources resources(SubmittedTask task) {
        Placement placement = task.placement();
        return placement == null ? Resources.NONE : placement.resources();
    }
}
