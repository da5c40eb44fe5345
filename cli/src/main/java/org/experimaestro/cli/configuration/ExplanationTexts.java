package org.experimaestro.cli.configuration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.explain.Difference;
import org.experimaestro.monitor.explain.ExplainedParameter;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.view.StoredConfiguration;
import org.jspecify.annotations.Nullable;

/** A printer of an identifier's parts as text. Confined to one thread; each object prints one explanation. */
final class ExplanationTexts {
    private static final String INDENTATION = "  ";
    private static final int NOTES_COLUMN = 48;
    /**
     * The deepest level with an indentation of its own. Lines of deeper levels keep this indentation, and begin with
     * their level.
     */
    private static final int MOST_INDENTED = 40;

    private final Explanation explanation;
    private final Set<String> shown = new HashSet<>();
    private final List<Line> lines = new ArrayList<>();
    private final Deque<Entry> open = new ArrayDeque<>();
    /** The parts of the entry that is being printed, in order. */
    private final List<Entry> below = new ArrayList<>();

    /** A parameter or an element, which is printed with its parts. */
    private record Entry(String name, @Nullable Object value, String note, int depth) {}

    /** The tags of a configuration, which are printed after its parameters. */
    private record Tags(Map<String, Object> tags) {}

    private ExplanationTexts(Explanation explanation) {
        this.explanation = explanation;
    }

    /**
     * Returns the tree that was hashed, with one line for each parameter. A parameter that does not count has a note.
     */
    static List<Line> tree(Explanation explanation) {
        ExplanationTexts texts = new ExplanationTexts(explanation);
        StoredConfiguration root = explanation.root();
        texts.lines.add(Line.of(root.typeId() + "/" + root.id() + ", version " + root.version()));
        texts.openBody(root, 1);
        texts.showAll();
        if (!explanation.unknownTypes().isEmpty()) {
            texts.lines.add(Line.of(""));
            texts.lines.add(Line.of("The code that the job runs does not describe "
                    + String.join(", ", explanation.unknownTypes())
                    + ": which of their parameters are meta, or have"));
            texts.lines.add(Line.of("their default, and so do not count, is not known here. It is when the code is"
                    + " compiled with the annotation processor."));
        }
        return texts.lines;
    }

    /**
     * Prints all open entries. A loop replaces recursion because configurations may be nested thousands of levels deep.
     */
    private void showAll() {
        while (true) {
            for (int i = below.size() - 1; i >= 0; i--) {
                open.push(below.get(i));
            }
            below.clear();
            if (open.isEmpty()) {
                return;
            }
            show(open.pop());
        }
    }

    private void openBody(StoredConfiguration config, int depth) {
        shown.add(config.label());
        for (ExplainedParameter parameter : explanation.parameters(config)) {
            below.add(new Entry(parameter.name(), parameter.value(), parameter.note(), depth));
        }
        if (!config.tags().isEmpty()) {
            below.add(new Entry("tags", new Tags(config.tags()), "does not count: tags", depth));
        }
    }

    private void show(Entry entry) {
        String name = entry.name();
        int depth = entry.depth() + 1;
        switch (entry.value()) {
            case StoredConfiguration config -> configuration(entry, config);
            case Tags(Map<String, Object> tags) -> line(name + " " + ValueTexts.of(tags), entry);
            case List<?> list
            when holdsConfigurations(list) -> {
                line(name, entry);
                for (int i = 0; i < list.size(); i++) {
                    below.add(new Entry("[" + i + "]", list.get(i), "", depth));
                }
            }
            case Map<?, ?> map
            when holdsConfigurations(map.values()) -> {
                line(name, entry);
                map.forEach((key, element) -> below.add(new Entry("[" + key + "]", element, "", depth)));
            }
            case null -> line(name, entry);
            default -> line(name + " = " + Json.writeLine(entry.value()), entry);
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

    private void configuration(Entry entry, StoredConfiguration config) {
        boolean isNew = !shown.contains(config.label());
        line(
                entry.name() + ": " + config.typeId() + "/" + config.id() + ", version " + config.version()
                        + (config.producer() == null ? "" : ", made by " + config.producer())
                        + (isNew ? "" : ", as above"),
                entry);
        if (isNew) {
            openBody(config, entry.depth() + 1);
        }
    }

    private void line(String text, Entry entry) {
        int depth = entry.depth();
        Line line = Line.of(
                depth <= MOST_INDENTED
                        ? INDENTATION.repeat(depth) + text
                        : INDENTATION.repeat(MOST_INDENTED) + "(level " + depth + ") " + text);
        String note = entry.note();
        if (!note.isEmpty()) {
            line.add(" ".repeat(Math.max(2, NOTES_COLUMN - line.width())) + "(" + note + ")");
        }
        lines.add(line);
    }

    /** Returns a table of the parameters in which another job differs. */
    static List<Line> differences(NearestJob.Other other) {
        TextTable table = new TextTable(INDENTATION + "PARAMETER", "HERE", "THERE", "");
        for (Difference difference : other.differences()) {
            table.add(
                    Line.of(INDENTATION + difference.path()),
                    Line.of(difference.here()),
                    Line.of(difference.there()),
                    Line.of(difference.counts() ? "" : "(does not count)"));
        }
        return table.lines();
    }
}
