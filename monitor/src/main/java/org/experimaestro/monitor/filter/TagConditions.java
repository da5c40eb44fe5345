package org.experimaestro.monitor.filter;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A parser of the tags that a user asks for, such as {@code layers=3,lr=1e-4}.
 *
 * <pre>{@code
 * tags   = tag ("," tag)*
 * tag    = name "=" value
 * name   = quoted | characters without "=" and ","
 * value  = quoted | characters without ","
 * quoted = '"' characters '"', in which \" is a quote and \\ a backslash
 * }</pre>
 *
 * <p>A comma between a bracket and the bracket that closes it belongs to an unquoted value. Therefore the values of lists
 * and records are written as they are shown: {@code sizes=[64, 32],point=Point[x=1, y=2]}.
 */
public final class TagConditions {
    private final String text;
    private int position;

    private TagConditions(String text) {
        this.text = text;
    }

    /**
     * Parses a text.
     *
     * @param text the text of the user
     * @return the values by name, in the order of the text; if a name occurs twice, its last value counts
     * @throws IllegalArgumentException if a tag has another form; the message has its position, from 1
     */
    public static Map<String, String> parse(String text) {
        return new TagConditions(text).parse();
    }

    /**
     * Returns whether the text of a tag's value means a value.
     *
     * @param text the text of the user
     * @param value the value of a job's tag
     * @return true if both are the same number, or the same text
     */
    public static boolean isSame(String text, Object value) {
        return ValueMatch.isSame(text, value);
    }

    private Map<String, String> parse() {
        Map<String, String> values = new LinkedHashMap<>();
        do {
            int start = position;
            String name = isAt('"') ? quoted() : until('=', ',');
            if (name.isEmpty() || !isAt('=')) {
                String tag = text.substring(start, Math.max(position, commaAfter(position)));
                throw new IllegalArgumentException(
                        "\"" + tag + "\" is not NAME=VALUE, such as layers=3 (position " + (start + 1) + ")");
            }
            position++;
            values.put(name, isAt('"') ? quotedValue() : until(',', ','));
            position++;
        } while (position < text.length());
        return values;
    }

    private boolean isAt(char character) {
        return position < text.length() && text.charAt(position) == character;
    }

    private int commaAfter(int from) {
        int comma = text.indexOf(',', from);
        return comma < 0 ? text.length() : comma;
    }

    /** Reads up to one of two characters that is outside of brackets. */
    private String until(char end, char otherEnd) {
        int start = position;
        while (position < text.length() && !isAt(end) && !isAt(otherEnd)) {
            position = Math.max(position, Brackets.closing(text, position)) + 1;
        }
        return text.substring(start, position);
    }

    private String quotedValue() {
        String value = quoted();
        if (position < text.length() && !isAt(',')) {
            throw new IllegalArgumentException(
                    "a comma is expected after the closing quote (position " + (position + 1) + " of " + text + ")");
        }
        return value;
    }

    private String quoted() {
        int start = position;
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char character = text.charAt(position);
            if (character == '"') {
                position++;
                return value.toString();
            }
            boolean isEscape =
                    character == '\\' && position + 1 < text.length() && "\"\\".indexOf(text.charAt(position + 1)) >= 0;
            if (isEscape) {
                position++;
            }
            value.append(text.charAt(position));
        }
        throw new IllegalArgumentException(
                "the quote is not closed that begins at position " + (start + 1) + " of " + text);
    }
}
