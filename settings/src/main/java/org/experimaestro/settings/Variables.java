package org.experimaestro.settings;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/** A reader of environment variables, in the form of the keys {@code env} and {@code pass}. */
public final class Variables {
    private Variables() {}

    /**
     * Returns the variables. Values are taken as written: {@code 1} needs no quotes. A variable that is passed by its
     * name has the value {@link EnvironmentVariable#PASSED}.
     */
    static SortedMap<String, String> read(Mapping file, Problems problems) {
        SortedMap<String, String> variables = new TreeMap<>();
        Entry env = file.entries().get(KeyNames.ENV);
        if (env != null) {
            addValues(variables, env.value(), problems);
        }
        Entry pass = file.entries().get(KeyNames.PASS);
        if (pass != null) {
            addNames(variables, pass.value(), problems);
        }
        return Collections.unmodifiableSortedMap(variables);
    }

    private static void addValues(SortedMap<String, String> variables, YamlValue value, Problems problems) {
        switch (value) {
            case Mapping map -> map.entries().values().forEach(entry -> add(variables, entry, problems));
            case Scalar scalar when scalar.kind() == Kind.NULL -> {
                // A key without a value counts as missing.
            }
            default ->
                problems.add(
                        value.origin(),
                        "\"env\" must be a map to texts, found " + TypeWords.found(value),
                        "write \"env: {NAME: value}\"");
        }
    }

    private static void addNames(SortedMap<String, String> variables, YamlValue value, Problems problems) {
        switch (value) {
            case Sequence names -> names.items().forEach(name -> addName(variables, name, problems));
            case Scalar scalar when scalar.kind() == Kind.NULL -> {
                // As above.
            }
            default ->
                problems.add(
                        value.origin(),
                        "\"pass\" must be a list of names, found " + TypeWords.found(value),
                        "write \"pass: [NAME]\"");
        }
    }

    private static void addName(SortedMap<String, String> variables, YamlValue value, Problems problems) {
        if (!(value instanceof Scalar scalar) || scalar.kind() == Kind.NULL) {
            problems.add(
                    value.origin(),
                    "\"pass\" must have names of variables, found " + TypeWords.found(value),
                    "write \"pass: [NAME]\"");
            return;
        }
        pass(variables, scalar.text(), value.origin(), problems);
    }

    /**
     * Adds a variable that is passed by its name.
     *
     * @param variables those of {@code env}, by name
     * @param name the variable's name
     * @param origin the place of the name
     * @param problems receives a name that is not allowed, or that also has a value
     */
    public static void pass(SortedMap<String, String> variables, String name, Origin origin, Problems problems) {
        EnvironmentVariable.problemOfName(name)
                .ifPresent(problem -> problems.add(origin, problem, EnvironmentVariable.NAME_ADVICE));
        String before = variables.put(name, EnvironmentVariable.PASSED);
        if (before != null && !EnvironmentVariable.isPassed(before)) {
            problems.add(
                    origin,
                    "the variable %s has a value in \"env\", and is in \"pass\" too".formatted(name),
                    "keep one of both: with \"pass\", jobs have the value that the plan's process has");
        }
    }

    /** Returns the places where each variable is set or named, for messages. */
    static SortedMap<String, String> places(Mapping file) {
        SortedMap<String, String> places = new TreeMap<>();
        Entry env = file.entries().get(KeyNames.ENV);
        if (env != null && env.value() instanceof Mapping values) {
            for (Entry entry : values.entries().values()) {
                places.put(entry.key().text(), entry.value().origin().place());
            }
        }
        Entry pass = file.entries().get(KeyNames.PASS);
        if (pass != null && pass.value() instanceof Sequence names) {
            for (YamlValue name : names.items()) {
                if (name instanceof Scalar scalar) {
                    places.put(scalar.text(), name.origin().place());
                }
            }
        }
        return Collections.unmodifiableSortedMap(places);
    }

    private static void add(SortedMap<String, String> variables, Entry entry, Problems problems) {
        String name = entry.key().text();
        EnvironmentVariable.problemOfName(name)
                .ifPresent(problem -> problems.add(entry.key().origin(), problem, EnvironmentVariable.NAME_ADVICE));
        if (entry.value() instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
            variables.put(name, scalar.text());
            EnvironmentVariable.problemOfValue(name, scalar.text())
                    .ifPresent(
                            problem -> problems.add(entry.value().origin(), problem, EnvironmentVariable.VALUE_ADVICE));
        } else {
            problems.add(
                    entry.value().origin(),
                    "%s must be a text, found %s"
                            .formatted(Texts.quote(KeyNames.below(KeyNames.ENV, name)), TypeWords.found(entry.value())),
                    "write \"\" for an empty text");
        }
    }
}
