package org.experimaestro.launcher.slurm;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.experimaestro.spi.HostPlacement;
import org.experimaestro.spi.Placement;

/**
 * A join of equally good places to one submission: several partitions ({@code --partition=a,b}), and several kinds of
 * host. Slurm cannot express alternative types of GPU ({@code --gres}, sbatch(1)), so the submission asks for GPUs of
 * any type, and for one of the features of the right hosts if there are wrong ones ({@code --constraint="x|y"}).
 */
final class SlurmJoin {
    /** The pattern of one feature; other constraints are expressions. */
    private static final Pattern FEATURE = Pattern.compile("[\\w.-]+");

    /** The pattern of constraints that cannot follow {@code &}. */
    private static final Pattern EXPRESSION = Pattern.compile("[|\\[(*]");

    private static final String CONSTRAINT = SlurmOption.CONSTRAINT.key();

    private final List<HostPlacement> places;
    private final Placement first;

    private SlurmJoin(List<HostPlacement> places) {
        this.places = places;
        this.first = places.getFirst().placement();
    }

    /**
     * Returns the joined placement.
     *
     * @param places the places, which are at least two
     * @param others the other kinds of host in the partitions
     * @return empty if Slurm cannot express it
     */
    static Optional<Placement> of(List<HostPlacement> places, List<HostDescription> others) {
        var join = new SlurmJoin(places);
        boolean isAlike = places.stream()
                        .map(place -> common(place.placement()))
                        .distinct()
                        .count()
                == 1;
        boolean isNamed = join.names(Placement::partition).isEmpty()
                || places.stream()
                        .allMatch(place -> place.placement().partition().isPresent());
        if (!isAlike || !isNamed) {
            return Optional.empty();
        }
        return join.accelerators()
                .flatMap(counts -> join.constraint(counts, others).map(constraint -> join.joined(counts, constraint)));
    }

    /** Returns a placement without the parts in which joined places may differ. */
    private static Placement common(Placement placement) {
        return placement.toBuilder()
                .partition("")
                .host("")
                .resources(placement.resources().withAccelerators(Map.of()))
                .option(CONSTRAINT, "")
                .build();
    }

    private List<String> names(Function<Placement, Optional<String>> part) {
        return places.stream()
                .flatMap(place -> part.apply(place.placement()).stream())
                .distinct()
                .toList();
    }

    private Placement joined(SortedMap<String, Integer> accelerators, String constraint) {
        Placement.Builder joined = first.toBuilder().resources(first.resources().withAccelerators(accelerators));
        List<String> partitions = names(Placement::partition);
        if (!partitions.isEmpty()) {
            joined.partition(String.join(",", partitions));
        }
        List<String> hosts = names(Placement::host);
        if (!hosts.isEmpty()) {
            joined.host(String.join(",", hosts));
        }
        if (!constraint.isEmpty()) {
            joined.option(CONSTRAINT, constraint);
        }
        return joined.build();
    }

    /** Returns the accelerators of all places, or as many of any type; empty if these may be others. */
    private Optional<SortedMap<String, Integer>> accelerators() {
        SortedMap<String, Integer> counts = first.resources().accelerators();
        if (places.stream()
                .allMatch(place -> place.placement().resources().accelerators().equals(counts))) {
            return Optional.of(counts);
        }
        int count = first.resources().acceleratorCount();
        return places.stream().allMatch(place -> hasOneType(place, count))
                ? Optional.of(new TreeMap<>(Map.of("", count)))
                : Optional.empty();
    }

    /** Returns whether so many GPUs of any type are those of the placement, because its host has only one type. */
    private static boolean hasOneType(HostPlacement place, int count) {
        SortedMap<String, Integer> counts = place.placement().resources().accelerators();
        return counts.size() == 1
                && place.placement().resources().acceleratorCount() == count
                && place.host()
                        .filter(host -> gpus(host).allMatch(each -> each.name().equals(counts.firstKey()))
                                && gpus(host).findAny().isPresent())
                        .isPresent();
    }

    /** Returns the accelerators of Slurm's resource {@code gpu}. Names of other resources have a colon. */
    private static Stream<Accelerators> gpus(HostDescription host) {
        return host.accelerators().stream().filter(each -> each.name().indexOf(':') < 0);
    }

    /** Returns the constraint, possibly empty, which keeps the job from wrong hosts; nothing if there is none. */
    private Optional<String> constraint(SortedMap<String, Integer> counts, List<HostDescription> others) {
        List<HostDescription> wrong = counts.equals(first.resources().accelerators())
                ? List.of()
                : others.stream()
                        .filter(host -> gpus(host).mapToInt(Accelerators::count).sum()
                                >= first.resources().acceleratorCount())
                        .toList();
        List<String> written = places.stream()
                .map(place -> place.placement().options().getOrDefault(CONSTRAINT, ""))
                .distinct()
                .toList();
        if (written.size() > 1) {
            boolean isRight = written.stream()
                    .allMatch(each -> FEATURE.matcher(each).matches()
                            && wrong.stream().noneMatch(host -> host.features().contains(each)));
            return isRight ? Optional.of(String.join("|", written)) : Optional.empty();
        }
        String shared = written.getFirst();
        if (wrong.isEmpty()) {
            return Optional.of(shared);
        }
        Optional<String> features = features(wrong);
        if (shared.isEmpty() || features.isEmpty()) {
            return features;
        }
        return EXPRESSION.matcher(shared).find()
                ? Optional.empty()
                : features.map(text -> (text.contains("|") ? "(" + text + ")" : text) + "&" + shared);
    }

    /** Returns features of which each right host has one, and no wrong host any. */
    private Optional<String> features(Collection<HostDescription> wrong) {
        List<Optional<String>> features = places.stream()
                .flatMap(place -> place.host().stream())
                .map(host -> host.features().stream()
                        .filter(feature -> wrong.stream()
                                .noneMatch(other -> other.features().contains(feature)))
                        .findFirst())
                .distinct()
                .toList();
        return features.contains(Optional.<String>empty())
                ? Optional.empty()
                : Optional.of(features.stream().flatMap(Optional::stream).collect(Collectors.joining("|")));
    }
}
