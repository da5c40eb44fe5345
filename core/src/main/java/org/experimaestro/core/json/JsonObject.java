package org.experimaestro.core.json;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A typed view of a parsed object. Its errors name the source, the key with those of the enclosing objects, the type
 * expected and the value found: {@code params.json: "task.format" should be an integer but is "x"}.
 *
 * <p>It is a view: it copies nothing. It is as thread-safe as the object below, which does not change after parsing.
 */
public final class JsonObject {
    private static final int LONGEST_VALUE_SHOWN = 60;
    private static final int MOST_KEYS_SHOWN = 10;

    private final Map<?, ?> members;
    private final String source;
    /** The keys of the enclosing objects, each followed by a dot. */
    private final String path;

    private JsonObject(Map<?, ?> members, String source, String path) {
        this.members = members;
        this.source = source;
        this.path = path;
    }

    /**
     * Creates a view of a parsed value as an object.
     *
     * @param parsed a result of {@link Json#parse(String)}, or a part of one
     * @param source the source of the value, such as a file's name; errors begin with it
     * @return the view
     * @throws JsonException if the value is not an object
     */
    public static JsonObject of(@Nullable Object parsed, String source) {
        if (parsed instanceof Map<?, ?> members) {
            return new JsonObject(members, source, "");
        }
        throw new JsonException(source + ": should be an object but is " + describe(parsed));
    }

    /**
     * Returns the string of a key.
     *
     * @param key the key
     * @return the string
     * @throws JsonException if the key is missing, or its value is not a string
     */
    public String string(String key) {
        if (raw(key) instanceof String string) {
            return string;
        }
        throw wrongType(key, "a string");
    }

    /**
     * Returns the string of a key that may be missing.
     *
     * @param key the key
     * @return the string, empty if the key is missing or its value is {@code null}
     * @throws JsonException if the value is neither a string nor {@code null}
     */
    public Optional<String> optionalString(String key) {
        return members.get(key) == null ? Optional.empty() : Optional.of(string(key));
    }

    /**
     * Returns the integer of a key. A number with a fraction or an exponent is not an integer, not even {@code 1.0}.
     *
     * @param key the key
     * @return the integer
     * @throws JsonException if the key is missing, or its value is not an integer, or does not fit a {@code long}
     */
    public long integer(String key) {
        Object value = raw(key);
        if (value instanceof Long integer) {
            return integer;
        }
        throw wrongType(key, value instanceof BigInteger ? "an integer of at most 64 bits" : "an integer");
    }

    /**
     * Returns the integer of a key that has to be within limits.
     *
     * @param key the key
     * @param least the least value allowed
     * @param most the greatest value allowed
     * @return the integer
     * @throws JsonException if the key is missing, or its value is not an integer within the limits
     */
    public int integer(String key, int least, int most) {
        return (int) within(key, least, most);
    }

    /**
     * Returns the time of a key, as {@link TimeText} writes it.
     *
     * @param key the key
     * @return the time, in whole milliseconds
     * @throws JsonException if the key is missing, or its value is not such a text
     */
    public Instant time(String key) {
        Long millis = raw(key) instanceof String text ? TimeText.millis(text) : null;
        if (millis == null) {
            throw wrongType(key, "a time such as \"2026-11-23T21:56:17.339Z\"");
        }
        return Instant.ofEpochMilli(millis);
    }

    private long within(String key, long least, long most) {
        if (raw(key) instanceof Long integer && integer >= least && integer <= most) {
            return integer;
        }
        throw wrongType(key, "an integer from " + least + " to " + most);
    }

    /**
     * Returns the number of a key; an integer is converted to the nearest double.
     *
     * @param key the key
     * @return the number, always finite
     * @throws JsonException if the key is missing, or its value is not a number, or beyond the range of a double
     */
    public double number(String key) {
        if (raw(key) instanceof Number number) {
            double value = number.doubleValue();
            if (!Double.isInfinite(value)) {
                return value;
            }
            throw wrongType(key, "a number in the range of a double");
        }
        throw wrongType(key, "a number");
    }

    /**
     * Returns the truth value of a key.
     *
     * @param key the key
     * @return the truth value
     * @throws JsonException if the key is missing, or its value is neither {@code true} nor {@code false}
     */
    public boolean bool(String key) {
        if (raw(key) instanceof Boolean bool) {
            return bool;
        }
        throw wrongType(key, "true or false");
    }

    /**
     * Returns the object of a key.
     *
     * @param key the key
     * @return a view of the object, whose errors name this key too
     * @throws JsonException if the key is missing, or its value is not an object
     */
    public JsonObject object(String key) {
        if (raw(key) instanceof Map<?, ?> object) {
            return new JsonObject(object, source, path + key + ".");
        }
        throw wrongType(key, "an object");
    }

    /**
     * Returns the array of a key.
     *
     * @param key the key
     * @return an unmodifiable view of the elements
     * @throws JsonException if the key is missing, or its value is not an array
     */
    public List<@Nullable Object> list(String key) {
        if (raw(key) instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        throw wrongType(key, "an array");
    }

    /**
     * Returns whether a key exists, even with the value {@code null}.
     *
     * @param key the key
     * @return true if the object has the key
     */
    public boolean has(String key) {
        return members.containsKey(key);
    }

    /**
     * Returns the keys.
     *
     * @return an unmodifiable view, in the order of the text
     */
    @SuppressWarnings("unchecked") // a parsed object has strings as keys
    public Set<String> keys() {
        return Collections.unmodifiableSet((Set<String>) members.keySet());
    }

    /**
     * Returns the value of a key, of any type.
     *
     * @param key the key
     * @return the value as {@link Json#parse(String)} gives it
     * @throws JsonException if the key is missing
     */
    public @Nullable Object raw(String key) {
        Object value = members.get(key);
        if (value == null && !members.containsKey(key)) {
            throw new JsonException(name(key) + " is missing; " + describeKeys());
        }
        return value;
    }

    /** The source of the object, for error messages of callers. */
    String source() {
        return source;
    }

    private JsonException wrongType(String key, String expected) {
        return new JsonException(name(key) + " should be " + expected + " but is " + describe(members.get(key)));
    }

    private String name(String key) {
        return source + ": \"" + path + key + "\"";
    }

    private String describeKeys() {
        if (members.isEmpty()) {
            return "the object is empty";
        }
        StringBuilder text = new StringBuilder("the keys are ");
        int shown = 0;
        for (Object key : members.keySet()) {
            if (shown == MOST_KEYS_SHOWN) {
                return text.append(", …").toString();
            }
            text.append(shown == 0 ? "" : ", ").append(describe(key));
            shown++;
        }
        return text.toString();
    }

    /** Returns a parsed value for an error message: its kind if it is a container, otherwise its JSON, shortened. */
    static String describe(@Nullable Object value) {
        if (value instanceof Map) {
            return "an object";
        } else if (value instanceof List) {
            return "an array";
        }
        String text = Json.writeLine(value);
        return text.length() <= LONGEST_VALUE_SHOWN ? text : text.substring(0, LONGEST_VALUE_SHOWN) + "…";
    }
}
