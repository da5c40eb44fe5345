package org.experimaestro.settings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;
import org.jspecify.annotations.Nullable;

/** Values of a YAML file as plain JSON values. What JSON has no form for, such as {@code .nan}, is its text. */
final class JsonSettings {
    private static final int MOST_DIGITS = 1_000;
    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;

    private JsonSettings() {}

    static Map<String, @Nullable Object> of(Mapping map) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (Entry entry : map.entries().values()) {
            json.put(entry.key().text(), value(entry.value()));
        }
        return json;
    }

    private static @Nullable Object value(YamlValue value) {
        return switch (value) {
            case Mapping map -> of(map);
            case Sequence list -> list(list);
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static List<@Nullable Object> list(Sequence list) {
        List<@Nullable Object> json = new ArrayList<>();
        for (YamlValue item : list.items()) {
            json.add(value(item));
        }
        return json;
    }

    private static @Nullable Object scalar(Scalar scalar) {
        String text = scalar.text();
        return switch (scalar.kind()) {
            case NULL -> null;
            case BOOLEAN -> Boolean.valueOf(text.toLowerCase(Locale.ROOT));
            case INTEGER -> text.length() > MOST_DIGITS ? text : integer(text);
            case DECIMAL -> decimal(text);
            case TEXT -> text;
        };
    }

    /** As in YAML 1.2.2, section 10.3.2. */
    private static Object integer(String text) {
        BigInteger integer = text.startsWith("0x")
                ? new BigInteger(text.substring(2), HEXADECIMAL)
                : text.startsWith("0o") ? new BigInteger(text.substring(2), OCTAL) : new BigInteger(text, DECIMAL);
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }

    private static Object decimal(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isInfinite(number) || Double.isNaN(number) ? text : (Object) number;
        } catch (NumberFormatException infinityOrNan) {
            return text;
        }
    }
}
