package org.experimaestro.cli.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Default;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.type.ParameterInfo;
import org.experimaestro.monitor.type.TypeInfo;
import org.jspecify.annotations.Nullable;

/** The text and the JSON of configuration types. */
final class TypeTexts {
    private static final int COLUMNS = 100;
    private static final int LONGEST_SUMMARY = 80;
    private static final String INDENTATION = "  ";

    private TypeTexts() {}

    /** Returns a table with one line for each type. */
    static List<Line> table(List<TypeInfo> types) {
        TextTable table = new TextTable("TYPE", "KIND", "CLASS", "DESCRIPTION");
        for (TypeInfo type : types) {
            table.add(
                    Line.of(type.typeId()),
                    Line.of(kind(type)),
                    Line.of(type.className()),
                    Line.of(ValueTexts.line(type.description(), LONGEST_SUMMARY)));
        }
        return table.lines();
    }

    static String kind(TypeInfo type) {
        return type.isTask() ? "task" : "configuration";
    }

    /** Returns a page about one type. */
    static List<Line> page(TypeInfo type) {
        List<Line> page = new ArrayList<>();
        page.add(Line.of(type.typeId(), "bold")
                .add(", version " + type.version() + ": the " + kind(type) + " " + type.className()));
        if (!type.description().isBlank()) {
            page.add(Line.of(""));
            ValueTexts.wrap(type.description(), COLUMNS).forEach(line -> page.add(Line.of(line)));
        }
        page.add(Line.of(""));
        page.add(Line.of(type.parameters().isEmpty() ? "It has no parameters." : "Parameters:"));
        for (ParameterInfo parameter : type.parameters()) {
            page.add(
                    Line.of(INDENTATION).add(parameter.name(), "bold").add(": " + parameter.type() + value(parameter)));
            List<String> notes = new ArrayList<>();
            if (!parameter.description().isBlank()) {
                notes.addAll(ValueTexts.wrap(parameter.description(), COLUMNS - 3 * INDENTATION.length()));
            }
            limits(parameter)
                    .forEach(limit -> notes.addAll(ValueTexts.wrap(limit, COLUMNS - 3 * INDENTATION.length())));
            notes.forEach(note -> page.add(Line.of(INDENTATION.repeat(3) + note)));
        }
        return page;
    }

    static String value(ParameterInfo parameter) {
        List<String> notes = new ArrayList<>();
        if (parameter.isRequired()) {
            notes.add("required");
        }
        if (parameter.generatedPath() != null) {
            String folder = parameter.pathPartial().isEmpty()
                    ? "the job's folder"
                    : "the shared folder of " + parameter.pathPartial();
            String place = "generated: "
                    + (parameter.generatedPath().isEmpty() ? folder : parameter.generatedPath() + " in " + folder);
            notes.add(parameter.isPathOptional() ? place + ", which may be left unmade" : place);
        }
        if (parameter.isMeta()) {
            notes.add("meta: never counts in the identifier");
        }
        if (!parameter.leftOutOf().isEmpty()) {
            notes.add("not in the partial identifier " + String.join(", ", parameter.leftOutOf()));
        }
        if (parameter.isDefaultCounted()) {
            notes.add("counts in the identifier with its default too");
        }
        if (parameter.was() != null) {
            notes.add(was(parameter, parameter.was()));
        } else if (parameter.isFirstDefaultRelative()) {
            notes.add("starts from the plan's folder, and so counts in the identifier");
        }
        if (parameter.isContent()) {
            notes.add("identified by what it contains");
        }
        if (parameter.isData()) {
            notes.add("travels with a saved configuration");
        }
        String text = "";
        if (parameter.defaultText() != null) {
            text = " = " + (parameter.defaultText().isEmpty() ? "\"\"" : parameter.defaultText());
        } else if (parameter.defaultFrom() != null) {
            text = " = what " + parameter.defaultFrom() + "() makes";
        }
        return notes.isEmpty() ? text : text + " (" + String.join("; ", notes) + ")";
    }

    private static String was(ParameterInfo parameter, String was) {
        String first = was.isEmpty() ? "\"\"" : was;
        if (was.equals(Default.ABSENT)) {
            first = "absent";
        } else if (parameter.defaultFrom() != null) {
            first = "what " + was + "() makes";
        }
        return "at first " + first
                + (parameter.isFirstDefaultRelative()
                        ? ", which starts from the plan's folder, and so counts in the identifier"
                        : ", which does not count in the identifier");
    }

    static List<String> limits(ParameterInfo parameter) {
        List<String> limits = new ArrayList<>();
        if (parameter.min() != null && parameter.max() != null) {
            limits.add("from " + number(parameter.min()) + " to " + number(parameter.max()));
        } else if (parameter.min() != null) {
            limits.add("at least " + number(parameter.min()));
        } else if (parameter.max() != null) {
            limits.add("at most " + number(parameter.max()));
        }
        if (!parameter.choices().isEmpty()) {
            limits.add("one of " + String.join(", ", parameter.choices()));
        }
        parameter.enums().forEach((name, constants) -> {
            if (!parameter.type().equals(name)) {
                limits.add(name + " is one of " + String.join(", ", constants));
            } else if (parameter.choices().isEmpty()) {
                limits.add("one of " + String.join(", ", constants));
            }
        });
        return limits;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Json.writeLine(value);
    }

    /** Returns one line of JSON about one type. */
    static String json(TypeInfo type) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", type.typeId());
        json.put("class", type.className());
        json.put("version", type.version());
        json.put("task", type.isTask());
        json.put("description", type.description());
        json.put("parameters", type.parameters().stream().map(TypeTexts::json).toList());
        return Json.writeLine(json);
    }

    private static Map<String, @Nullable Object> json(ParameterInfo parameter) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", parameter.name());
        json.put("type", parameter.type());
        json.put("required", parameter.isRequired());
        json.put("default", parameter.defaultText());
        json.put("defaultFrom", parameter.defaultFrom());
        if (parameter.was() != null) {
            json.put("was", parameter.was().equals(Default.ABSENT) ? null : parameter.was());
        }
        json.put("inId", parameter.isDefaultCounted());
        json.put("meta", parameter.isMeta());
        json.put("generatedPath", parameter.generatedPath());
        json.put("pathOptional", parameter.isPathOptional());
        if (!parameter.pathPartial().isEmpty()) {
            json.put("pathPartial", parameter.pathPartial());
        }
        if (!parameter.leftOutOf().isEmpty()) {
            json.put("leftOutOf", parameter.leftOutOf());
        }
        json.put("content", parameter.isContent());
        json.put("data", parameter.isData());
        json.put("min", parameter.min());
        json.put("max", parameter.max());
        json.put("oneOf", parameter.choices());
        json.put("enums", parameter.enums());
        json.put("description", parameter.description());
        return json;
    }
}
