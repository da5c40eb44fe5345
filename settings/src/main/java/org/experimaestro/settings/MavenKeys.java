package org.experimaestro.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/** A reader of the key {@code maven}: {@code {profiles: [a, b], properties: {name: value}}}. */
final class MavenKeys {
    private static final String FORM = "write \"maven: {profiles: [NAME], properties: {NAME: value}}\"";
    private static final String PROFILES = "profiles";
    private static final String PROPERTIES = "properties";
    private static final Pattern PROFILE = Pattern.compile("[!+-]?[\\w.][\\w. -]*");
    private static final Pattern PROPERTY = Pattern.compile("[\\w.-]+");

    private final Problems problems;
    private final List<String> profiles = new ArrayList<>();
    private final SortedMap<String, String> properties = new TreeMap<>();

    private MavenKeys(Problems problems) {
        this.problems = problems;
    }

    static MavenOptions read(YamlValue value, Problems problems) {
        var keys = new MavenKeys(problems);
        if (value instanceof Mapping map) {
            map.entries().values().forEach(keys::key);
        } else if (!isNull(value)) {
            problems.add(value.origin(), "\"maven\" must be a map, found " + TypeWords.found(value), FORM);
        }
        return new MavenOptions(keys.profiles, keys.properties);
    }

    private void key(Entry entry) {
        String name = entry.key().text();
        switch (name) {
            case PROFILES -> profiles(entry.value());
            case PROPERTIES -> properties(entry.value());
            default ->
                problems.add(
                        entry.key().origin(),
                        "unknown key " + Texts.quote(KeyNames.below(KeyNames.MAVEN, name)),
                        NearName.advice(name, List.of(PROFILES, PROPERTIES)).orElse(FORM));
        }
    }

    private void profiles(YamlValue value) {
        List<YamlValue> items = value instanceof Sequence list ? list.items() : List.of(value);
        for (YamlValue item : items) {
            if (item instanceof Scalar scalar && PROFILE.matcher(scalar.text()).matches() && !isNull(item)) {
                profiles.add(scalar.text());
            } else if (!isNull(item)) {
                problems.add(
                        item.origin(),
                        "\"maven.profiles\" must be a list of the names of profiles, found " + TypeWords.found(item),
                        FORM);
            }
        }
    }

    private void properties(YamlValue value) {
        if (!(value instanceof Mapping map)) {
            if (!isNull(value)) {
                problems.add(
                        value.origin(),
                        "\"maven.properties\" must be a map to texts, found " + TypeWords.found(value),
                        FORM);
            }
            return;
        }
        for (Entry entry : map.entries().values()) {
            String name = entry.key().text();
            if (!PROPERTY.matcher(name).matches()) {
                problems.add(
                        entry.key().origin(),
                        Texts.quote(name) + " cannot be the name of a property of Maven",
                        "use letters, digits and the characters _ . -");
            } else if (entry.value() instanceof Scalar scalar && !isNull(scalar)) {
                properties.put(name, scalar.text());
            } else {
                problems.add(
                        entry.value().origin(),
                        "%s must be a text, found %s"
                                .formatted(
                                        Texts.quote(KeyNames.below("maven.properties", name)),
                                        TypeWords.found(entry.value())),
                        "write \"\" for an empty text");
            }
        }
    }

    private static boolean isNull(YamlValue value) {
        return value instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }
}
