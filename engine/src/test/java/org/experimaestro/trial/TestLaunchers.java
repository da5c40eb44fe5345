package org.experimaestro.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.experimaestro.Launcher;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/** Launchers as a launcher file might have them. */
public final class TestLaunchers {
    private TestLaunchers() {}

    /** A launcher of type {@code test}, that of a {@link TestBatchSystem}. */
    public static LauncherDefinition definition(String name, String system) {
        return new LauncherDefinition(
                name,
                TestBatchSystem.TYPE,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>(),
                Optional.of(System.getProperty("java.home") + "/bin/java"),
                new TreeMap<>(),
                0,
                new TreeMap<>(Map.of(TestBatchSystem.SYSTEM, system)),
                List.of());
    }

    /** The same behind a connector. */
    public static LauncherDefinition withConnector(LauncherDefinition launcher, ConnectorDefinition connector) {
        return copy(launcher, Optional.of(connector), launcher.capacity(), launcher.limit(), launcher.options());
    }

    /** The same with so many jobs at once. */
    public static LauncherDefinition withLimit(LauncherDefinition launcher, int limit) {
        return copy(launcher, launcher.connector(), launcher.capacity(), OptionalInt.of(limit), launcher.options());
    }

    /** The same with a host whose resources are counted. */
    public static LauncherDefinition withCapacity(LauncherDefinition launcher, HostDescription host) {
        return copy(launcher, launcher.connector(), Optional.of(host), launcher.limit(), launcher.options());
    }

    /** The same with one more option. */
    public static LauncherDefinition withOption(LauncherDefinition launcher, String option, String value) {
        SortedMap<String, String> options = new TreeMap<>(launcher.options());
        options.put(option, value);
        return copy(launcher, launcher.connector(), launcher.capacity(), launcher.limit(), options);
    }

    /** The same with another Java. */
    public static LauncherDefinition withJava(LauncherDefinition launcher, String java) {
        return new LauncherDefinition(
                launcher.name(),
                launcher.type(),
                launcher.connector(),
                launcher.capacity(),
                launcher.limit(),
                launcher.environment(),
                Optional.of(java),
                launcher.jdks(),
                launcher.niceness(),
                launcher.options(),
                launcher.directives());
    }

    private static LauncherDefinition copy(
            LauncherDefinition launcher,
            Optional<ConnectorDefinition> connector,
            Optional<HostDescription> capacity,
            OptionalInt limit,
            SortedMap<String, String> options) {
        return new LauncherDefinition(
                launcher.name(),
                launcher.type(),
                connector,
                capacity,
                limit,
                launcher.environment(),
                launcher.java(),
                launcher.jdks(),
                launcher.niceness(),
                options,
                launcher.directives());
    }

    /** A placement with resources, and the Java that is asked for. */
    public static Placement placement(LauncherDefinition launcher, Resources resources, OptionalInt jdk) {
        Placement.Builder placement = Placement.on(launcher).toBuilder().resources(resources);
        jdk.ifPresent(placement::jdk);
        return placement.build();
    }

    /** A launcher file with one launcher, which takes everything. */
    public static LauncherFinder finder(LauncherDefinition launcher) {
        return finder(launcher, request -> Placement.on(launcher, request));
    }

    /** A launcher file that places everything the same way, as a hook may. */
    public static LauncherFinder finder(Placement placement) {
        return finder(placement.launcher(), request -> placement);
    }

    /** A launcher file with one launcher, and a hook that places each request. */
    public static LauncherFinder finder(LauncherDefinition launcher, Function<Launcher, Placement> hook) {
        return new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                return hook.apply(request);
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Optional.of(launcher).filter(only -> only.name().equals(name));
            }
        };
    }

    /** A launcher file with several launchers, of which plans name the one that they want. */
    public static LauncherFinder named(LauncherDefinition... launchers) {
        return new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                return Placement.on(launcher(request.name().orElseThrow()).orElseThrow(), request);
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Arrays.stream(launchers)
                        .filter(launcher -> launcher.name().equals(name))
                        .findFirst();
            }
        };
    }
}
