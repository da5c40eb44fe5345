package org.experimaestro.settings;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Options for building the project of a plan: the key {@code maven}.
 *
 * @param profiles profiles to turn on, or off with {@code !} before the name: Maven's option {@code -P}
 * @param properties values of properties by name: Maven's option {@code -D}
 */
public record MavenOptions(List<String> profiles, SortedMap<String, String> properties) {
    /** The defaults of the project. */
    public static final MavenOptions NONE = new MavenOptions(List.of(), new TreeMap<>());

    /** Copies the collections. */
    public MavenOptions {
        profiles = List.copyOf(profiles);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}
