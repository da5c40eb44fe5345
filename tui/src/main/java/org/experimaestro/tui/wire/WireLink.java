package org.experimaestro.tui.wire;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A job that an answer refers to.
 *
 * @param job the name, {@code type/identifier}
 * @param shortId the first digits of the identifier
 * @param state the state, such as {@code running}
 * @param tags the tags
 */
public record WireLink(String job, String shortId, String state, Map<String, Object> tags) {
    /** Returns the type. */
    public String type() {
        int slash = job.indexOf('/');
        return slash < 0 ? job : job.substring(0, slash);
    }

    /** Returns the tags as one line. */
    public String tagText() {
        return text(tags);
    }

    /**
     * Returns tags as one line.
     *
     * @param tags values by their names
     * @return {@code name=value} for each of them, separated by spaces
     */
    public static String text(Map<String, Object> tags) {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" "));
    }
}
