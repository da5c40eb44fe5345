package org.experimaestro.finder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.base.text.NearName;
import org.experimaestro.finder.FileLauncher.Dynamic;
import org.experimaestro.finder.PlacementExplanation.Part;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.settings.Texts;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RequestLimits;

/** A search of the launcher file for candidates that meet a request. Thread-safe. */
final class PlacementSearch {
    private final LauncherFile file;
    private final LauncherTypes types;
    private final DynamicChoice choice;
    private final List<Candidate> candidates;

    PlacementSearch(LauncherFile file, LauncherTypes types, DynamicChoice choice) {
        this.file = file;
        this.types = types;
        this.choice = choice;
        this.candidates = Candidate.of(file.launchers());
    }

    /**
     * The result of a search.
     *
     * @param explanation every candidate, and the chosen placement
     * @param matches the placements that meet the request, the best first: those that are offered together, then
     *     single ones; for a dynamic launcher, only its choice
     */
    record Result(PlacementExplanation explanation, List<Placement> matches) {}

    /** Tries every candidate. */
    Result run(Launcher request) {
        checkName(request);
        checkOptions(request);
        List<Part> parts = new ArrayList<>();
        List<Offer> offers = new ArrayList<>();
        Set<Placement> matches = new LinkedHashSet<>();
        for (Alternative alternative : alternatives(request)) {
            List<Match> tried = tried(alternative, request);
            parts.add(new Part(alternative, tried.stream().map(Match::place).toList()));
            List<Match> best = best(tried);
            if (!best.isEmpty()) {
                Offer offer = offer(best.getFirst(), tried);
                offers.add(offer);
                matches.add(offer.placement());
            }
            best.forEach(match -> matches.add(match.placement()));
        }
        Optional<Offer> chosen = offers.stream().findFirst();
        return new Result(
                new PlacementExplanation(
                        file.label(),
                        parts,
                        chosen.map(Offer::placement),
                        chosen.map(Offer::places).orElse(List.of())),
                List.copyOf(matches));
    }

    /** Returns the most that the candidates give to a request that they otherwise meet. */
    RequestLimits limits(Launcher request) {
        Alternative asked = alternatives(request).getFirst();
        return new RequestLimits(
                largest(request, asked.withDuration(Duration.ZERO), PlacementSearch::duration),
                largest(request, asked.withMemory(0), PlacementSearch::memory)
                        .map(OptionalLong::of)
                        .orElseGet(OptionalLong::empty));
    }

    /**
     * Returns the largest limit of the candidates that meet an alternative; empty if none meets it, or one of them has no
     * limit.
     */
    private <T extends Comparable<T>> Optional<T> largest(
            Launcher request, Alternative asked, Function<Candidate, Optional<T>> limit) {
        List<Optional<T>> limits = tried(asked, request).stream()
                .filter(match -> match.place().isMatch())
                .map(match -> limit.apply(match.candidate()))
                .toList();
        return limits.stream().allMatch(Optional::isPresent)
                ? limits.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    private static Optional<Duration> duration(Candidate candidate) {
        return candidate.partition().flatMap(partition -> partition.limits().duration());
    }

    private static Optional<Long> memory(Candidate candidate) {
        OptionalLong ofPartition = candidate
                .partition()
                .map(partition -> partition.limits().memory())
                .orElse(OptionalLong.empty());
        Optional<Long> ofHost = candidate.host().map(host -> host.description().memory());
        return ofPartition.isPresent()
                ? Optional.of(ofHost.map(most -> Math.min(most, ofPartition.getAsLong()))
                        .orElse(ofPartition.getAsLong()))
                : ofHost;
    }

    private Offer offer(Match first, List<Match> tried) {
        Optional<LauncherType> type =
                types.findLauncherType(first.candidate().launcher().definition().type());
        return Offer.of(first, tried, type);
    }

    /**
     * Returns the alternatives of a request, the preferred alternative first; the empty alternative if it has none.
     */
    static List<Alternative> alternatives(Launcher request) {
        return request.requirement().map(Requirement::alternatives).orElse(List.of(Alternative.NOTHING));
    }

    private void checkName(Launcher request) {
        List<String> names = file.launchers().stream().map(FileLauncher::name).toList();
        if (request.name().isPresent() && !names.contains(request.name().get())) {
            throw LaunchException.of("there is no launcher %s in %s"
                            .formatted(Texts.quote(request.name().get()), file.label()))
                    .at(request.location().orElse(null))
                    .advice(NearName.advice(request.name().get(), names).orElse("it has " + Texts.list(names)))
                    .build();
        }
    }

    /**
     * Refuses an option that no launcher of the file has, because it is a mistake. An option that only some have is
     * ignored by the others.
     */
    private void checkOptions(Launcher request) {
        Set<String> known = new TreeSet<>();
        for (LauncherDefinition definition : file.definitions()) {
            types.findLauncherType(definition.type())
                    .ifPresent(type -> known.addAll(Options.names(JobOption.with(type))));
        }
        for (String option : request.options().keySet()) {
            if (!known.contains(option)) {
                throw LaunchException.of(
                                "no launcher of %s has the option %s".formatted(file.label(), Texts.quote(option)))
                        .at(request.location().orElse(null))
                        .advice(NearName.advice(option, known).orElse("their options: " + Texts.list(known)))
                        .build();
            }
        }
    }

    private List<Match> tried(Alternative alternative, Launcher request) {
        return candidates.stream()
                .filter(candidate ->
                        request.name().isEmpty() || request.name().get().equals(candidate.name()))
                .map(candidate -> new Match(
                        candidate, CandidateCheck.check(candidate, alternative, request, types), Optional.empty()))
                .toList();
    }

    /** Returns the candidates that meet the alternative, the best first; of a dynamic launcher, only its choice. */
    private List<Match> best(List<Match> tried) {
        List<Match> matches = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (Match match : tried) {
            if (!match.place().isMatch()) {
                continue;
            }
            Optional<String> by = match.place().by();
            if (by.isEmpty()) {
                matches.add(match);
            } else if (asked.add(by.get())) {
                matches.add(choose(by.get(), tried));
            }
        }
        return matches;
    }

    private Match choose(String name, List<Match> tried) {
        Dynamic dynamic = file.launchers().stream()
                .filter(Dynamic.class::isInstance)
                .map(Dynamic.class::cast)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<Match> matching = tried.stream()
                .filter(match -> match.place().isMatch() && match.place().by().equals(Optional.of(name)))
                .toList();
        DynamicChoice.Chosen chosen = choice.choose(
                dynamic,
                matching.stream()
                        .map(match -> match.place().launcher())
                        .distinct()
                        .toList());
        Match match = matching.stream()
                .filter(each -> each.place().launcher().equals(chosen.launcher()))
                .findFirst()
                .orElseThrow();
        return match.with(chosen.notice());
    }
}
