package org.experimaestro.tui.wire;

import java.util.List;
import java.util.Optional;

/**
 * The answer about what differs between jobs.
 *
 * @param jobs the jobs
 * @param cause the first cause
 * @param sections what differs
 * @param same the number of parameters that do not differ
 * @param problems the files that cannot be read
 */
public record WireComparison(
        List<WireLink> jobs, Optional<Cause> cause, List<Section> sections, int same, List<String> problems) {
    /**
     * The first cause.
     *
     * @param text the cause
     * @param path the jobs from which it comes
     */
    public record Cause(String text, List<String> path) {}

    /**
     * A section.
     *
     * @param name {@code parameters}, {@code code}, {@code environment}, {@code metrics} or {@code results}
     * @param rows what differs
     */
    public record Section(String name, List<Line> rows) {}

    /**
     * A line.
     *
     * @param name what differs
     * @param values the value of each job, which may be absent
     * @param counts whether it counts in the identifier
     */
    public record Line(String name, List<Object> values, boolean counts) {}
}
