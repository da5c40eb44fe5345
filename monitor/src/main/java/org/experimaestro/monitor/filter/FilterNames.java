package org.experimaestro.monitor.filter;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values that the names in a filter stand for. */
interface FilterNames {

    /**
     * Returns the values of a name.
     *
     * @param name the name
     * @return a function that returns {@code null} for rows without a value
     * @throws UnknownName if no row can have the name
     */
    Function<FilteredRow, @Nullable Object> values(FilterName name) throws UnknownName;
}
