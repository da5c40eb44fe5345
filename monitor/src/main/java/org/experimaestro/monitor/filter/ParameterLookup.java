package org.experimaestro.monitor.filter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.text.TagValue;
import org.jspecify.annotations.Nullable;

/** A lookup of a parameter by its path, such as {@code optimizer.lr} or {@code parts[0].size}. */
final class ParameterLookup {
    /** The text for a configuration, a map, or a list of such, whose content has paths of its own. */
    private static final String STRUCTURE = "{…}";

    private ParameterLookup() {}

    /**
     * Finds a value.
     *
     * @param values the parameters of a task by name
     * @param path names joined by dots, and indexes or keys in brackets
     * @return the value in the form of a tag; {@code null} if there is none
     */
    static @Nullable Object find(Map<String, @Nullable Object> values, String path) {
        Object value = values;
        String rest = path;
        while (!rest.isEmpty()) {
            if (value instanceof Map<?, ?> map) {
                // The key of a map may contain dots and brackets.
                String key = map.containsKey(rest) ? rest : firstStep(rest);
                value = map.get(key);
                rest = after(rest, key);
            } else if (value instanceof List<?> list && rest.startsWith("[")) {
                int end = rest.indexOf(']');
                value = end < 0 ? null : element(list, rest.substring(1, end));
                rest = end < 0 ? "" : after(rest, rest.substring(0, end + 1));
            } else {
                return null;
            }
        }
        return shown(value);
    }

    private static String firstStep(String path) {
        if (path.startsWith("[") && path.indexOf(']') > 0) {
            return path.substring(1, path.indexOf(']'));
        }
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && (end == 0 || path.charAt(end) != '[')) {
            end++;
        }
        return path.substring(0, end);
    }

    /** Returns the path behind a step, which may have brackets, and is followed by a dot, a bracket or nothing. */
    private static String after(String path, String step) {
        boolean hasBrackets = path.startsWith("[" + step + "]");
        String rest = path.substring(step.length() + (hasBrackets ? 2 : 0));
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }

    private static @Nullable Object element(List<?> list, String index) {
        try {
            int number = Integer.parseInt(index);
            return number >= 0 && number < list.size() ? list.get(number) : null;
        } catch (NumberFormatException noIndex) {
            return null;
        }
    }

    private static @Nullable Object shown(@Nullable Object value) {
        if (value instanceof Map
                || value instanceof Collection<?> list && list.stream().anyMatch(ParameterLookup::isNested)) {
            return STRUCTURE;
        }
        return value == null ? null : TagValue.of(value);
    }

    private static boolean isNested(@Nullable Object value) {
        return value instanceof Map || value instanceof Collection;
    }
}
