package org.experimaestro.cli.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.finder.LauncherTypes;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.settings.SecretVariables;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/** The text of a placement. */
final class PlacementTexts {
    private static final String JOB = "JOB";

    private PlacementTexts() {}

    static List<Line> lines(Placement placement) {
        LauncherDefinition launcher = placement.launcher();
        TextTable table = new TextTable("", "");
        row(
                table,
                "launcher",
                launcher.name() + " (" + launcher.type()
                        + launcher.connector()
                                .map(ConnectorDefinition::name)
                                .map(name -> ", by the connector " + name)
                                .orElse("")
                        + ")");
        placement.partition().ifPresent(name -> row(table, "partition", name));
        placement.host().ifPresent(name -> row(table, "host", name));
        placement.alternatives().forEach(other -> row(table, "or", other.toString()));
        resources(table, placement.resources());
        placement.heap().ifPresent(heap -> row(table, "heap", Quantities.sizeText(heap)));
        placement.jdk().ifPresent(jdk -> row(table, "jdk", String.valueOf(jdk)));
        row(table, "variables", variables(placement.environment()));
        row(table, "options", texts(placement.options()));
        // The first line has the headings, which are empty.
        List<Line> lines = new ArrayList<>(table.lines().stream().skip(1).toList());
        List<String> directives = directives(placement);
        if (!directives.isEmpty()) {
            lines.add(Line.of(""));
            directives.forEach(directive -> lines.add(Line.of(directive)));
        }
        return lines;
    }

    private static void resources(TextTable table, Resources resources) {
        resources.duration().ifPresent(duration -> row(table, "duration", Quantities.durationText(duration)));
        row(table, "cores", resources.cores() == 0 ? "" : String.valueOf(resources.cores()));
        row(table, "memory", resources.memory() == 0 ? "" : Quantities.sizeText(resources.memory()));
        row(
                table,
                "accelerators",
                resources.accelerators().entrySet().stream()
                        .map(each ->
                                each.getValue() + (each.getKey().isEmpty() ? " of any type" : " × " + each.getKey()))
                        .collect(Collectors.joining(", ")));
        row(table, "exclusive", resources.exclusive() ? "yes" : "");
        row(table, "features", String.join(", ", resources.features()));
    }

    private static void row(TextTable table, String name, String value) {
        if (!value.isEmpty()) {
            table.add(Line.of(name), Line.of(value));
        }
    }

    private static String variables(Map<String, String> values) {
        SortedMap<String, String> shown = new TreeMap<>(values);
        shown.replaceAll(SecretVariables::shown);
        return texts(shown);
    }

    private static String texts(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Returns the batch system's directives: the comments at the head of the script, without its first line. */
    private static List<String> directives(Placement placement) {
        LauncherDefinition launcher = placement.launcher();
        if (launcher.type().equals(LauncherDefinition.DIRECT)) {
            return List.of();
        }
        SortedMap<String, String> passed = new TreeMap<>(placement.environment());
        passed.values().removeIf(value -> !EnvironmentVariable.isPassed(value));
        Batch batch = Batch.of(JOB, ":", "/WORKSPACE/" + JOB, placement).passing(passed);
        return LauncherTypes.installed().findLauncherType(launcher.type()).stream()
                .flatMap(type ->
                        type.open(launcher, new LocalShell()).script(batch).lines())
                .takeWhile(line -> line.startsWith("#"))
                .skip(1)
                .toList();
    }
}
