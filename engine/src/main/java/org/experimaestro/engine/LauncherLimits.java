package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.experimaestro.Token;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Limit;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.workspace.RunLimit;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the jobs that run at once. This machine has the limit of the run. A launcher has its own limit of jobs.
 * If it counts resources, its jobs must also fit into the cores, memory and accelerators of its host. All runs
 * share tokens. Confined to the scheduler's thread, except {@link #jobsHere}, {@link #tokens}
 * and {@link #ofToken}.
 */
final class LauncherLimits {
    private final Limit here;
    private final Source source;
    private final Map<String, Limit> limits = new HashMap<>();
    private final Map<Token, Limit> tokens = new ConcurrentHashMap<>();

    /** The maker of the limits of launchers' jobs. */
    interface Source {
        /** The maker of limits that count the jobs of one run alone. */
        Source ALONE = (name, launcher, size) -> new Limit(name, size);

        /** Makes a limit of this name and size for the jobs of a launcher. Called once for each launcher. */
        Limit create(String name, LauncherDefinition launcher, long size);

        /** Handles a new phase of a job; does nothing by default. */
        default void changed(TaskJob job, Phase phase) {}
    }

    /** Creates the limits of a run with this largest number of jobs at once on this machine. */
    LauncherLimits(int jobsHere, Source source) {
        this.here = new Limit(RunLimit.HERE, jobsHere);
        this.source = source;
    }

    /** Returns the limit of the jobs that run on this machine. */
    Limit jobsHere() {
        return here;
    }

    /** Handles a new phase of a job. */
    void changed(TaskJob job, Phase phase) {
        source.changed(job, phase);
    }

    /** Returns the demands of a job with this placement. */
    List<Demand> demands(Placement placement) {
        LauncherDefinition launcher = placement.launcher();
        List<Demand> demands = new ArrayList<>(4);
        if (launcher.isHere()) {
            demands.add(new Demand(here, 1));
        }
        if (launcher.limit().isPresent()) {
            String name = RunLimit.nameOf(RunLimit.JOBS, launcher.name());
            Limit jobs = limits.computeIfAbsent(
                    name, key -> source.create(key, launcher, launcher.limit().getAsInt()));
            demands.add(new Demand(jobs, 1));
        }
        HostDescription host = launcher.capacity().orElse(null);
        if (host != null) {
            Resources asked = placement.resources();
            add(demands, launcher, RunLimit.CORES, host.cores(), asked.cores());
            add(demands, launcher, RunLimit.MEMORY, host.memory(), asked.memory());
            asked.accelerators()
                    .forEach((name, count) ->
                            add(demands, launcher, "accelerators " + name, accelerators(host, name), count));
        }
        return demands;
    }

    /** Returns the demands of a job that holds tokens, of which there are so many. */
    List<Demand> demands(SortedMap<Token, Integer> amounts, Function<Token, Long> sizes) {
        List<Demand> demands = new ArrayList<>(amounts.size());
        amounts.forEach((token, amount) -> demands.add(new Demand(
                tokens.computeIfAbsent(
                        token, key -> Limit.byAdmission(RunLimit.nameOfTokens(key.toString()), sizes.apply(key))),
                amount)));
        return demands;
    }

    /** Returns the demand of a job that uses a shared folder, as one at a time does. */
    Demand demand(SharedFolder folder) {
        String name = RunLimit.nameOfTokens(folder.path());
        return new Demand(limits.computeIfAbsent(name, key -> Limit.byAdmission(key, 1)), 1);
    }

    /** Returns the tokens that jobs have needed. */
    Set<Token> tokens() {
        return Set.copyOf(tokens.keySet());
    }

    /** Returns the limit of a token; {@code null} if no job has needed the token. */
    @Nullable
    Limit ofToken(Token token) {
        return tokens.get(token);
    }

    /**
     * Adds a demand, if it is positive. The size is then positive too, because a placement that exceeds its host is
     * refused when it is submitted.
     */
    private void add(List<Demand> demands, LauncherDefinition launcher, String what, long size, long amount) {
        if (amount > 0) {
            String name = RunLimit.nameOf(what, launcher.name());
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
