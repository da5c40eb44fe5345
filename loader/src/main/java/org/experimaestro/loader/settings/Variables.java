package org.experimaestro.loader.settings;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.internal.EnvironmentVariable;
import org.experimaestro.loader.settings.YamlValue.Entry;
import org.experimaestro.loader.settings.YamlValue.Kind;
import org.experimaestro.loader.settings.YamlValue.Mapping;
import org.experimaestro.loader.settings.YamlValue.Scalar;

/** Variables of an environment, as the key {@code env} has them. */
final class Variables {
    private Variables() {}

    /** The variables; those that have a problem are left out. Values are taken as written: {@code 1} needs no quotes. */
    static SortedMap<String, String> read(YamlValue value, Problems problems) {
        SortedMap<String, String> variables = new TreeMap<>();
        switch (value) {
            case Mapping map -> map.entries().values().forEach(entry -> add(variables, entry, problems));
            case Scalar scalar when scalar.kind() == Kind.NULL -> {
                // A key with nothing behind it counts as not written.
            }
            default ->
                problems.add(
                        value.origin(),
                        "\"env\" must be a map to texts, found " + TypeWords.found(value),
                        "write \"env: {NAME: value}\"");
        }
        return Collections.unmodifiableSortedMap(variables);
    }

    /** Where each variable is set, as messages give places. */
    static SortedMap<String, String> places(YamlValue value) {
        SortedMap<String, String> places = new TreeMap<>();
        if (value instanceof Mapping map) {
            map.entries()
                    .values()
                    .forEach(entry -> places.put(
                            entry.key().text(), entry.value().origin().place()));
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
