package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.base.text.NearName;
import org.experimaestro.finder.FileLauncher.Dynamic;
import org.experimaestro.finder.PlacementExplanation.Part;
import org.experimaestro.finder.PlacementExplanation.Place;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.settings.Texts;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;

/** A search of the launcher file for candidates that meet a request. Thread-safe. */
final class Search {
    private final LauncherFile file;
    private final LauncherTypes types;
    private final DynamicChoice choice;
    private final List<Candidate> candidates;

    Search(LauncherFile file, LauncherTypes types, DynamicChoice choice) {
        this.file = file;
        this.types = types;
        this.choice = choice;
        this.candidates = Candidate.of(file.launchers());
    }

    /**
     * The result of a search.
     *
     * @param explanation every candidate, and the chosen placement
     * @param matches the placements that meet the request, the best first; for a dynamic launcher, only its choice
     */
    record Result(PlacementExplanation explanation, List<Placement> matches) {}

    /** Tries every candidate. */
    Result run(Launcher request) {
        checkName(request);
        checkOptions(request);
        List<Part> parts = new ArrayList<>();
        List<Placement> matches = new ArrayList<>();
        for (Alternative alternative : alternatives(request)) {
            Part part = part(alternative, request);
            parts.add(part);
            matches.addAll(matches(part));
        }
        return new Result(
                new PlacementExplanation(file.label(), parts, matches.stream().findFirst()), matches);
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
            types.findLauncherType(definition.type()).ifPresent(type -> known.addAll(Options.names(type.options())));
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

    private Part part(Alternative alternative, Launcher request) {
        Stream<Candidate> wanted = candidates.stream()
                .filter(candidate ->
                        request.name().isEmpty() || request.name().get().equals(candidate.name()));
        return new Part(
                alternative,
                wanted.map(candidate -> CandidateCheck.check(candidate, alternative, request, types))
                        .toList());
    }

    private List<Placement> matches(Part part) {
        List<Placement> matches = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (Place place : part.places()) {
            if (!place.isMatch()) {
                continue;
            }
            if (place.by().isEmpty()) {
                matches.add(place.placement().orElseThrow());
            } else if (asked.add(place.by().get())) {
                matches.add(choose(place.by().get(), part));
            }
        }
        return matches;
    }

    private Placement choose(String name, Part part) {
        Dynamic dynamic = file.launchers().stream()
                .filter(Dynamic.class::isInstance)
                .map(Dynamic.class::cast)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<Place> matching = part.places().stream()
                .filter(place -> place.isMatch() && place.by().equals(Optional.of(name)))
                .toList();
        DynamicChoice.Chosen chosen = choice.choose(
                dynamic, matching.stream().map(Place::launcher).distinct().toList());
        Placement placement = matching.stream()
                .filter(place -> place.launcher().equals(chosen.launcher()))
                .findFirst()
                .flatMap(Place::placement)
                .orElseThrow();
        return chosen.notice().isEmpty()
                ? placement
                : placement.toBuilder().notice(chosen.notice().get()).build();
    }
}
