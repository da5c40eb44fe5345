package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.finder.FileLauncher.Dynamic;
import org.experimaestro.finder.FileLauncher.Host;
import org.experimaestro.finder.FileLauncher.Partition;
import org.experimaestro.finder.FileLauncher.Running;

/**
 * A candidate: a place where jobs may run, regardless of their requirements.
 *
 * @param by the launcher that may choose this candidate among others; empty if the candidate competes by itself
 * @param launcher the launcher
 * @param partition its partition; empty if the file describes none
 * @param host the kind of host; empty if the file describes none
 */
record Candidate(Optional<Dynamic> by, Running launcher, Optional<Partition> partition, Optional<Host> host) {
    /** The rank of a candidate among others: a smaller rank is better. */
    private record Rank(int launcherPriority, int partitionPriority, int hostPriority, double price)
            implements Comparable<Rank> {
        private static final Comparator<Rank> BEST_FIRST = Comparator.comparingInt(Rank::launcherPriority)
                .thenComparingInt(Rank::partitionPriority)
                .thenComparingInt(Rank::hostPriority)
                .reversed()
                .thenComparingDouble(Rank::price);

        @Override
        public int compareTo(Rank other) {
            return BEST_FIRST.compare(this, other);
        }
    }

    /** Candidates that compete as one: a single place, or all those that a dynamic launcher chooses from. */
    private record Group(Rank rank, List<Candidate> members) {}

    /** Returns all candidates of a file, the best first; those of a dynamic launcher stay together. */
    static List<Candidate> of(List<FileLauncher> launchers) {
        List<Group> groups = new ArrayList<>();
        for (FileLauncher launcher : launchers) {
            switch (launcher) {
                case Running running ->
                    of(Optional.empty(), running).forEach(each -> groups.add(new Group(each.rank(), List.of(each))));
                case Dynamic dynamic -> groups.add(group(dynamic, launchers));
            }
        }
        groups.sort(Comparator.comparing(Group::rank));
        return groups.stream().flatMap(group -> group.members().stream()).toList();
    }

    private static Group group(Dynamic dynamic, List<FileLauncher> launchers) {
        List<Candidate> members = new ArrayList<>();
        for (String name : dynamic.among().keySet()) {
            for (FileLauncher launcher : launchers) {
                if (launcher instanceof Running running && running.name().equals(name)) {
                    members.addAll(of(Optional.of(dynamic), running));
                }
            }
        }
        return new Group(
                new Rank(dynamic.standing().priority(), 0, 0, dynamic.standing().price()), members);
    }

    /** Returns all candidates of a launcher, the best first. */
    private static List<Candidate> of(Optional<Dynamic> by, Running launcher) {
        List<Candidate> candidates = new ArrayList<>();
        for (Optional<Partition> partition : orNone(launcher.partitions())) {
            for (Optional<Host> host : orNone(partition.map(Partition::hosts).orElse(launcher.hosts()))) {
                candidates.add(new Candidate(by, launcher, partition, host));
            }
        }
        candidates.sort(Comparator.comparing(Candidate::rank));
        return candidates;
    }

    private static <T> List<Optional<T>> orNone(List<T> elements) {
        return elements.isEmpty()
                ? List.of(Optional.empty())
                : elements.stream().map(Optional::of).toList();
    }

    private Rank rank() {
        return new Rank(
                launcher.standing().priority(),
                partition.map(found -> found.standing().priority()).orElse(0),
                host.map(Host::priority).orElse(0),
                launcher.standing().price()
                        + partition.map(found -> found.standing().price()).orElse(0.0)
                        + host.map(Host::price).orElse(0.0));
    }

    /** Returns whether another candidate of the same launcher has the same rank. */
    boolean isAsGoodAs(Candidate other) {
        return launcher.name().equals(other.launcher.name()) && by.equals(other.by) && rank().equals(other.rank());
    }

    /** Returns the name by which plans choose it. */
    String name() {
        return by.map(Dynamic::name).orElse(launcher.name());
    }

    /** Returns the options of its launcher, partition and host; the narrowest override the others. */
    Map<String, String> options() {
        Map<String, String> options = launcher.definition().options();
        if (partition.isPresent()) {
            options = Options.merged(options, partition.get().options());
        }
        return host.isPresent() ? Options.merged(options, host.get().options()) : options;
    }
}
