package org.experimaestro.cli.listing;

import java.util.Locale;
import java.util.function.Function;
import org.experimaestro.cli.output.Line;
import org.jspecify.annotations.Nullable;

/**
 * A column of a listing. Immutable.
 *
 * @param name the name in options, and the key in JSON
 * @param heading the heading for people
 * @param value returns a row's value for JSON and for sorting; {@code null} if the row has none
 * @param text returns the text for people
 * @param <R> the type of the rows
 */
public record ListingColumn<R>(
        String name, String heading, Function<R, @Nullable Object> value, Function<R, Line> text) {

    /** Returns a column whose text is that of its value, and whose heading is its name in upper case. */
    public static <R> ListingColumn<R> of(String name, Function<R, @Nullable Object> value) {
        return new ListingColumn<>(
                name, name.toUpperCase(Locale.ROOT), value, row -> Line.of(CellValue.text(value.apply(row))));
    }

    /** Returns a column with another text for people, and the same value. */
    public ListingColumn<R> shownAs(String otherHeading, Function<R, Line> otherText) {
        return new ListingColumn<>(name, otherHeading, value, otherText);
    }
}
