package org.experimaestro.finder;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RequestLimits;
import org.experimaestro.spi.Resources;

/**
 * The launcher without a launcher file: this machine. Its cores and memory are counted for jobs that require some.
 * Its accelerators are not counted, because no file lists them.
 *
 * @param host its cores and memory
 * @param jdks its JDKs
 */
record ThisMachine(HostDescription host, SortedMap<Integer, String> jdks) {

    /** Returns the machine that this process runs on, or the part of it that its container has. */
    static ThisMachine current() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new ThisMachine(
                new HostDescription(
                        "this",
                        1,
                        Runtime.getRuntime().availableProcessors(),
                        system.getTotalMemorySize(),
                        List.of(),
                        new TreeSet<>()),
                RunningCheck.localJdks());
    }

    /** Returns the launcher of jobs without requirements: nothing is counted. */
    LauncherDefinition uncounted() {
        return definition(Optional.empty());
    }

    /** Returns the launcher of jobs with requirements, which share its resources. */
    LauncherDefinition counted() {
        return definition(Optional.of(host));
    }

    private LauncherDefinition definition(Optional<HostDescription> capacity) {
        LauncherDefinition local = LauncherDefinition.local();
        return new LauncherDefinition(
                local.name(),
                local.type(),
                local.connector(),
                capacity,
                local.limit(),
                local.environment(),
                local.java(),
                jdks,
                local.niceness(),
                local.options(),
                local.directives());
    }

    /** Returns the most that a job can get: all memory, for any time. */
    RequestLimits limits() {
        return new RequestLimits(Optional.empty(), OptionalLong.of(host.memory()));
    }

    /**
     * Returns the placement of a job without a launcher file: this machine, with the first alternative capped at its
     * resources.
     *
     * @param location the plan's line, empty outside a plan
     * @param file the missing file's name in messages
     */
    Placement place(Launcher request, Optional<String> location, String file) {
        Alternative asked = PlacementSearch.alternatives(request).getFirst();
        if (asked.jdk().isPresent() && !jdks.containsKey(asked.jdk().getAsInt())) {
            throw LaunchException.of("there is no JDK %d on this machine, only %s"
                            .formatted(
                                    asked.jdk().getAsInt(),
                                    jdks.isEmpty()
                                            ? "that of this process"
                                            : String.join(
                                                    ", ",
                                                    jdks.keySet().stream()
                                                            .map(String::valueOf)
                                                            .toList())))
                    .at(location.orElse(null))
                    .advice("install it, or name its java command in " + file)
                    .build();
        }
        long memory = Math.min(asked.memory(), host.memory());
        Placement.Builder placement = Placement.on(counted(), request).toBuilder()
                .resources(new Resources(
                        asked.duration(),
                        Math.min(asked.cores(), host.cores()),
                        memory,
                        new TreeMap<>(),
                        asked.exclusive(),
                        asked.features()))
                .notice("There is no launcher file %s: jobs run on this machine, whatever they ask for;".formatted(file)
                        + " \"experimaestro launchers generate\" writes one.");
        CandidateCheck.heap(asked, memory, RunningCheck.HEAP_PERCENT).ifPresent(placement::heap);
        asked.jdk().ifPresent(placement::jdk);
        return placement.build();
    }
}
