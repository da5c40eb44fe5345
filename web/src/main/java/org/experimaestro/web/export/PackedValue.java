package org.experimaestro.web.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.base.text.TagValue;
import org.jspecify.annotations.Nullable;

/**
 * The form of values in an export, as JSON values: a number is the text {@code =1e-4}, and a text is {@code 'auto}. A
 * browser has doubles only, so that it could neither show each number as the command line does, nor compare it exactly.
 */
final class PackedValue {
    private static final String NUMBER = "=";
    private static final String TEXT = "'";

    private PackedValue() {}

    /** Returns the form of a value of a tag or a metric. */
    static Object of(Object value) {
        return value instanceof Boolean ? value : value instanceof Number number ? number(number) : TEXT + value;
    }

    private static String number(Number number) {
        return NUMBER + DecimalText.of(number);
    }

    /** Returns the form of a parameter, whose numbers are compared in the form of tags. */
    static @Nullable Object ofParameter(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> packed = new LinkedHashMap<>();
            map.forEach((key, each) -> packed.put(String.valueOf(key), ofParameter(each)));
            return packed;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> packed = new ArrayList<>();
            list.forEach(each -> packed.add(ofParameter(each)));
            return packed;
        }
        return value == null ? null : of(value instanceof Number ? TagValue.of(value) : value);
    }
}
