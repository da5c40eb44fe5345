package org.experimaestro.settings;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * The place of a key or a value in a text.
 *
 * @param source the text
 * @param line the line, from 1; {@link Integer#MAX_VALUE} for the source as a whole
 * @param column the column, from 0
 */
public record Origin(Source source, int line, int column) implements Comparable<Origin> {
    private static final Comparator<Origin> BY_PLACE = Comparator.comparingInt(
                    (Origin origin) -> origin.source().order())
            .thenComparingInt(Origin::line)
            .thenComparingInt(Origin::column);

    /**
     * Returns the place for messages.
     *
     * @return {@code debug.yaml:4}, {@code debug.yaml}, or {@code -c n_layers=3}
     */
    public String place() {
        return source.numbered() && line != Integer.MAX_VALUE ? source.label() + ":" + line : source.label();
    }

    /** Returns the place of a value that this place has only by way of a text, which messages show. */
    Origin through(String text) {
        Source through = new Source(place() + " (" + text + ")", source.order(), source.folder(), false);
        return new Origin(through, line, column);
    }

    /** Returns the folder that a relative path at this place starts from. */
    Path folder() {
        return source.folder();
    }

    @Override
    public int compareTo(Origin other) {
        return BY_PLACE.compare(this, other);
    }
}
