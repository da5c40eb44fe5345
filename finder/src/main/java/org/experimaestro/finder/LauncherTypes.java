package org.experimaestro.finder;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;

/** The installed types of launchers and connectors. Immutable. */
public final class LauncherTypes {
    /** The name of the type of launchers that choose among others. */
    static final String DYNAMIC = "dynamic";

    private final SortedMap<String, LauncherType> launchers;
    private final SortedMap<String, ConnectorType> connectors;

    private LauncherTypes(Map<String, LauncherType> launchers, Map<String, ConnectorType> connectors) {
        this.launchers = Collections.unmodifiableSortedMap(new TreeMap<>(launchers));
        this.connectors = Collections.unmodifiableSortedMap(new TreeMap<>(connectors));
    }

    /**
     * Returns the services of the class path that Experimaestro itself is loaded from.
     *
     * @return the types
     */
    public static LauncherTypes installed() {
        ClassLoader own = LauncherTypes.class.getClassLoader();
        return of(ServiceLoader.load(LauncherType.class, own), ServiceLoader.load(ConnectorType.class, own));
    }

    static LauncherTypes of(
            Iterable<? extends LauncherType> launcherTypes, Iterable<? extends ConnectorType> connectorTypes) {
        Map<String, LauncherType> launchers = new TreeMap<>();
        launcherTypes.forEach(type -> launchers.putIfAbsent(type.name(), type));
        Map<String, ConnectorType> connectors = new TreeMap<>();
        connectorTypes.forEach(type -> connectors.putIfAbsent(type.name(), type));
        return new LauncherTypes(launchers, connectors);
    }

    /**
     * Returns a type of launcher.
     *
     * @param name its name
     * @return the type, empty if none of that name is installed
     */
    public Optional<LauncherType> findLauncherType(String name) {
        return Optional.ofNullable(launchers.get(name));
    }

    /**
     * Returns a type of connector.
     *
     * @param name its name
     * @return the type, empty if none of that name is installed
     */
    public Optional<ConnectorType> findConnectorType(String name) {
        return Optional.ofNullable(connectors.get(name));
    }

    /** Returns the allowed values of {@code type:} of a launcher. */
    SortedSet<String> launcherNames() {
        SortedSet<String> names = new TreeSet<>(launchers.keySet());
        names.add(LauncherDefinition.DIRECT);
        names.add(DYNAMIC);
        return names;
    }

    /** Returns the allowed values of {@code type:} of a connector. */
    SortedSet<String> connectorNames() {
        return new TreeSet<>(connectors.keySet());
    }
}
