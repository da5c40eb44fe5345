package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.Launcher;
import org.experimaestro.finder.FileLauncher.Partition;
import org.experimaestro.finder.FileLauncher.Ranking;
import org.experimaestro.finder.Refusal.Level;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/** A check that one candidate meets one alternative of a request, with all reasons if it does not. Used once. */
final class CandidateCheck {
    private static final long MEBIBYTE = 1L << 20;

    private final Candidate candidate;
    private final Alternative asked;
    private final Launcher request;
    private final LauncherTypes types;
    private final List<Refusal> refusals = new ArrayList<>();

    private final long memory;
    private AcceleratorAssignment assignment = HostCheck.NO_ACCELERATORS;
    private SortedMap<String, String> options = new TreeMap<>();

    private CandidateCheck(Candidate candidate, Alternative asked, Launcher request, LauncherTypes types) {
        this.candidate = candidate;
        this.asked = asked;
        this.request = request;
        this.types = types;
        this.memory = asked.memory() > 0
                ? asked.memory()
                : asked.cores() * candidate.launcher().memoryPerCore();
    }

    /** Checks a candidate. */
    static PlacementExplanation.Place check(
            Candidate candidate, Alternative asked, Launcher request, LauncherTypes types) {
        var check = new CandidateCheck(candidate, asked, request, types);
        check.launcher();
        candidate.partition().ifPresent(check::partition);
        check.host();
        return new PlacementExplanation.Place(
                candidate.by().map(FileLauncher.Dynamic::name),
                candidate.launcher().name(),
                candidate.partition().map(Partition::name),
                candidate.host().map(FileLauncher.Host::name),
                check.refusals,
                check.refusals.isEmpty() ? Optional.of(check.placement()) : Optional.empty());
    }

    private void launcher() {
        LauncherDefinition definition = candidate.launcher().definition();
        candidate.by().ifPresent(dynamic -> onlyLabeled(dynamic.standing(), Level.LAUNCHER));
        if (candidate.by().isEmpty()) {
            onlyLabeled(candidate.launcher().standing(), Level.LAUNCHER);
        }
        labels();
        OptionalInt jdk = asked.jdk();
        if (jdk.isPresent()
                && !definition.jdks().isEmpty()
                && !definition.jdks().containsKey(jdk.getAsInt())) {
            refuse(
                    Level.LAUNCHER,
                    "jdk: %d asked, has %s"
                            .formatted(
                                    jdk.getAsInt(),
                                    list(definition.jdks().keySet().stream()
                                            .map(String::valueOf)
                                            .toList())));
        }
        options = Options.merged(candidate.options(), Map.of());
        types.findLauncherType(definition.type()).ifPresent(type -> {
            List<String> known = Options.names(JobOption.with(type));
            SortedMap<String, String> own = new TreeMap<>(request.options());
            // A plan may have options for several types of launcher; each type takes only its own.
            own.keySet().retainAll(known);
            options.putAll(own);
            if (!own.isEmpty()) {
                Options.problems(type, options, definition.directives())
                        .forEach(sentence -> refuse(Level.LAUNCHER, "options: " + sentence));
            }
            Map<String, String> values = options;
            type.partitionOption().map(values::get).ifPresent(this::namedPartition);
        });
    }

    private void onlyLabeled(Ranking standing, Level level) {
        boolean isNamed = request.name().isPresent() && level == Level.LAUNCHER;
        if (standing.onlyLabeled() && !isNamed && Collections.disjoint(request.labelNames(), standing.labels())) {
            refuse(
                    level,
                    standing.labels().isEmpty()
                            ? "only for those who name it"
                            : "only for those who ask for its labels: " + list(standing.labels()));
        }
    }

    private void labels() {
        Set<String> labels = new TreeSet<>(candidate.launcher().standing().labels());
        candidate.by().ifPresent(dynamic -> labels.addAll(dynamic.standing().labels()));
        candidate
                .partition()
                .ifPresent(partition -> labels.addAll(partition.standing().labels()));
        if (!labels.containsAll(request.labelNames())) {
            refuse(
                    candidate.partition().isPresent() ? Level.PARTITION : Level.LAUNCHER,
                    "labels: %s asked, has %s"
                            .formatted(list(request.labelNames()), labels.isEmpty() ? "none" : list(labels)));
        }
    }

    /** Refuses a partition that an option does not name; otherwise the option would be ignored. */
    private void namedPartition(String names) {
        candidate
                .partition()
                .filter(partition -> !List.of(names.split("\\s*,\\s*")).contains(partition.name()))
                .ifPresent(partition -> refuse(Level.PARTITION, "partition: the option names only " + names));
    }

    private void partition(Partition partition) {
        onlyLabeled(partition.standing(), Level.PARTITION);
        LimitCheck.reasons(partition.limits(), asked, memory).forEach(reason -> refuse(Level.PARTITION, reason));
    }

    private void host() {
        boolean isBatch = !candidate.launcher().definition().type().equals(LauncherDefinition.DIRECT);
        HostCheck check = candidate
                .host()
                .map(host -> HostCheck.of(host.description(), asked, memory))
                .orElseGet(() -> HostCheck.withoutHost(asked, isBatch));
        Level level = candidate.partition().isPresent() ? Level.PARTITION : Level.LAUNCHER;
        check.reasons().forEach(reason -> refuse(candidate.host().isPresent() ? Level.HOST : level, reason));
        assignment = check.assignment();
    }

    private void refuse(Level level, String reason) {
        refusals.add(new Refusal(level, reason));
    }

    private static String list(Collection<String> names) {
        return String.join(", ", names);
    }

    private Placement placement() {
        Placement.Builder placement = Placement.on(candidate.launcher().definition(), request).toBuilder()
                .resources(new Resources(
                        asked.duration(),
                        asked.cores(),
                        memory + assignment.sharedMemory(),
                        assignment.counts(),
                        asked.exclusive(),
                        asked.features()));
        candidate.partition().map(Partition::name).ifPresent(placement::partition);
        candidate.host().map(FileLauncher.Host::name).ifPresent(placement::host);
        heap(asked, memory, candidate.launcher().heapPercent()).ifPresent(placement::heap);
        asked.jdk().ifPresent(placement::jdk);
        options.forEach(placement::option);
        return placement.build();
    }

    /** Returns the required heap, or by default a part of the memory in whole mebibytes, or none. */
    static OptionalLong heap(Alternative asked, long memory, int percent) {
        if (asked.heap().isPresent() || memory == 0) {
            return asked.heap();
        }
        long part = memory / 100 * percent + memory % 100 * percent / 100;
        return OptionalLong.of(Math.max(MEBIBYTE, part / MEBIBYTE * MEBIBYTE));
    }
}
