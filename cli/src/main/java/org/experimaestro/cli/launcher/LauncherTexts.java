package org.experimaestro.cli.launcher;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.cli.output.Line;
import org.experimaestro.finder.PlacementExplanation;
import org.experimaestro.finder.PlacementExplanation.Part;
import org.experimaestro.finder.PlacementExplanation.Place;
import org.experimaestro.finder.Refusal;
import org.experimaestro.finder.Refusal.Level;
import org.experimaestro.requirement.RequirementPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A printer of a launcher file's places as a tree, with the reasons why each meets a requirement or not. Each object
 * prints one explanation.
 */
final class LauncherTexts {
    private static final String INDENTATION = "  ";
    private static final int NOTES_COLUMN = 32;

    private final Set<Place> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Line> lines = new ArrayList<>();

    private LauncherTexts(List<Place> chosen) {
        this.chosen.addAll(chosen);
    }

    /** Returns one line for each alternative, launcher, partition and kind of host. */
    static List<Line> lines(PlacementExplanation explanation) {
        if (explanation.parts().isEmpty()) {
            return explanation.chosen().stream()
                    .map(here -> Line.of("chosen: " + here))
                    .toList();
        }
        LauncherTexts texts = new LauncherTexts(explanation.offered());
        for (Part part : explanation.parts()) {
            texts.lines.add(Line.of(RequirementPrinter.print(List.of(part.alternative())), "bold"));
            texts.launchers(part.places());
        }
        return texts.lines;
    }

    private void launchers(List<Place> places) {
        grouped(places, LauncherTexts::title).forEach((title, ofLauncher) -> {
            Place first = ofLauncher.getFirst();
            boolean isWhole = first.partition().isEmpty() && first.host().isEmpty();
            line(1, title, reasons(first, Level.LAUNCHER), isWhole ? first : null);
            grouped(ofLauncher, place -> place.partition().orElse("")).forEach(this::partition);
        });
    }

    private void partition(String name, List<Place> places) {
        boolean hasName = places.getFirst().partition().isPresent();
        boolean hasHosts = places.getFirst().host().isPresent();
        if (hasName) {
            line(
                    2,
                    "partition " + name,
                    reasons(places.getFirst(), Level.PARTITION),
                    hasHosts ? null : places.getFirst());
        }
        for (Place place : hasHosts ? places : List.<Place>of()) {
            line(hasName ? 3 : 2, "host " + place.host().orElseThrow(), reasons(place, Level.HOST), place);
        }
    }

    private static Map<String, List<Place>> grouped(List<Place> places, Function<Place, String> key) {
        return places.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private static String title(Place place) {
        return place.by().map(by -> by + " → ").orElse("") + place.launcher();
    }

    private static String reasons(Place place, Level level) {
        return place.refusals().stream()
                .filter(refusal -> refusal.level() == level)
                .map(Refusal::reason)
                .collect(Collectors.joining("; "));
    }

    /** Adds a line; {@code place} is {@code null} if the line is about several places. */
    private void line(int depth, String title, String reasons, @Nullable Place place) {
        Line line = Line.of(INDENTATION.repeat(depth) + title);
        Line note = Line.of("");
        if (!reasons.isEmpty()) {
            note = Line.of("refused: " + reasons);
        } else if (place != null && place.isMatch()) {
            note = chosen.contains(place) ? Line.of("chosen", "bold,green") : Line.of("matches");
        }
        if (note.width() > 0) {
            line.add(" ".repeat(Math.max(2, NOTES_COLUMN - line.width()))).add(note);
        }
        lines.add(line);
    }
}
