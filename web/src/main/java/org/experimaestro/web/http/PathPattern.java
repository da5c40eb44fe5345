package org.experimaestro.web.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pattern of paths, such as {@code api/1/jobs/{type}/{id}}: a segment in braces matches any one segment, and the last
 * one with three dots, {@code {path...}}, all that follow. Immutable.
 */
public final class PathPattern {
    private static final String REST = "...}";

    private final String text;
    private final List<String> segments;

    private PathPattern(String text) {
        this.text = text;
        this.segments = text.isEmpty() ? List.of() : Arrays.asList(text.split("/"));
    }

    /**
     * Parses a pattern.
     *
     * @param text the segments, joined by slashes
     * @return the pattern
     */
    public static PathPattern of(String text) {
        return new PathPattern(text);
    }

    /**
     * Matches a path.
     *
     * @param path the decoded segments
     * @return the segment at each name in braces, those of the last name joined by slashes; empty if the path does not
     *     match
     */
    public Optional<Map<String, String>> match(List<String> path) {
        boolean takesRest = !segments.isEmpty() && segments.getLast().endsWith(REST);
        if (takesRest ? path.size() < segments.size() : path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.endsWith(REST)) {
                found.put(segment.substring(1, segment.length() - REST.length()), rest(path, i));
            } else if (segment.startsWith("{")) {
                found.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private static String rest(List<String> path, int from) {
        return String.join("/", path.subList(from, path.size()));
    }

    @Override
    public String toString() {
        return text;
    }
}
