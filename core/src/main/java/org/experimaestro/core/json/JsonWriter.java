package org.experimaestro.core.json;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.text.DecimalText;
import org.jspecify.annotations.Nullable;

/** A writer of one document. Confined to its thread, used once. */
final class JsonWriter {
    private static final int LINE_LENGTH = 100;
    private static final BigInteger BEYOND_DIGITS = BigInteger.TEN.pow(Json.MAX_DIGITS);
    /** The depth for which there is room from the start; {@value Json#MAX_DEPTH} would cost more than most values. */
    private static final int USUAL_DEPTH = 16;

    private static final String INDENTATION = "  ";
    private static final String HEX_DIGITS = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;
    /** The current position, for errors: the key in each enclosing object, {@code null} in an array. */
    private @Nullable String[] keys = new @Nullable String[USUAL_DEPTH];
    /** The current position, for errors: the index in each enclosing array. */
    private int[] indexes = new int[USUAL_DEPTH];

    private int depth;
    private int values;
    private int lineStart;
    private final int mostBytes;
    /** The number of bytes in UTF-8 minus the number of characters. */
    private long bytesBeyond;

    JsonWriter(boolean pretty) {
        this(pretty, Integer.MAX_VALUE);
    }

    JsonWriter(boolean pretty, int mostBytes) {
        this.pretty = pretty;
        this.mostBytes = mostBytes;
    }

    StringBuilder document(@Nullable Object value) {
        value(value);
        return out;
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            container(map, map.values(), '{', '}');
        } else if (value instanceof List<?> list) {
            container(list, list, '[', ']');
        } else {
            scalar(value);
        }
        if (out.length() + bytesBeyond > mostBytes) {
            throw refused("with it there are more than " + mostBytes + " bytes: store so much in a file of its own");
        }
    }

    private void container(Object container, Collection<?> elements, char open, char close) {
        if (elements.isEmpty()) {
            out.append(open).append(close);
            return;
        }
        if (depth == Json.MAX_DEPTH) {
            throw refused("it is nested deeper than " + Json.MAX_DEPTH + " levels; does something contain itself?");
        }
        // The sum is not computed, because it may exceed an int.
        if (elements.size() > Json.MAX_VALUES - values) {
            throw refused("with it there are more than " + Json.MAX_VALUES
                    + " elements of arrays and members of objects: store so many in a file of their own");
        }
        values += elements.size();
        boolean flat = !pretty || isFlat(elements);
        int mark = out.length();
        int valuesBefore = values;
        long bytesBefore = bytesBeyond;
        out.append(open);
        if (!content(container, flat)) {
            out.setLength(mark + 1);
            values = valuesBefore;
            bytesBeyond = bytesBefore;
            flat = false;
            content(container, false);
        }
        if (!flat) {
            newLine();
        }
        out.append(close);
    }

    /** Writes the content of the brackets. Returns false, and stops, if it does not fit into the line. */
    private boolean content(Object container, boolean flat) {
        if (depth == keys.length) {
            keys = Arrays.copyOf(keys, 2 * depth);
            indexes = Arrays.copyOf(indexes, 2 * depth);
        }
        depth++;
        boolean fits = container instanceof Map<?, ?> map ? members(map, flat) : elements((List<?>) container, flat);
        depth--;
        return fits;
    }

    private boolean members(Map<?, ?> map, boolean flat) {
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                depth--;
                throw refused("it has the key " + entry.getKey() + ", which is not a string");
            }
            keys[depth - 1] = key;
            separate(first, flat);
            string(key);
            out.append(pretty ? ": " : ":");
            value(entry.getValue());
            if (flat && isTooLong()) {
                return false;
            }
            first = false;
        }
        return true;
    }

    private boolean elements(List<?> list, boolean flat) {
        keys[depth - 1] = null;
        int index = 0;
        for (Object element : list) {
            indexes[depth - 1] = index;
            separate(index == 0, flat);
            value(element);
            if (flat && isTooLong()) {
                return false;
            }
            index++;
        }
        return true;
    }

    private void separate(boolean first, boolean flat) {
        if (!first) {
            out.append(flat && pretty ? ", " : ",");
        }
        if (!flat) {
            newLine();
        }
    }

    private void newLine() {
        out.append('\n');
        lineStart = out.length();
        for (int i = 0; i < depth; i++) {
            out.append(INDENTATION);
        }
    }

    /** Returns whether the line is too long with a closing bracket and a comma at its end. */
    private boolean isTooLong() {
        return pretty && out.length() + 2 - lineStart > LINE_LENGTH;
    }

    private static boolean isFlat(Collection<?> elements) {
        for (Object element : elements) {
            if (element instanceof Map<?, ?> map
                    ? !map.isEmpty()
                    : element instanceof List<?> list && !list.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void scalar(@Nullable Object value) {
        if (value instanceof String string) {
            string(string);
        } else if (value instanceof BigInteger integer) {
            large(integer);
        } else if (value == null || value instanceof Boolean || isInteger(value)) {
            out.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            decimal((Number) value);
        } else {
            throw refused("it is of " + value.getClass()
                    + "; JSON is written from maps, lists, strings, booleans, integers, doubles and null");
        }
    }

    private static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    private void large(BigInteger value) {
        if (value.abs().compareTo(BEYOND_DIGITS) >= 0) {
            throw refused("it is an integer of more than " + Json.MAX_DIGITS + " digits");
        }
        out.append(value);
    }

    private void decimal(Number value) {
        double wide = value.doubleValue();
        if (Double.isNaN(wide) || Double.isInfinite(wide)) {
            throw refused("it is " + value + ", and JSON has only finite numbers");
        }
        out.append(DecimalText.of(value));
    }

    private void string(String value) {
        out.append('"');
        int copied = 0;
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char found = value.charAt(i);
            if (isPlain(found)) {
                bytesBeyond += bytesOf(found) - 1;
                continue;
            }
            if (Character.isSurrogate(found)) {
                if (i + 1 == length || !Character.isSurrogatePair(found, value.charAt(i + 1))) {
                    throw refused("character " + i + " of its text is a surrogate without the other of its pair");
                }
                i++;
                bytesBeyond += 2; // two characters, four bytes
                continue;
            }
            out.append(value, copied, i);
            escaped(found);
            copied = i + 1;
        }
        out.append(value, copied, length).append('"');
    }

    /** Returns the number of bytes in UTF-8 (RFC 3629). */
    private static int bytesOf(char found) {
        return found < 0x80 ? 1 : found < 0x800 ? 2 : 3;
    }

    private static boolean isPlain(char found) {
        if (found < 0xA0) {
            return found >= ' ' && found < 0x7F && found != '"' && found != '\\';
        }
        return !Character.isSurrogate(found) && found != 0x2028 && found != 0x2029;
    }

    /**
     * Escapes the characters that JSON demands, and the control characters from U+007F to U+009F, which a terminal
     * may interpret. Also escapes the other line ends of Unicode, where some readers of JSON lines would split.
     */
    private void escaped(char found) {
        out.append('\\');
        switch (found) {
            case '"', '\\' -> out.append(found);
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> {
                out.append('u');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX_DIGITS.charAt(found >> shift & 0xF));
                }
            }
        }
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("cannot write " + place() + " as JSON: " + reason);
    }

    private String place() {
        if (depth == 0) {
            return "the value";
        }
        StringBuilder place = new StringBuilder().append('"');
        for (int i = 0; i < depth; i++) {
            String key = keys[i];
            if (key == null) {
                place.append('[').append(indexes[i]).append(']');
            } else {
                place.append(i == 0 ? "" : ".").append(key);
            }
        }
        return place.append('"').toString();
    }
}
