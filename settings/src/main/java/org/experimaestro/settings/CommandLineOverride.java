package org.experimaestro.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/**
 * A value given on the command line, {@code -c optimizer.lr=1e-3}. It replaces the value of the files, even a map, as
 * if it had been written in the experiment's own file.
 *
 * @param keys the keys on the way to the value; the numbers of list items among them count from 0
 * @param value the value
 * @param source the override's name in messages
 */
record CommandLineOverride(List<String> keys, YamlValue value, Source source) {

    /**
     * Reads the overrides of a command line. An override that cannot be read is a problem, and left out.
     *
     * @param texts the overrides as {@code key=value}
     * @param folder the folder that relative paths in them start from
     */
    static List<CommandLineOverride> parse(List<String> texts, Path folder, Problems problems) {
        var overrides = new ArrayList<CommandLineOverride>();
        for (int i = 0; i < texts.size(); i++) {
            parse(texts.get(i), Source.ofOverride(texts.get(i), i, folder), problems)
                    .ifPresent(overrides::add);
        }
        return overrides;
    }

    private static Optional<CommandLineOverride> parse(String text, Source source, Problems problems) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            problems.add(source.whole(), "an override needs a value", "write -c key=value");
            return Optional.empty();
        }
        List<String> keys = Arrays.stream(text.substring(0, equals).split("\\.", -1))
                .map(String::strip)
                .toList();
        if (keys.stream().anyMatch(String::isEmpty)) {
            problems.add(source.whole(), "an override needs a key", "write -c key=value, or -c outer.inner=value");
            return Optional.empty();
        }
        if (keys.size() > Nesting.DEEPEST) {
            problems.add(source.whole(), "the key leads more than " + Nesting.DEEPEST + " maps and lists deep");
            return Optional.empty();
        }
        return YamlParser.parse(text.substring(equals + 1), source, problems)
                .map(value -> new CommandLineOverride(keys, value.at(source.whole()), source));
    }

    boolean isOf(String key) {
        return keys.getFirst().equals(key);
    }

    /** Returns the map with this override's value in its place; the unchanged map if there is no such place. */
    Mapping applyTo(Mapping map, Problems problems) {
        return set(map, 0, problems);
    }

    private Mapping set(Mapping map, int depth, Problems problems) {
        String key = keys.get(depth);
        Entry present = map.entries().get(key);
        if (isLast(depth)) {
            return map.with(new Entry(keyScalar(key), value));
        }
        if (present == null) {
            return map.with(new Entry(keyScalar(key), set(emptyMap(), depth + 1, problems)));
        }
        return map.with(new Entry(present.key(), inside(present.value(), depth + 1, problems)));
    }

    private YamlValue inside(YamlValue container, int depth, Problems problems) {
        return switch (container) {
            case Mapping map -> set(map, depth, problems);
            case Sequence list -> setItem(list, depth, problems);
            case Scalar scalar when scalar.kind() == Kind.NULL -> set(emptyMap(), depth, problems);
            case Scalar scalar -> {
                problems.add(
                        source.whole(),
                        "there is no key %s in %s, which is %s (%s)"
                                .formatted(
                                        Texts.quote(keys.get(depth)),
                                        Texts.quote(path(depth)),
                                        TypeWords.found(scalar),
                                        scalar.origin().place()));
                yield container;
            }
        };
    }

    private Sequence setItem(Sequence list, int depth, Problems problems) {
        Optional<Integer> index = findIndex(keys.get(depth), list.items().size());
        if (index.isEmpty()) {
            problems.add(
                    source.whole(),
                    "there is no item %s in the list %s, which has %s (%s)"
                            .formatted(
                                    keys.get(depth),
                                    Texts.quote(path(depth)),
                                    itemNumbers(list.items().size()),
                                    list.origin().place()),
                    "give the whole list to change its length: -c %s=[…]".formatted(path(depth)));
            return list;
        }
        var items = new ArrayList<>(list.items());
        items.set(index.get(), isLast(depth) ? value : inside(list.items().get(index.get()), depth + 1, problems));
        return new Sequence(items, list.origin());
    }

    private static Optional<Integer> findIndex(String key, int size) {
        // At most nine digits, which fit an int.
        return key.matches("[0-9]{1,9}") && Integer.parseInt(key) < size
                ? Optional.of(Integer.parseInt(key))
                : Optional.empty();
    }

    private static String itemNumbers(int size) {
        return switch (size) {
            case 0 -> "no items";
            case 1 -> "the item 0 only";
            default -> "the items 0 to " + (size - 1);
        };
    }

    private boolean isLast(int depth) {
        return depth == keys.size() - 1;
    }

    private String path(int depth) {
        return String.join(".", keys.subList(0, depth));
    }

    private Mapping emptyMap() {
        return new Mapping(Map.of(), source.whole());
    }

    private Scalar keyScalar(String key) {
        return new Scalar(Kind.TEXT, key, source.whole());
    }
}
