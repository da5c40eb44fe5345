package org.experimaestro;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.experimaestro.base.process.PlanLine;

/** The lists of tags of a {@link TableLayout}. */
final class LayoutTags {
    private LayoutTags() {}

    /**
     * Adds tags to former ones. A layout may be given a tag again, but a tag twice in one call is a mistake.
     *
     * @throws PlanException if a tag is named twice
     */
    static List<String> joined(List<String> tags, String tag, String... more) {
        Set<String> added = new LinkedHashSet<>(List.of(tag));
        Set<String> repeated = new LinkedHashSet<>();
        for (String other : more) {
            if (!added.add(other)) {
                repeated.add("\"" + other + "\"");
            }
        }
        if (!repeated.isEmpty()) {
            throw PlanException.of("Cannot lay out a table by the tag " + String.join(", ", repeated) + " twice")
                    .at(PlanLine.current())
                    .advice("name each tag once")
                    .build();
        }
        Set<String> joined = new LinkedHashSet<>(tags);
        joined.addAll(added);
        return List.copyOf(joined);
    }

    /** Returns whether jobs have different values of a tag. */
    static boolean differ(List<JobReport> jobs, String tag) {
        return jobs.stream()
                        .map(job -> job.tags().get(tag))
                        .filter(Objects::nonNull)
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }
}
