package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Limit;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/**
 * How many jobs of which size run at once: on this machine, those of the run; at a launcher, those of its limit, and, where
 * it counts them, as many as fit into the cores, memory and accelerators of its host. Confined to the scheduler's thread, but
 * for {@link #jobsHere}.
 */
final class LauncherLimits {
    private final Limit here;
    private final Map<String, Limit> limits = new HashMap<>();

    /** For a run that lets so many jobs run on this machine. */
    LauncherLimits(int jobsHere) {
        this.here = new Limit("jobs of this machine", jobsHere);
    }

    /** The limit of the jobs that run on this machine. */
    Limit jobsHere() {
        return here;
    }

    /** Returns what a job with this placement needs. */
    List<Demand> demands(Placement placement) {
        LauncherDefinition launcher = placement.launcher();
        List<Demand> demands = new ArrayList<>(4);
        if (launcher.isHere()) {
            demands.add(new Demand(here, 1));
        }
        if (launcher.limit().isPresent()) {
            add(demands, launcher, "jobs", launcher.limit().getAsInt(), 1);
        }
        HostDescription host = launcher.capacity().orElse(null);
        if (host != null) {
            Resources asked = placement.resources();
            add(demands, launcher, "cores", host.cores(), asked.cores());
            add(demands, launcher, "memory", host.memory(), asked.memory());
            asked.accelerators()
                    .forEach((name, count) ->
                            add(demands, launcher, "accelerators " + name, accelerators(host, name), count));
        }
        return demands;
    }

    /** A size of 0 is asked for by nobody: such a placement is refused when it is submitted. */
    private void add(List<Demand> demands, LauncherDefinition launcher, String what, long size, long amount) {
        if (amount > 0) {
            String name = what + " of the launcher " + launcher.name();
            demands.add(new Demand(limits.computeIfAbsent(name, key -> new Limit(key, Math.max(1, size))), amount));
        }
    }

    private static long accelerators(HostDescription host, String name) {
        long count = 0;
        for (HostDescription.Accelerators group : host.accelerators()) {
            count += group.name().equals(name) ? group.count() : 0;
        }
        return count;
    }
}
