package org.experimaestro.core.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.TaskContext;

/** The pattern of lines of a program's output that tell metrics or progress, by its named groups. Immutable. */
public final class OutputPattern {
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final Pattern pattern;
    private final List<String> groups = new ArrayList<>();

    /**
     * Creates a pattern.
     *
     * @param regex a regular expression with named groups
     */
    public OutputPattern(String regex) {
        pattern = Pattern.compile(regex);
        Matcher group = GROUP.matcher(regex);
        while (group.find()) {
            groups.add(group.group(1));
        }
    }

    /**
     * Records what a line tells; a line without the pattern tells nothing.
     *
     * @param line the line
     * @param context records it
     * @throws IllegalArgumentException if a group has no number; the message has the reason
     */
    public void tell(String line, TaskContext context) {
        Matcher found = pattern.matcher(line);
        if (found.find()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (String group : groups) {
                String value = found.group(group);
                if (value != null) {
                    values.put(group, value);
                }
            }
            ProgramLine.tell(values, context);
        }
    }
}
