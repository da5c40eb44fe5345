package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.PartitionDescription;

/** A writer of a launcher file, for the detected hosts and partitions. Confined to one thread. */
public final class LauncherFileText {
    private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_./-]*";
    private static final List<String> WORDS = List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final List<String> launchers = new ArrayList<>();
    private Optional<String> sshHost = Optional.empty();

    /** Creates a file without launchers. */
    public LauncherFileText() {}

    /**
     * Adds a connector to a host that is reached with ssh; jobs are submitted to the launchers from there.
     *
     * @param host the host, as for ssh
     */
    public void connect(String host) {
        sshHost = Optional.of(host);
    }

    /**
     * Adds a batch system, or a host.
     *
     * @param name the launcher's name
     * @param type its type
     * @param description its hosts and partitions
     */
    public void add(String name, String type, ClusterDescription description) {
        add(name, type, description, sshHost.isPresent());
    }

    /**
     * Adds this machine, only for plans that name it. If there is a batch system, this machine may be the login host
     * of all users.
     *
     * @param description its host
     */
    public void addLogin(ClusterDescription description) {
        launchers.add("  # Where jobs run that ask for nothing, and those of Launcher.named(\"local\").");
        add(LauncherDefinition.local().name(), LauncherDefinition.DIRECT, description, false);
        launchers.add("    only_labeled: true");
    }

    private void add(String name, String type, ClusterDescription description, boolean isRemote) {
        launchers.add("  " + quoted(name) + ":");
        launchers.add("    type: " + quoted(type));
        if (isRemote) {
            launchers.add("    connector: login");
        }
        if (!description.hosts().isEmpty()) {
            launchers.add("    hosts:");
        }
        for (HostDescription host : description.hosts()) {
            addHost(host, type);
        }
        if (!description.partitions().isEmpty()) {
            launchers.add("    partitions:");
        }
        for (PartitionDescription partition : description.partitions()) {
            addPartition(partition);
        }
    }

    private void addHost(HostDescription host, String type) {
        launchers.add("      " + quoted(host.name()) + ":");
        if (!type.equals(LauncherDefinition.DIRECT)) {
            launchers.add("        count: " + host.count());
        }
        launchers.add("        cores: " + host.cores());
        launchers.add("        memory: " + Quantities.sizeText(host.memory()));
        if (!host.features().isEmpty()) {
            launchers.add("        features: " + list(host.features()));
        }
        if (!host.accelerators().isEmpty()) {
            launchers.add("        accelerators:");
        }
        for (HostDescription.Accelerators each : host.accelerators()) {
            launchers.add("          - kind: " + each.kind().name().toLowerCase(Locale.ROOT));
            if (!each.name().isEmpty()) {
                launchers.add("            name: " + quoted(each.name()));
            }
            launchers.add("            count: " + each.count());
            launchers.add(
                    each.memory() > 0
                            ? "            memory: " + Quantities.sizeText(each.memory())
                            : "            # memory: 16G   (of each: write it, jobs that ask for memory need it)");
        }
    }

    private void addPartition(PartitionDescription partition) {
        boolean hasKeys =
                partition.maxDuration().isPresent() || !partition.hosts().isEmpty();
        launchers.add("      " + quoted(partition.name()) + (hasKeys ? ":" : ": {}")
                + (partition.isDefault() ? "   # the default" : ""));
        partition
                .maxDuration()
                .ifPresent(duration -> launchers.add("        max_duration: " + Quantities.durationText(duration)));
        if (!partition.hosts().isEmpty()) {
            launchers.add("        hosts: " + list(partition.hosts()));
        }
    }

    private static String list(SortedSet<String> names) {
        return list(List.copyOf(names));
    }

    private static String list(List<String> names) {
        return names.stream().map(LauncherFileText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Returns a text of YAML, in quotes unless it cannot be anything but a text. */
    static String quoted(String text) {
        if (text.matches(PLAIN) && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (unit < ' ' || unit > '~') {
                quoted.append("\\u%04X".formatted(unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }

    /**
     * Returns the file.
     *
     * @return YAML, with comments for the person who completes it
     */
    public String text() {
        List<String> lines = new ArrayList<>(
                List.of(
                        "# Where jobs may run, in the order of preference; made by \"experimaestro launchers generate\".",
                        "# Change it as you like: docs/launcher-file.md has all keys, such as labels, priorities, limits and options."));
        sshHost.ifPresent(host ->
                lines.addAll(List.of("", "connectors:", "  login:", "    type: ssh", "    host: " + quoted(host))));
        lines.addAll(List.of("", "launchers:"));
        lines.addAll(launchers);
        return String.join("\n", lines) + "\n";
    }
}
