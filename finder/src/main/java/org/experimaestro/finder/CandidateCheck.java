package org.experimaestro.finder;

import java.time.Duration;
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
import java.util.stream.Collectors;
import org.experimaestro.Requirement.Accelerator;
import org.experimaestro.Requirement.Alternative;
import org.experimaestro.finder.FileLauncher.Limits;
import org.experimaestro.finder.FileLauncher.Partition;
import org.experimaestro.finder.FileLauncher.Standing;
import org.experimaestro.finder.Refusal.Level;
import org.experimaestro.internal.requirement.Quantities;
import org.experimaestro.internal.requirement.RequirementPrinter;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/** Whether one place meets one alternative of a request, with all reasons if it does not. Used once. */
final class CandidateCheck {
    private static final long MEBIBYTE = 1L << 20;

    private final Candidate candidate;
    private final Alternative asked;
    private final Request request;
    private final LauncherTypes types;
    private final List<Refusal> refusals = new ArrayList<>();

    private final long memory;
    private AcceleratorAssignment assignment = new AcceleratorAssignment(new TreeMap<>(), 0, 0);
    private SortedMap<String, String> options = new TreeMap<>();

    private CandidateCheck(Candidate candidate, Alternative asked, Request request, LauncherTypes types) {
        this.candidate = candidate;
        this.asked = asked;
        this.request = request;
        this.types = types;
        this.memory = asked.memory() > 0
                ? asked.memory()
                : asked.cores() * candidate.launcher().memoryPerCore();
    }

    /** Checks a place. */
    static Explanation.Place check(Candidate candidate, Alternative asked, Request request, LauncherTypes types) {
        var check = new CandidateCheck(candidate, asked, request, types);
        check.launcher();
        candidate.partition().ifPresent(check::partition);
        check.host();
        return new Explanation.Place(
                candidate.by().map(FileLauncher.Dynamic::name),
                candidate.launcher().name(),
                candidate.partition().map(Partition::name),
                candidate.host().map(FileLauncher.Host::name),
                check.refusals,
                check.refusals.isEmpty() ? Optional.of(check.placement()) : Optional.empty());
    }

    private void launcher() {
        LauncherDefinition definition = candidate.launcher().definition();
        candidate.by().ifPresent(dynamic -> onlyTagged(dynamic.standing(), Level.LAUNCHER));
        if (candidate.by().isEmpty()) {
            onlyTagged(candidate.launcher().standing(), Level.LAUNCHER);
        }
        tags();
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
            List<String> known = Options.names(type.options());
            SortedMap<String, String> own = new TreeMap<>(request.options());
            // A plan may have options for several types of launcher: each takes those that it knows.
            own.keySet().retainAll(known);
            options.putAll(own);
            if (!own.isEmpty()) {
                type.check(options).forEach(sentence -> refuse(Level.LAUNCHER, "options: " + sentence));
            }
        });
    }

    private void onlyTagged(Standing standing, Level level) {
        boolean isNamed = request.name().isPresent() && level == Level.LAUNCHER;
        if (standing.onlyTagged() && !isNamed && Collections.disjoint(request.tags(), standing.tags())) {
            refuse(
                    level,
                    standing.tags().isEmpty()
                            ? "only for those who name it"
                            : "only for those who ask for its tags: " + list(standing.tags()));
        }
    }

    private void tags() {
        Set<String> tags = new TreeSet<>(candidate.launcher().standing().tags());
        candidate.by().ifPresent(dynamic -> tags.addAll(dynamic.standing().tags()));
        candidate
                .partition()
                .ifPresent(partition -> tags.addAll(partition.standing().tags()));
        if (!tags.containsAll(request.tags())) {
            refuse(
                    candidate.partition().isPresent() ? Level.PARTITION : Level.LAUNCHER,
                    "tags: %s asked, has %s".formatted(list(request.tags()), tags.isEmpty() ? "none" : list(tags)));
        }
    }

    private void partition(Partition partition) {
        Limits limits = partition.limits();
        onlyTagged(partition.standing(), Level.PARTITION);
        Optional<Duration> duration = asked.duration();
        if (duration.isPresent()
                && limits.duration().isPresent()
                && duration.get().compareTo(limits.duration().get()) > 0) {
            refuse(
                    Level.PARTITION,
                    atMost(
                            "duration",
                            Quantities.durationText(duration.get()),
                            Quantities.durationText(limits.duration().get())));
        }
        if (limits.cores().isPresent() && asked.cores() > limits.cores().getAsInt()) {
            refuse(
                    Level.PARTITION,
                    atMost(
                            "cores",
                            String.valueOf(asked.cores()),
                            String.valueOf(limits.cores().getAsInt())));
        }
        if (limits.memory().isPresent() && memory > limits.memory().getAsLong()) {
            refuse(
                    Level.PARTITION,
                    atMost(
                            "memory",
                            Quantities.sizeText(memory),
                            Quantities.sizeText(limits.memory().getAsLong())));
        }
        int count = asked.accelerators().size();
        if (count < limits.leastAccelerators()) {
            refuse(
                    Level.PARTITION,
                    "accelerators: %s asked, at least %d".formatted(number(count), limits.leastAccelerators()));
        }
        if (limits.mostAccelerators().isPresent()
                && count > limits.mostAccelerators().getAsInt()) {
            refuse(
                    Level.PARTITION,
                    atMost(
                            "accelerators",
                            String.valueOf(count),
                            String.valueOf(limits.mostAccelerators().getAsInt())));
        }
        if (limits.exclusive().isPresent() && limits.exclusive().get() != asked.exclusive()) {
            refuse(
                    Level.PARTITION,
                    asked.exclusive()
                            ? "exclusive: asked, hosts are always shared"
                            : "exclusive: not asked, only whole hosts are given");
        }
    }

    private void host() {
        if (candidate.host().isEmpty()) {
            withoutHost();
            return;
        }
        HostDescription host = candidate.host().get().description();
        if (asked.cores() > host.cores()) {
            refuse(Level.HOST, "cores: %d asked, has %d".formatted(asked.cores(), host.cores()));
        }
        boolean fits = memory <= host.memory();
        if (!fits) {
            refuse(
                    Level.HOST,
                    "memory: %s asked, has %s"
                            .formatted(Quantities.sizeText(memory), Quantities.sizeText(host.memory())));
        }
        if (!asked.accelerators().isEmpty()) {
            accelerators(host, fits);
        }
        if (!host.features().containsAll(asked.features())) {
            refuse(
                    Level.HOST,
                    "features: %s asked, has %s"
                            .formatted(
                                    list(asked.features()),
                                    host.features().isEmpty() ? "none" : list(host.features())));
        }
    }

    private void accelerators(HostDescription host, boolean memoryFits) {
        Optional<AcceleratorAssignment> unlimited =
                AcceleratorAssignment.find(asked.accelerators(), withMemory(host, Long.MAX_VALUE), 0);
        Optional<AcceleratorAssignment> found = AcceleratorAssignment.find(asked.accelerators(), host, memory);
        if (unlimited.isEmpty()) {
            refuse(Level.HOST, "accelerators: %s asked, has %s".formatted(acceleratorsText(), available(host)));
        } else if (found.isEmpty() && memoryFits) {
            refuse(
                    Level.HOST,
                    "memory: %s asked with %s, which share %s"
                            .formatted(
                                    Quantities.sizeText(memory),
                                    acceleratorsText(),
                                    Quantities.sizeText(host.memory())));
        }
        found.ifPresent(one -> assignment = one);
    }

    /** The file describes no hosts: a batch system can be asked, but nobody else knows its accelerators. */
    private void withoutHost() {
        boolean isBatch = !candidate.launcher().definition().type().equals(LauncherDefinition.DIRECT);
        Level level = candidate.partition().isPresent() ? Level.PARTITION : Level.LAUNCHER;
        List<Accelerator> accelerators = asked.accelerators();
        boolean isAnonymous = accelerators.stream().allMatch(each -> each.memory() == 0);
        if (!accelerators.isEmpty() && isBatch && isAnonymous) {
            assignment = new AcceleratorAssignment(new TreeMap<>(Map.of("", accelerators.size())), 0, 0);
        } else if (!accelerators.isEmpty()) {
            refuse(level, "accelerators: %s asked, no hosts are described".formatted(acceleratorsText()));
        }
        if (!asked.features().isEmpty() && !isBatch) {
            refuse(level, "features: %s asked, no hosts are described".formatted(list(asked.features())));
        }
    }

    private static HostDescription withMemory(HostDescription host, long memory) {
        return new HostDescription(
                host.name(), host.count(), host.cores(), memory, host.accelerators(), host.features());
    }

    private String acceleratorsText() {
        return RequirementPrinter.print(List.of(new Alternative(
                Optional.empty(),
                0,
                0,
                asked.accelerators(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                false,
                new TreeSet<>())));
    }

    private static String available(HostDescription host) {
        return host.accelerators().isEmpty()
                ? "none"
                : host.accelerators().stream()
                        .map(each -> "%s%s(mem=%s) * %d"
                                .formatted(
                                        each.name().isEmpty() ? "" : each.name() + " ",
                                        each.kind().name().toLowerCase(java.util.Locale.ROOT),
                                        each.memory() == 0 ? "?" : Quantities.sizeText(each.memory()),
                                        each.count()))
                        .collect(Collectors.joining(" and "));
    }

    private void refuse(Level level, String reason) {
        refusals.add(new Refusal(level, reason));
    }

    private static String atMost(String what, String asked, String most) {
        return "%s: %s asked, at most %s".formatted(what, asked, most);
    }

    private static String number(int count) {
        return count == 0 ? "none" : String.valueOf(count);
    }

    private static String list(Collection<String> names) {
        return String.join(", ", names);
    }

    private Placement placement() {
        LauncherDefinition definition = candidate.launcher().definition();
        return new Placement(
                definition,
                candidate.partition().map(Partition::name),
                candidate.host().map(FileLauncher.Host::name),
                new Resources(
                        asked.duration(),
                        asked.cores(),
                        memory + assignment.sharedMemory(),
                        assignment.counts(),
                        asked.exclusive(),
                        asked.features()),
                heap(asked, memory, candidate.launcher().heapPercent()),
                asked.jdk(),
                Options.merged(definition.environment(), request.environment()),
                options,
                definition.directives(),
                Optional.empty());
    }

    /** The heap that is asked for, else a part of the memory in whole mebibytes, else none. */
    static OptionalLong heap(Alternative asked, long memory, int percent) {
        if (asked.heap().isPresent() || memory == 0) {
            return asked.heap();
        }
        long part = memory / 100 * percent + memory % 100 * percent / 100;
        return OptionalLong.of(Math.max(MEBIBYTE, part / MEBIBYTE * MEBIBYTE));
    }
}
