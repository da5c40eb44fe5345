package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.finder.PlacementExplanation.Place;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.Placement;

/**
 * The places that a job is offered together, because they have the same rank as the best one.
 *
 * @param placement the placement; its alternatives are what one submission cannot express
 * @param places the places, the first in the file first
 */
record Offer(Placement placement, List<Place> places) {

    /**
     * Returns the offer for the best candidate.
     *
     * @param first the best candidate
     * @param tried all candidates for the same alternative of the request
     * @param type the type of its launcher
     */
    static Offer of(Match first, List<Match> tried, Optional<LauncherType> type) {
        List<Match> equal = equal(first, tried);
        List<List<Match>> groups = groups(equal, tried, type);
        List<Placement> placements = groups.stream()
                .map(group -> join(group, tried, type).orElseThrow())
                .toList();
        Placement.Builder offered = placements.getFirst().toBuilder();
        offered.alternatives(placements.subList(1, placements.size()));
        first.notice().ifPresent(offered::notice);
        return new Offer(
                offered.build(),
                groups.stream()
                        .flatMap(group -> group.stream().map(Match::place))
                        .toList());
    }

    /**
     * Returns the candidates that are as good as the best one. A job that needs no accelerator is kept away from
     * hosts that have some, unless the best host is one.
     */
    private static List<Match> equal(Match first, List<Match> tried) {
        boolean isPlain = first.host().isPresent() && !first.hasAccelerators();
        List<Match> equal = new ArrayList<>(List.of(first));
        for (Match match : tried) {
            if (!match.candidate().equals(first.candidate())
                    && match.place().isMatch()
                    && match.candidate().isAsGoodAs(first.candidate())
                    && !(isPlain && match.hasAccelerators())) {
                equal.add(match);
            }
        }
        return equal;
    }

    /** Returns groups of which each is one placement; as few as are found. */
    private static List<List<Match>> groups(List<Match> equal, List<Match> tried, Optional<LauncherType> type) {
        if (join(equal, tried, type).isPresent()) {
            return List.of(equal);
        }
        List<List<Match>> groups = new ArrayList<>();
        for (Match match : equal) {
            boolean isJoined = false;
            for (int i = 0; i < groups.size() && !isJoined; i++) {
                List<Match> longer = new ArrayList<>(groups.get(i));
                longer.add(match);
                isJoined = join(longer, tried, type).isPresent();
                if (isJoined) {
                    groups.set(i, longer);
                }
            }
            if (!isJoined) {
                groups.add(List.of(match));
            }
        }
        return groups;
    }

    private static Optional<Placement> join(List<Match> group, List<Match> tried, Optional<LauncherType> type) {
        return group.size() == 1
                ? Optional.of(group.getFirst().placement())
                : type.flatMap(
                        known -> known.join(group.stream().map(Match::placed).toList(), others(group, tried)));
    }

    /** Returns the other kinds of host in the partitions of a group. */
    private static List<HostDescription> others(List<Match> group, List<Match> tried) {
        Set<Optional<String>> partitions = new HashSet<>();
        Set<String> own = new HashSet<>();
        group.forEach(match -> {
            partitions.add(match.place().partition());
            match.place().host().ifPresent(own::add);
        });
        Map<String, HostDescription> others = new LinkedHashMap<>();
        String launcher = group.getFirst().place().launcher();
        for (Match match : tried) {
            if (match.place().launcher().equals(launcher)
                    && partitions.contains(match.place().partition())) {
                match.host()
                        .filter(host -> !own.contains(host.name()))
                        .ifPresent(host -> others.put(host.name(), host));
            }
        }
        return List.copyOf(others.values());
    }
}
