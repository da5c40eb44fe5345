package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.finder.PlacementExplanation.Part;
import org.experimaestro.finder.PlacementExplanation.Place;
import org.experimaestro.finder.Refusal.Level;
import org.experimaestro.requirement.RequirementPrinter;
import org.experimaestro.settings.Texts;

/** A writer of the error for a request that no candidate meets. */
final class Refusals {
    private Refusals() {}

    /** Returns the error of a request, with the plan's line if the request is a plan's. */
    static LaunchException exception(Launcher request, Optional<String> location, PlacementExplanation explanation) {
        String labels = String.join(",", request.labelNames());
        String asked = request.name().orElseGet(() -> RequirementPrinter.print(PlacementSearch.alternatives(request)));
        StringBuilder text = new StringBuilder("no launcher of ")
                .append(explanation.file())
                .append(" meets ")
                .append(Texts.quote(asked))
                .append(labels.isEmpty() ? "" : " with the labels " + labels)
                .append(":\n")
                .append(String.join("\n", lines(explanation)));
        if (request.name().isEmpty()) {
            // The command is on a line of its own, to be copied.
            text.append("\nFor all details: experimaestro launchers explain '")
                    .append(asked)
                    .append(labels.isEmpty() ? "'" : "' --labels " + labels);
        }
        return LaunchException.of(text.append('\n').toString())
                .at(location.orElse(null))
                .build();
    }

    private static List<String> lines(PlacementExplanation explanation) {
        List<String> lines = new ArrayList<>();
        for (Part part : explanation.parts()) {
            String indentation = "  ";
            if (explanation.parts().size() > 1) {
                lines.add(indentation + RequirementPrinter.print(List.of(part.alternative())) + ":");
                indentation = "    ";
            }
            for (String line : lines(part)) {
                lines.add(indentation + line);
            }
        }
        return lines;
    }

    /** Returns one line for each launcher and partition, with the reasons of its hosts. */
    private static List<String> lines(Part part) {
        Map<String, List<Place>> byPartition = new LinkedHashMap<>();
        for (Place place : part.places()) {
            byPartition
                    .computeIfAbsent(title(place), ignored -> new ArrayList<>())
                    .add(place);
        }
        List<String> lines = new ArrayList<>();
        byPartition.forEach((title, places) -> {
            List<String> reasons = new ArrayList<>();
            for (Refusal refusal : places.getFirst().refusals()) {
                if (refusal.level() != Level.HOST) {
                    reasons.add(refusal.reason());
                }
            }
            for (Place place : places) {
                for (Refusal refusal : place.refusals()) {
                    if (refusal.level() == Level.HOST) {
                        reasons.add("host " + place.host().orElse("") + ": " + refusal.reason());
                    }
                }
            }
            lines.add(title + ": " + String.join("; ", reasons));
        });
        return lines;
    }

    private static String title(Place place) {
        return place.by().map(by -> by + ", ").orElse("")
                + place.launcher()
                + place.partition().map(name -> ", partition " + name).orElse("");
    }
}
