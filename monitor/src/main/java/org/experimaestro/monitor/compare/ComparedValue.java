package org.experimaestro.monitor.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value in which some of the compared things differ. Immutable.
 *
 * @param name the path of the parameter, or the name of the property
 * @param values the value of each compared thing as one line of text, in which texts are in quotes for parameters;
 *     {@code null} where there is none, or where an outer value is another one already
 * @param counts whether the difference can be a reason for different identifiers
 */
public record ComparedValue(String name, List<@Nullable String> values, boolean counts) {
    /** Copies the list, which may hold {@code null}. */
    public ComparedValue {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /**
     * Returns the same with shorter texts.
     *
     * @param shorten makes a text shorter
     * @return the shorter texts; this object if they would hide a difference
     */
    public ComparedValue shortened(UnaryOperator<String> shorten) {
        List<@Nullable String> texts = new ArrayList<>();
        for (String text : values) {
            texts.add(text == null ? null : shorten.apply(text));
        }
        return texts.stream().distinct().count() < values.stream().distinct().count()
                ? this
                : new ComparedValue(name, texts, counts);
    }

    /** Returns whether the values are not all equal. */
    boolean differs() {
        return values.stream().distinct().count() > 1;
    }
}
