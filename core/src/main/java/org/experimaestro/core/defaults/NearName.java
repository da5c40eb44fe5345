package org.experimaestro.core.defaults;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class NearName {
    private NearName() {}

    /**
     * The nearest name, by the number of characters to insert, delete or replace (Levenshtein, 1966); case does not count.
     *
     * @param name the name that was found
     * @param known the names that there are
     * @return the first of the nearest, empty if none is near: a third of the letters differ, and more than one, or all
     */
    public static Optional<String> find(String name, Collection<String> known) {
        return org.experimaestro.internal.NearName.find(name, known);
    }
}
