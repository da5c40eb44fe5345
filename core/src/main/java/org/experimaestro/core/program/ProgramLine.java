package org.experimaestro.core.program;

import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.TaskContext;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * A line by which a program tells metrics or progress: {@code loss=0.25 step=3}, {@code progress=0.4
 * description=epoch 4 of 10}, or a JSON object with the same names.
 */
public final class ProgramLine {
    private static final String STEP = "step";
    private static final String UNIT = "unit";
    private static final String PROGRESS = "progress";
    private static final String LEVEL = "level";
    private static final String DESCRIPTION = "description";

    private ProgramLine() {}

    /**
     * Records all that a line tells.
     *
     * @param line the line, without its end; a blank one tells nothing
     * @param context records it
     * @throws IllegalArgumentException if the line has another form, or the context refuses a value; the message has
     *     the reason
     */
    public static void tell(String line, TaskContext context) {
        String text = line.strip();
        if (!text.isEmpty()) {
            tell(text.startsWith("{") ? json(text) : words(text), context);
        }
    }

    /**
     * Records values.
     *
     * @param values values by name: texts, numbers
     * @param context records them
     * @throws IllegalArgumentException as for {@link #tell(String, TaskContext)}
     */
    static void tell(Map<String, Object> values, TaskContext context) {
        Object step = values.get(STEP);
        Object unit = values.get(UNIT);
        Object progress = values.get(PROGRESS);
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (!isReserved(entry.getKey())) {
                metric(entry.getKey(), number(entry.getKey(), entry.getValue()), step, unit, context);
            }
        }
        if (progress != null) {
            int level = values.containsKey(LEVEL) ? (int) whole(LEVEL, values.get(LEVEL)) : 0;
            String description = values.getOrDefault(DESCRIPTION, "").toString().strip();
            context.progress(level, number(PROGRESS, progress), description);
        }
    }

    private static void metric(
            String name, double value, @Nullable Object step, @Nullable Object unit, TaskContext context) {
        if (unit != null) {
            context.metric(name, unit.toString(), value);
        } else if (step != null) {
            context.metric(name, value, whole(STEP, step));
        } else {
            context.metric(name, value);
        }
    }

    private static boolean isReserved(String name) {
        return switch (name) {
            case STEP, UNIT, PROGRESS, LEVEL, DESCRIPTION -> true;
            default -> false;
        };
    }

    private static Map<String, Object> json(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        try {
            if (Json.parse(text) instanceof Map<?, ?> members) {
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    if (member.getValue() != null) {
                        values.put(String.valueOf(member.getKey()), member.getValue());
                    }
                }
            }
        } catch (JsonException malformed) {
            throw new IllegalArgumentException("it is no JSON object: " + malformed.getMessage(), malformed);
        }
        return values;
    }

    private static Map<String, Object> words(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf(' ', at);
            int next = end < 0 ? text.length() : end;
            String word = text.substring(at, next);
            int equals = word.indexOf('=');
            if (equals > 0) {
                String name = word.substring(0, equals);
                if (name.equals(DESCRIPTION)) {
                    values.put(name, text.substring(at + equals + 1));
                    return values;
                }
                values.put(name, word.substring(equals + 1));
            } else if (!word.isEmpty()) {
                throw new IllegalArgumentException("\"" + word + "\" has not the form name=value");
            }
            at = next + 1;
        }
        return values;
    }

    private static double number(String name, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        String text = value.toString().strip();
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            // As Python and C print them.
            return switch (text) {
                case "nan", "-nan" -> Double.NaN;
                case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
                case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw new IllegalArgumentException(name + " is \"" + text + "\", not a number", noNumber);
            };
        }
    }

    private static long whole(String name, @Nullable Object value) {
        String text = String.valueOf(value).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(name + " is \"" + text + "\", not a whole number", noNumber);
        }
    }
}
