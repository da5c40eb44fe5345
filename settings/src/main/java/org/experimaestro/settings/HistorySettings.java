package org.experimaestro.settings;

import java.util.OptionalInt;

/**
 * The number of an experiment's last runs that stay. Immutable.
 *
 * @param done the number of runs that ended well; empty for all
 * @param failed the number of other runs; empty for all
 */
public record HistorySettings(OptionalInt done, OptionalInt failed) {
    /** All runs stay. */
    public static final HistorySettings NONE = new HistorySettings(OptionalInt.empty(), OptionalInt.empty());

    /**
     * Returns whether all runs stay.
     *
     * @return true without either number
     */
    public boolean isEmpty() {
        return done.isEmpty() && failed.isEmpty();
    }
}
