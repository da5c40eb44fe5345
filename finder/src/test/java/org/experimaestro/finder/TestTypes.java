package org.experimaestro.finder;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostPlacement;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Shell;

/** Types of launchers and connectors that have options, and no other behavior. */
final class TestTypes {
    static final LauncherTypes ALL = LauncherTypes.of(
            List.of(
                    new Batch("slurm", "account", "qos", "constraint", "nodes", "partition"),
                    new Batch("pbs", "queue", "account"),
                    new Batch("direct")),
            List.of(new Remote()));

    /** The settings of a user without trusted users. */
    static final UserSettings USER = UserSettings.none("settings.yaml");

    private TestTypes() {}

    static DynamicChoice choice() {
        return new DynamicChoice(new LocalShell(), new Random(1), InstantSource.system());
    }

    private static List<LauncherOption> options(String... names) {
        return Arrays.stream(names)
                .map(name -> new LauncherOption(name, "The " + name + "."))
                .toList();
    }

    /** A batch system; its option {@code nodes}, if it has one, is a number. */
    private record Batch(String name, List<LauncherOption> options) implements LauncherType {
        Batch(String name, String... options) {
            this(name, TestTypes.options(options));
        }

        @Override
        public List<String> check(Map<String, String> options, List<String> directives) {
            String nodes = options.getOrDefault("nodes", "1");
            return nodes.matches("[0-9]+") ? List.of() : List.of("The option nodes is a number, not \"" + nodes + "\"");
        }

        /** Joins places with equal options and accelerators, as Slurm does with partitions. */
        @Override
        public Optional<Placement> join(List<HostPlacement> places, List<HostDescription> others) {
            Placement first = places.getFirst().placement();
            boolean isAlike = places.stream()
                    .map(HostPlacement::placement)
                    .allMatch(each -> each.options().equals(first.options())
                            && each.resources().equals(first.resources()));
            if (!name.equals("slurm") || !isAlike) {
                return Optional.empty();
            }
            Placement.Builder joined = first.toBuilder()
                    .host(names(places, Placement::host) + " not "
                            + others.stream().map(HostDescription::name).toList());
            String partitions = names(places, Placement::partition);
            return Optional.of((partitions.isEmpty() ? joined : joined.partition(partitions)).build());
        }

        private static String names(List<HostPlacement> places, Function<Placement, Optional<String>> part) {
            return places.stream()
                    .flatMap(each -> part.apply(each.placement()).stream())
                    .distinct()
                    .collect(Collectors.joining(","));
        }

        @Override
        public Optional<String> partitionOption() {
            return Optional.of("partition");
        }

        @Override
        public BatchSystem open(LauncherDefinition definition, Shell shell) {
            throw new UnsupportedOperationException("no jobs are run in this test");
        }

        @Override
        public ClusterDescription describe(Shell shell) {
            throw new UnsupportedOperationException("nothing is described in this test");
        }
    }

    private record Remote() implements ConnectorType {
        @Override
        public String name() {
            return "ssh";
        }

        @Override
        public List<LauncherOption> options() {
            return TestTypes.options("host", "workspace");
        }

        @Override
        public List<String> check(Map<String, String> options) {
            return options.containsKey("host") ? List.of() : List.of("The option host of an SSH connector is missing");
        }

        @Override
        public Connector open(ConnectorDefinition definition) {
            throw new UnsupportedOperationException("nobody connects in this test");
        }
    }
}
