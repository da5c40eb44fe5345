package org.experimaestro.core.defaults;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A reader of collections written as JSON. Values without a form in JSON (enums, durations, NaN, ...) are strings
 * inside.
 */
final class JsonValues {
    private JsonValues() {}

    static Object parse(String text, TextType type) {
        Object parsed;
        try {
            parsed = Json.parse(text);
        } catch (JsonException malformed) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not JSON: " + malformed.getMessage() + "; write " + example(type), malformed);
        }
        return convert(parsed, type);
    }

    private static Object convert(@Nullable Object json, TextType type) {
        return switch (type.kind()) {
            case LIST -> Collections.unmodifiableList(list(json, type));
            case SET -> set(json, type);
            case MAP -> map(json, type);
            case BOOLEAN -> json instanceof Boolean value ? value : mismatch(json, "true or false");
            case BYTE, SHORT, INT, LONG -> whole(json, type);
            case FLOAT, DOUBLE -> floating(json, type);
            default -> json instanceof String text ? DefaultText.scalar(text, type) : mismatch(json, "a string");
        };
    }

    private static List<Object> list(@Nullable Object json, TextType type) {
        if (!(json instanceof List<?> elements)) {
            throw new IllegalArgumentException(describe(json) + " is not an array; write " + example(type));
        }
        List<Object> list = new ArrayList<>();
        for (Object element : elements) {
            list.add(convert(element, type.element()));
        }
        return list;
    }

    private static Set<Object> set(@Nullable Object json, TextType type) {
        Set<Object> set = new LinkedHashSet<>();
        for (Object element : list(json, type)) {
            if (!set.add(element)) {
                throw new IllegalArgumentException(element + " is twice in the set; write it once");
            }
        }
        return Collections.unmodifiableSet(set);
    }

    private static Map<Object, Object> map(@Nullable Object json, TextType type) {
        if (!(json instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException(describe(json) + " is not an object; write " + example(type));
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            Object key = DefaultText.scalar(String.valueOf(member.getKey()), type.key());
            if (map.put(key, convert(member.getValue(), type.element())) != null) {
                throw new IllegalArgumentException("The key " + key + " is twice in the map; write it once");
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static Object whole(@Nullable Object json, TextType type) {
        if (json instanceof Long || json instanceof BigInteger) {
            return NumberText.inRange(json.toString(), new BigInteger(json.toString()), type.kind());
        }
        return mismatch(json, "a whole number");
    }

    private static Object floating(@Nullable Object json, TextType type) {
        if (json instanceof String text && text.matches("NaN|-?Infinity")) {
            return NumberText.floating(text, type.kind());
        }
        if (json instanceof Number number) {
            // BigDecimal reads a double as a Java literal and a long in full, so both read back as the same number.
            return NumberText.floating(new BigDecimal(number.toString()).toString(), type.kind());
        }
        return mismatch(json, "a number, or \"NaN\", \"Infinity\" or \"-Infinity\"");
    }

    private static Object mismatch(@Nullable Object json, String expected) {
        throw new IllegalArgumentException(describe(json) + " is not what is expected here: " + expected);
    }

    private static String describe(@Nullable Object json) {
        return Json.writeLine(json);
    }

    private static String example(TextType type) {
        return type.kind() == ValueType.Kind.MAP
                ? "a JSON object such as {\"a\": 1} or {}"
                : "a JSON array such as [1, 2] or []";
    }
}
