package org.experimaestro.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.Difference;
import org.experimaestro.monitor.ExplainedParameter;
import org.experimaestro.monitor.Explanation;
import org.experimaestro.monitor.NearestJob;
import org.experimaestro.monitor.StoredConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** What entered an identifier, as text. Confined to one thread, used once. */
final class ExplanationTexts {
    private static final String INDENTATION = "  ";
    private static final int NOTES_COLUMN = 48;

    private final Explanation explanation;
    private final Set<String> shown = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    private ExplanationTexts(Explanation explanation) {
        this.explanation = explanation;
    }

    /** The tree that was hashed, a parameter a line; what does not count has a note. */
    static List<String> tree(Explanation explanation) {
        ExplanationTexts texts = new ExplanationTexts(explanation);
        StoredConfiguration root = explanation.root();
        texts.lines.add(root.typeId() + "/" + root.id() + ", version " + root.version());
        texts.body(root, 1);
        if (!explanation.unknownTypes().isEmpty()) {
            texts.lines.add("");
            texts.lines.add("The code that the job runs does not describe "
                    + String.join(", ", explanation.unknownTypes())
                    + ": which of their parameters are meta, or have");
            texts.lines.add("their default, and so do not count, is not known here. It is when the code is compiled"
                    + " with the annotation processor.");
        }
        return texts.lines;
    }

    private void body(StoredConfiguration config, int depth) {
        shown.add(config.label());
        for (ExplainedParameter parameter : explanation.parameters(config)) {
            value(parameter.name(), parameter.value(), note(parameter), depth);
        }
        if (!config.tags().isEmpty()) {
            line("tags " + Texts.of(config.tags()), "does not count: tags", depth);
        }
    }

    private static String note(ExplainedParameter parameter) {
        return switch (parameter.counting()) {
            case COUNTED, UNKNOWN -> "";
            case META -> "does not count: meta";
            case DEFAULT -> "does not count: the default";
            case GENERATED_PATH ->
                "does not count: generated, "
                        + (parameter.detail().isEmpty() ? "the job's folder" : parameter.detail());
            case COUNTED_UNLESS_DEFAULT -> "counts unless it is the default, " + parameter.detail();
        };
    }

    private void value(String name, @Nullable Object value, String note, int depth) {
        switch (value) {
            case StoredConfiguration config -> configuration(name, config, note, depth);
            case List<?> list
            when holdsConfigurations(list) -> {
                line(name, note, depth);
                for (int i = 0; i < list.size(); i++) {
                    value("[" + i + "]", list.get(i), "", depth + 1);
                }
            }
            case Map<?, ?> map
            when holdsConfigurations(map.values()) -> {
                line(name, note, depth);
                map.forEach((key, element) -> value("[" + key + "]", element, "", depth + 1));
            }
            case null -> line(name, note, depth);
            default -> line(name + " = " + Json.writeLine(value), note, depth);
        }
    }

    private static boolean holdsConfigurations(Iterable<?> elements) {
        for (Object element : elements) {
            if (element instanceof StoredConfiguration
                    || element instanceof List<?> list && holdsConfigurations(list)
                    || element instanceof Map<?, ?> map && holdsConfigurations(map.values())) {
                return true;
            }
        }
        return false;
    }

    private void configuration(String name, StoredConfiguration config, String note, int depth) {
        boolean isNew = !shown.contains(config.label());
        line(
                name + ": " + config.typeId() + "/" + config.id() + ", version " + config.version()
                        + (config.producer() == null ? "" : ", made by " + config.producer())
                        + (isNew ? "" : ", as above"),
                note,
                depth);
        if (isNew) {
            body(config, depth + 1);
        }
    }

    private void line(String text, String note, int depth) {
        String indented = INDENTATION.repeat(depth) + text;
        lines.add(
                note.isEmpty()
                        ? indented
                        : indented + " ".repeat(Math.max(2, NOTES_COLUMN - indented.length())) + "(" + note + ")");
    }

    /** The parameters in which another job differs. */
    static List<String> differences(NearestJob.Other other) {
        TextTable table = new TextTable(INDENTATION + "PARAMETER", "HERE", "THERE", "");
        for (Difference difference : other.differences()) {
            table.add(
                    TextTable.Cell.of(INDENTATION + difference.path()),
                    TextTable.Cell.of(difference.here()),
                    TextTable.Cell.of(difference.there()),
                    TextTable.Cell.of(difference.counts() ? "" : "(does not count)"));
        }
        return table.lines(Ansi.OFF);
    }
}
