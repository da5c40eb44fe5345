package org.experimaestro.spi;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A connector in the launcher file.
 *
 * @param name its name in the file
 * @param type its type, such as {@code ssh}
 * @param options its options by name
 */
public record ConnectorDefinition(String name, String type, SortedMap<String, String> options) {

    /** Copies the map. */
    public ConnectorDefinition {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }
}
