package org.experimaestro.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/**
 * The values of environment variables in YAML values. <code>${env:NAME}</code> stands for the value of {@code NAME},
 * <code>${env:NAME:-TEXT}</code> for {@code TEXT} if the variable is unset or empty, as in a shell (POSIX.1-2017, Shell
 * Command Language, section 2.6.2); <code>$${env:</code> stands for these characters without the first dollar. A value
 * without quotes is of the kind that the whole text then has. Values are not read as YAML, so they cannot add keys.
 */
final class Interpolation {
    private static final String BEGIN = "${env:";
    private static final Pattern PLACE = Pattern.compile("(\\$?)\\$\\{env:([^}]*)(}?)");
    private static final String OTHERWISE = ":-";

    private final Map<String, String> environment;
    private final Problems problems;
    private final IdentityHashMap<YamlValue, YamlValue> done = new IdentityHashMap<>();

    Interpolation(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** Returns whether a text has a place for a variable, or its escape. */
    static boolean hasPlace(String text) {
        return text.contains(BEGIN);
    }

    /** Returns the text that stands for a text. */
    static String escape(String text) {
        return text.replace(BEGIN, "$" + BEGIN);
    }

    /** Returns a map with the values of all variables in its values; keys stay what they are. */
    Mapping apply(Mapping map) {
        return apply(map, List.of());
    }

    /** Returns a map with the values of all variables in its values, without those of some of its keys. */
    Mapping apply(Mapping map, Collection<String> left) {
        var entries = new LinkedHashMap<String, Entry>();
        map.entries().forEach((key, entry) -> {
            YamlValue value = left.contains(key) ? entry.value() : value(entry.value());
            entries.put(key, new Entry(entry.key(), value));
        });
        return new Mapping(entries, map.origin());
    }

    private YamlValue value(YamlValue value) {
        YamlValue known = done.get(value);
        if (known != null) {
            return known;
        }
        YamlValue made = switch (value) {
            case Scalar scalar -> hasPlace(scalar.text()) ? scalar(scalar) : scalar;
            case Sequence list -> {
                List<YamlValue> items = new ArrayList<>();
                list.items().forEach(item -> items.add(value(item)));
                yield new Sequence(items, list.origin());
            }
            case Mapping map -> apply(map);
        };
        done.put(value, made);
        return made;
    }

    private Scalar scalar(Scalar scalar) {
        StringBuilder text = new StringBuilder();
        Matcher place = PLACE.matcher(scalar.text());
        while (place.find()) {
            boolean isEscaped = !place.group(1).isEmpty();
            place.appendReplacement(text, "");
            text.append(isEscaped ? place.group().substring(1) : variable(place, scalar));
        }
        place.appendTail(text);
        Kind kind = scalar.isOpen() ? NodeReader.kindOf(text.toString()) : scalar.kind();
        String names = names(scalar.text());
        Origin origin = names.isEmpty() ? scalar.origin() : scalar.origin().through(names);
        return new Scalar(kind, text.toString(), origin);
    }

    /** Returns the places of a text without what stands beside them and in their place, which may be secrets. */
    private static String names(String text) {
        return PLACE.matcher(text)
                .results()
                .filter(place -> place.group(1).isEmpty())
                .map(place -> place.group(2))
                .map(content ->
                        content.contains(OTHERWISE) ? content.substring(0, content.indexOf(OTHERWISE)) : content)
                .map(name -> BEGIN + name + "}")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String variable(Matcher place, Scalar scalar) {
        String content = place.group(2);
        if (place.group(3).isEmpty()) {
            problems.add(scalar.origin(), "the place " + Texts.quote(place.group()) + " has no end", "close it with }");
            return "";
        }
        int cut = content.indexOf(OTHERWISE);
        String name = cut < 0 ? content : content.substring(0, cut);
        String otherwise = cut < 0 ? null : content.substring(cut + OTHERWISE.length());
        if (EnvironmentVariable.problemOfName(name).isPresent()) {
            problems.add(
                    scalar.origin(),
                    "%s is not the name of a variable".formatted(Texts.quote(name)),
                    "write ${env:NAME}, ${env:NAME:-TEXT} for a text where it is not set, or $${env: for these characters");
            return "";
        }
        if (SecretVariables.isSecret(name)) {
            problems.add(
                    scalar.origin(),
                    "the value of " + name + " is probably a secret, and settings are stored with each run",
                    "write \"pass: [" + name + "]\", so that the jobs have the variable");
            return "";
        }
        String value = environment.get(name);
        if (otherwise != null && (value == null || value.isEmpty())) {
            return otherwise;
        }
        if (value == null) {
            problems.add(
                    scalar.origin(),
                    "the variable " + name + " is not set",
                    "export it, or write ${env:" + name + ":-TEXT} for a text where it is not set");
            return "";
        }
        return value;
    }
}
