package org.experimaestro.settings;

import java.util.List;

/**
 * A plan's settings as a record, with what the reader of the YAML file should know about its grids.
 *
 * @param value the record
 * @param grids a line for each grid, in the order of the record: {@code Grid models: 3 × 2 = 6 points}
 * @param warnings a line for each grid that repeats points, with its file and line
 * @param <S> the record's type
 */
public record BoundSettings<S>(S value, List<String> grids, List<String> warnings) {
    /** Copies the lists. */
    public BoundSettings {
        grids = List.copyOf(grids);
        warnings = List.copyOf(warnings);
    }
}
