package org.experimaestro.settings;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.RecordShape.Component;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the choices, ranges and samples that a grid has in the place of values. It checks their form alone; the
 * values are checked when the points are bound. Confined to one thread.
 */
final class GridExpander {
    static final String CHOOSE = "choose";
    static final String RANGE = "range";
    static final String GEOMETRIC = "geometric";
    static final String SAMPLE = "sample";
    static final String ZIP = "zip";
    static final String UNION = "union";

    /** The keys of a map that stands in the place of a value. */
    static final List<String> FORMS = List.of(CHOOSE, RANGE, GEOMETRIC, SAMPLE);

    /** The keys that have a meaning in all maps of a grid. */
    static final List<String> KEYS = List.of(CHOOSE, RANGE, GEOMETRIC, SAMPLE, ZIP, UNION);

    /* The longest decimal number that is written without an exponent. */
    private static final int MOST_DIGITS = 20;

    private final SettingsBinder binder;
    private final Problems problems;
    private final Set<Origin> refused = new HashSet<>();

    /** Creates an expander, whose binder reports to the same problems. */
    GridExpander(SettingsBinder binder, Problems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    /** Returns the places of the values that were refused; the binder of points has no more to say about them. */
    Set<Origin> refused() {
        return refused;
    }

    /** Reads a value of a type; what is refused stays as it was written. */
    GridNode read(Type type, YamlValue value, String path) {
        Class<?> raw = Types.raw(type);
        if (raw == Optional.class) {
            return read(Types.argument(type, 0), value, path);
        }
        if (value instanceof Mapping map) {
            Optional<Entry> form = form(map);
            if (form.isPresent()) {
                return form(type, map, form.get(), path);
            }
            if (raw.isRecord()) {
                return record(RecordShape.of(raw), map, path);
            }
            if (raw == Map.class) {
                return map(type, map, path);
            }
            refuseNearForm(map, path);
        }
        if (value instanceof Sequence list) {
            if (raw == List.class || raw == Set.class) {
                return list(type, list, path);
            }
            refuse(
                    list,
                    "%s must be %s, found %s".formatted(Texts.quote(path), TypeWords.one(type), TypeWords.found(list)),
                    "write {choose: […]} to try several values");
        }
        return new GridNode.Single(value);
    }

    private static Optional<Entry> form(Mapping map) {
        return map.entries().size() == 1
                ? map.entries().values().stream()
                        .filter(entry -> FORMS.contains(entry.key().text()))
                        .findFirst()
                : Optional.empty();
    }

    private GridNode form(Type type, Mapping map, Entry form, String path) {
        return switch (form.key().text()) {
            case CHOOSE -> choices(type, map, form.value(), path);
            case RANGE -> series(GridSeries.Steps.class, map, map, path, path);
            case GEOMETRIC -> series(GridSeries.Multiples.class, map, map, path, path);
            default -> sample(map, form.value(), path);
        };
    }

    private GridNode choices(Type type, Mapping map, YamlValue value, String path) {
        if (!(value instanceof Sequence list) || list.items().isEmpty()) {
            refuse(
                    map,
                    "%s must choose from a list of values, found %s"
                            .formatted(Texts.quote(path), TypeWords.found(value)),
                    "write {choose: [first, second]}");
            return new GridNode.Single(map);
        }
        return new GridNode.Alternatives(
                list.items().stream().map(item -> read(type, item, path)).toList());
    }

    private GridNode sample(Mapping map, YamlValue value, String path) {
        if (value instanceof Mapping keys) {
            return series(GridSeries.Sample.class, map, keys, KeyNames.below(path, SAMPLE), path);
        }
        refuse(
                map,
                "%s must be a sample with the keys n, from and seed, found %s"
                        .formatted(Texts.quote(path), TypeWords.found(value)),
                "write {sample: {n: 3, from: [1, 1000], seed: 7}}");
        return new GridNode.Single(map);
    }

    private GridNode series(Class<? extends GridSeries> type, Mapping map, Mapping keys, String keysPath, String path) {
        Optional<GridSeries> bound = binder.bindPart(type, keys, keysPath).map(GridSeries.class::cast);
        if (bound.isEmpty()) {
            refused.add(map.origin());
            return new GridNode.Single(map);
        }
        GridSeries series = bound.get();
        String key = path.substring(path.lastIndexOf('.') + 1);
        return new GridNode.Series(
                series.count(),
                () -> series.values(key).stream()
                        .map(number -> scalar(number, map.origin()))
                        .toList());
    }

    private static YamlValue scalar(BigDecimal number, Origin origin) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean isWhole = shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= MOST_DIGITS;
        return isWhole
                ? new Scalar(Kind.INTEGER, shortest.toBigIntegerExact().toString(), origin)
                : new Scalar(Kind.DECIMAL, shortest.toString(), origin);
    }

    private GridNode list(Type type, Sequence list, String path) {
        List<GridNode> items = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            items.add(read(Types.argument(type, 0), list.items().get(i), KeyNames.below(path, String.valueOf(i))));
        }
        return new GridNode.Product(items, values -> new Sequence(values, list.origin()));
    }

    private GridNode map(Type type, Mapping map, String path) {
        List<GridNode> entries = map.entries().values().stream()
                .map(entry -> entry(
                        entry.key(),
                        read(
                                Types.argument(type, 1),
                                entry.value(),
                                KeyNames.below(path, entry.key().text()))))
                .toList();
        return new GridNode.Product(entries, values -> joined(values, map.origin()));
    }

    /** Components vary like loops in the order of the record: the last one fastest. */
    private record Slot(int position, GridNode node) {}

    private GridNode record(RecordShape shape, Mapping map, String path) {
        Entry union = map.entries().get(UNION);
        if (union != null) {
            return union(shape, map.without(UNION), union, path);
        }
        Entry zip = map.entries().get(ZIP);
        List<Slot> slots = new ArrayList<>();
        for (Entry entry : map.without(ZIP).entries().values()) {
            slots.add(component(shape, entry, path));
        }
        if (zip != null) {
            zip(shape, map, zip, path).ifPresent(slots::add);
        }
        slots.sort(Comparator.comparingInt(Slot::position));
        return new GridNode.Product(slots.stream().map(Slot::node).toList(), values -> joined(values, map.origin()));
    }

    private Slot component(RecordShape shape, Entry entry, String path) {
        String key = entry.key().text();
        String below = KeyNames.below(path, key);
        int position = shape.keys().indexOf(key);
        if (position < 0) {
            refuseNearKey(shape, entry.key(), path);
            return new Slot(shape.keys().size(), entry(entry.key(), new GridNode.Single(entry.value())));
        }
        Component component = shape.components().get(position);
        return new Slot(position, entry(entry.key(), read(component.type(), entry.value(), below)));
    }

    /** Returns the node whose values are maps with one key. */
    private static GridNode entry(Scalar key, GridNode node) {
        return new GridNode.Product(
                List.of(node),
                values -> new Mapping(Map.of(key.text(), new Entry(key, values.getFirst())), key.origin()));
    }

    private static Mapping joined(List<YamlValue> maps, Origin origin) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        maps.forEach(map -> entries.putAll(((Mapping) map).entries()));
        return new Mapping(entries, origin);
    }

    private GridNode union(RecordShape shape, Mapping shared, Entry union, String path) {
        String below = KeyNames.below(path, UNION);
        if (!(union.value() instanceof Sequence parts) || parts.items().isEmpty()) {
            refuse(
                    union.value(),
                    "%s must be a list of maps, found %s".formatted(Texts.quote(below), TypeWords.found(union.value())),
                    "write a part of the grid in each map");
            refused.add(shared.origin()); // its missing keys may be in the parts
            return record(shape, shared, path);
        }
        List<GridNode> nodes = new ArrayList<>();
        for (YamlValue part : parts.items()) {
            if (part instanceof Mapping map) {
                refuseTwice(shared, map, path);
                Mapping whole = shared;
                for (Entry entry : map.entries().values()) {
                    whole = whole.with(entry);
                }
                nodes.add(record(shape, whole, path));
            } else {
                refuse(
                        part,
                        "a part of %s must be a map, found %s".formatted(Texts.quote(below), TypeWords.found(part)),
                        null);
            }
        }
        return nodes.isEmpty() ? record(shape, shared, path) : new GridNode.Alternatives(nodes);
    }

    private Optional<Slot> zip(RecordShape shape, Mapping map, Entry zip, String path) {
        String below = KeyNames.below(path, ZIP);
        if (!(zip.value() instanceof Mapping keys) || keys.entries().isEmpty()) {
            refuse(
                    zip.value(),
                    "%s must be a map to lists, found %s".formatted(Texts.quote(below), TypeWords.found(zip.value())),
                    "write zip: {first: [1, 2], second: [3, 4]}");
            refused.add(map.origin()); // its missing keys may be in zip
            return Optional.empty();
        }
        refuseTwice(map.without(ZIP), keys, path);
        List<Slot> slots = keys.entries().values().stream()
                .map(entry -> component(shape, new Entry(entry.key(), inStep(entry.value(), path, entry.key())), path))
                .toList();
        List<GridNode> nodes = slots.stream().map(Slot::node).toList();
        if (nodes.stream().map(GridNode::count).distinct().count() > 1) {
            String lengths =
                    slots.stream().map(slot -> slot.node().count().toString()).collect(Collectors.joining(", "));
            refuse(
                    keys,
                    "the values of %s are not equally many: %s have %s"
                            .formatted(
                                    Texts.quote(below),
                                    Texts.list(keys.entries().keySet()),
                                    lengths),
                    null);
            refused.add(map.origin()); // its missing keys are in zip
            return Optional.empty();
        }
        int position = slots.stream().mapToInt(Slot::position).min().orElseThrow();
        return Optional.of(new Slot(position, new GridNode.InStep(nodes, values -> joined(values, keys.origin()))));
    }

    /** Returns a value of zip as a form: a list is a choice. */
    private YamlValue inStep(YamlValue value, String path, Scalar key) {
        if (value instanceof Sequence list) {
            Scalar choose = new Scalar(Kind.TEXT, CHOOSE, list.origin());
            return new Mapping(Map.of(CHOOSE, new Entry(choose, list)), list.origin());
        }
        if (!(value instanceof Mapping map) || form(map).isEmpty()) {
            refuse(
                    value,
                    "%s must be a list, found %s"
                            .formatted(
                                    Texts.quote(KeyNames.below(KeyNames.below(path, ZIP), key.text())),
                                    TypeWords.found(value)),
                    "write a list, or one of " + Texts.list(FORMS));
        }
        return value;
    }

    private void refuseTwice(Mapping outer, Mapping inner, String path) {
        for (Entry entry : inner.entries().values()) {
            Entry before = outer.entries().get(entry.key().text());
            if (before != null) {
                refuse(
                        entry.key(),
                        "the key %s is given twice"
                                .formatted(Texts.quote(
                                        KeyNames.below(path, entry.key().text()))),
                        "it was given before at " + before.key().origin().place());
            }
        }
    }

    private void refuseNearKey(RecordShape shape, Scalar key, String path) {
        if (NearName.find(key.text(), shape.keys()).isEmpty()) {
            NearName.advice(key.text(), List.of(ZIP, UNION, GridBinder.WHERE, GridBinder.LIMIT))
                    .ifPresent(advice -> refuse(
                            key,
                            "unknown key %s for %s"
                                    .formatted(Texts.quote(KeyNames.below(path, key.text())), shape.name()),
                            advice));
        }
    }

    private void refuseNearForm(Mapping map, String path) {
        if (map.entries().size() == 1) {
            Scalar key = map.entries().values().iterator().next().key();
            NearName.advice(key.text(), FORMS)
                    .ifPresent(advice -> refuse(
                            map,
                            "%s must be a value, or one of %s, found a map with the key %s"
                                    .formatted(Texts.quote(path), Texts.list(FORMS), Texts.quote(key.text())),
                            advice));
        }
    }

    private void refuse(YamlValue value, String what, @Nullable String advice) {
        problems.add(value.origin(), what, advice);
        refused.add(value.origin());
    }
}
