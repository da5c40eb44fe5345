package org.experimaestro.settings;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Grid;
import org.experimaestro.Requirement;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/** A description, in words, of the values that a type takes, and of the value that was found. */
final class TypeWords {
    private static final int LONGEST_TEXT = 60;

    private TypeWords() {}

    /** Returns the description of a value of the type: {@code a whole number}, {@code a list of texts}. */
    static String one(Type type) {
        return words(type).one();
    }

    /** Returns the description of the value: {@code the number 16}, {@code the text "many"}, {@code a list}. */
    static String found(YamlValue value) {
        return switch (value) {
            case Sequence list -> list.items().isEmpty() ? "an empty list" : "a list";
            case Mapping map -> map.entries().isEmpty() ? "an empty map" : "a map";
            case Scalar scalar -> {
                String text = Texts.shorten(scalar.text(), LONGEST_TEXT);
                yield switch (scalar.kind()) {
                    case NULL -> "nothing (null)";
                    case BOOLEAN -> text;
                    case INTEGER, DECIMAL -> "the number " + text;
                    case TEXT -> "the text " + Texts.quote(text);
                };
            }
        };
    }

    private record Words(String one, String many) {}

    private static Words words(Type type) {
        Class<?> raw = Types.raw(type);
        if (raw == Optional.class || raw == Located.class) {
            return words(Types.argument(type, 0));
        }
        if (raw == Grid.class) {
            Words points = words(Types.argument(type, 0));
            return new Words("a grid: " + points.one(), "grids: " + points.many());
        }
        if (raw == List.class) {
            String items = words(Types.argument(type, 0)).many();
            return new Words("a list of " + items, "lists of " + items);
        }
        if (raw == Set.class) {
            String items = words(Types.argument(type, 0)).many();
            return new Words("a list of different " + items, "lists of different " + items);
        }
        if (raw == Map.class) {
            String values = words(Types.argument(type, 1)).many();
            return new Words("a map to " + values, "maps to " + values);
        }
        return wordsOfClass(raw);
    }

    private static Words wordsOfClass(Class<?> raw) {
        WrittenAs written = raw.getAnnotation(WrittenAs.class);
        if (written != null) {
            return new Words(written.one(), written.many());
        }
        if (raw.isEnum()) {
            String names = Texts.list(Types.constantNames(raw));
            return new Words("one of " + names, "names out of " + names);
        }
        if (raw.isRecord()) {
            List<String> keys = Arrays.stream(raw.getRecordComponents())
                    .map(component -> KeyNames.keyOf(component.getName()))
                    .toList();
            return keys.isEmpty()
                    ? new Words("an empty map", "empty maps")
                    : new Words("a map with the keys " + Texts.list(keys), "maps with the keys " + Texts.list(keys));
        }
        if (raw == String.class) {
            return new Words("a text", "texts");
        }
        if (raw == Path.class) {
            return new Words("a path", "paths");
        }
        if (raw == Duration.class) {
            return new Words("a duration such as \"5 min\"", "durations such as \"5 min\"");
        }
        if (raw == Requirement.class) {
            return new Words(
                    "a requirement such as \"duration=2 h & cpu(mem=4G, cores=2)\"",
                    "requirements such as \"duration=2 h & cpu(mem=4G, cores=2)\"");
        }
        if (raw == Boolean.class) {
            return new Words("true or false", "values true or false");
        }
        if (raw == Character.class) {
            return new Words("one character", "single characters");
        }
        return raw == Double.class || raw == Float.class
                ? new Words("a number", "numbers")
                : new Words("a whole number", "whole numbers");
    }
}
