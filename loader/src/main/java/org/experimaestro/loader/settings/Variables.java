package org.experimaestro.loader.settings;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.experimaestro.loader.settings.YamlValue.Entry;
import org.experimaestro.loader.settings.YamlValue.Kind;
import org.experimaestro.loader.settings.YamlValue.Mapping;
import org.experimaestro.loader.settings.YamlValue.Scalar;

/** Variables of an environment, as the key {@code env} has them. */
final class Variables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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

    private static void add(SortedMap<String, String> variables, Entry entry, Problems problems) {
        String name = entry.key().text();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    entry.key().origin(),
                    "%s cannot be the name of a variable".formatted(Texts.quote(name)),
                    "use letters, digits and \"_\", and no digit first");
        }
        if (entry.value() instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
            variables.put(name, scalar.text());
        } else {
            problems.add(
                    entry.value().origin(),
                    "%s must be a text, found %s"
                            .formatted(Texts.quote(KeyNames.below(KeyNames.ENV, name)), TypeWords.found(entry.value())),
                    "write \"\" for an empty text");
        }
    }
}
