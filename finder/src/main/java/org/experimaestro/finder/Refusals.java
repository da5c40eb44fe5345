package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.finder.Explanation.Part;
import org.experimaestro.finder.Explanation.Place;
import org.experimaestro.finder.Refusal.Level;
import org.experimaestro.internal.requirement.RequirementPrinter;
import org.experimaestro.loader.settings.Texts;

/** Tells in short why no place meets a request. */
final class Refusals {
    private Refusals() {}

    static LaunchException exception(Launcher request, Explanation explanation) {
        StringBuilder text = new StringBuilder("no launcher of ")
                .append(explanation.file())
                .append(" meets ")
                .append(Texts.quote(request.toString()));
        for (Part part : explanation.parts()) {
            String indentation = "\n  ";
            if (explanation.parts().size() > 1) {
                text.append(indentation)
                        .append(RequirementPrinter.print(List.of(part.alternative())))
                        .append(':');
                indentation = "\n    ";
            }
            for (String line : lines(part)) {
                text.append(indentation).append(line);
            }
        }
        text.append('\n');
        return new LaunchException(
                text.toString(),
                request.location().orElse(null),
                "For all details: experimaestro launchers explain '"
                        + request.requirement().map(Requirement::toString).orElse("")
                        + "'" + tags(request),
                null);
    }

    private static String tags(Launcher request) {
        return request.tagNames().isEmpty() ? "" : " --tags " + String.join(",", request.tagNames());
    }

    /** One line for each launcher and partition, with the reasons of its hosts. */
    static List<String> lines(Part part) {
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
