package org.experimaestro.settings;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.experimaestro.Grid;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.RecordShape.Component;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A converter from YAML values to records. {@link SettingsCheck} has checked the classes. Methods return empty when
 * they have added a problem. Confined to one thread.
 */
final class SettingsBinder {
    /*
     * The deepest nesting of records: more than a file or a default can have. Deeper records come from defaults that
     * contain themselves.
     */
    private static final int DEEPEST_RECORD = 250;

    private final Problems problems;
    private final Path defaultsFolder;
    private final GridBinder grids;
    /* The parsed defaults of components; the points of a grid take them again and again. */
    private final IdentityHashMap<Component, YamlValue> defaults = new IdentityHashMap<>();
    private int depth;
    /* The keys that a file may have in addition to those of the record. */
    private List<String> reserved = List.of();

    SettingsBinder(Problems problems, Path defaultsFolder) {
        this(problems, defaultsFolder, new GridBinder(defaultsFolder, OptionalInt.empty()));
    }

    SettingsBinder(Problems problems, Path defaultsFolder, GridBinder grids) {
        this.problems = problems;
        this.defaultsFolder = defaultsFolder;
        this.grids = grids;
    }

    /** Binds a whole file except its reserved keys. */
    Optional<Object> bindTop(Class<?> type, Mapping map) {
        reserved = KeyNames.RESERVED;
        Mapping settings = map;
        for (String key : reserved) {
            settings = settings.without(key);
        }
        return bindRecord(RecordShape.of(type), settings, "");
    }

    /** Binds a whole file, all of whose keys belong to the record. */
    Optional<Object> bindAll(Class<?> type, Mapping map) {
        return bindRecord(RecordShape.of(type), map, "");
    }

    /** Binds a map below a key to a record. */
    Optional<Object> bindPart(Class<?> type, Mapping map, String path) {
        return bindRecord(RecordShape.of(type), map, path);
    }

    /** Binds a value below a key. */
    Optional<Object> bindValue(Type type, YamlValue value, String path) {
        return bind(type, Constraints.NONE, value, path);
    }

    /** Binds a default; {@code source} is the component that has it. */
    Optional<Object> bindDefault(String text, Component component, Source source, String path) {
        YamlValue known = defaults.get(component);
        Optional<YamlValue> parsed =
                known == null ? AnnotationText.parse(text, component.type(), source, problems) : Optional.of(known);
        parsed.ifPresent(value -> defaults.put(component, value));
        return parsed.flatMap(value -> bind(component.type(), component.constraints(), value, path));
    }

    private Optional<Object> bindRecord(RecordShape shape, Mapping map, String path) {
        if (depth >= DEEPEST_RECORD) {
            problems.add(map.origin(), "the default contains itself: it never ends");
            return Optional.empty();
        }
        depth++;
        Optional<Object> bound = bindComponents(shape, map, path);
        depth--;
        return bound;
    }

    private Optional<Object> bindComponents(RecordShape shape, Mapping map, String path) {
        Set<String> meant = refuseUnknownKeys(shape, map, path);
        var arguments = new ArrayList<Object>();
        for (Component component : shape.components()) {
            Entry entry = map.entries().get(component.key());
            String below = KeyNames.below(path, component.key());
            if (entry != null) {
                bind(component.type(), component.constraints(), entry.value(), below)
                        .ifPresent(arguments::add);
            } else if (component.defaultText().isPresent()) {
                var source = Source.ofCode(shape.name() + "." + component.name(), 0, defaultsFolder);
                bindDefault(component.defaultText().get(), component, source, below)
                        .ifPresent(arguments::add);
            } else if (component.isOptional()) {
                arguments.add(Optional.empty());
            } else if (!meant.contains(component.key())) {
                problems.add(
                        map.origin(),
                        "missing key %s for %s".formatted(Texts.quote(below), shape.name()),
                        "its value is " + TypeWords.one(component.type()));
            }
        }
        return arguments.size() == shape.components().size()
                ? RecordMaker.make(shape, map, arguments, path, problems)
                : Optional.empty();
    }

    /* Returns the keys that the unknown keys probably mean: these are not reported as missing. */
    private Set<String> refuseUnknownKeys(RecordShape shape, Mapping map, String path) {
        List<String> known = new ArrayList<>(shape.keys());
        if (path.isEmpty()) {
            known.addAll(reserved);
        }
        List<String> unset = new ArrayList<>(known);
        unset.removeAll(map.entries().keySet());
        var meant = new HashSet<String>();
        for (Entry entry : map.entries().values()) {
            String key = entry.key().text();
            if (!shape.keys().contains(key)) {
                // An override of a key that the file has is mistyped more often than a key is given twice.
                Optional<String> near = meant(key, unset).or(() -> meant(key, known));
                near.ifPresent(meant::add);
                problems.add(
                        entry.key().origin(),
                        "unknown key %s for %s".formatted(Texts.quote(KeyNames.below(path, key)), shape.name()),
                        knownKeys(shape, near));
            }
        }
        return meant;
    }

    private static Optional<String> meant(String key, List<String> candidates) {
        String snake = KeyNames.keyOf(key);
        return candidates.contains(snake) ? Optional.of(snake) : NearName.find(key, candidates);
    }

    private static String knownKeys(RecordShape shape, Optional<String> near) {
        if (shape.keys().isEmpty()) {
            return "it takes no keys";
        }
        String known = Texts.list(shape.keys());
        return near.map(name -> NearName.question(List.of(name)) + " Known keys: " + known)
                .orElse("known keys: " + known);
    }

    private Optional<Object> bind(Type type, Constraints constraints, YamlValue value, String path) {
        Class<?> raw = Types.raw(type);
        boolean isNull = value instanceof Scalar scalar && scalar.kind() == Kind.NULL;
        if (raw == Optional.class) {
            return isNull
                    ? Optional.of(Optional.empty())
                    : bind(Types.argument(type, 0), constraints, value, path).map(Optional::of);
        }
        if (raw == Located.class) {
            return bind(Types.argument(type, 0), constraints, value, path)
                    .map(bound -> new Located<>(bound, value.origin()));
        }
        if (raw == Grid.class && value instanceof Mapping map) {
            return grids.bind(type, map, path, problems);
        }
        if (value instanceof Scalar scalar && !isNull && Types.isScalar(raw)) {
            return bindScalar(raw, constraints, scalar, path);
        }
        if (value instanceof Sequence list && raw == List.class) {
            return bindItems(type, constraints, list, path).map(List::copyOf);
        }
        if (value instanceof Sequence list && raw == Set.class) {
            return bindSet(type, constraints, list, path);
        }
        if (value instanceof Mapping map && raw == Map.class) {
            return bindMap(type, constraints, map, path);
        }
        if (value instanceof Mapping map && raw.isRecord()) {
            return bindRecord(RecordShape.of(raw), map, path);
        }
        refuse(path, TypeWords.one(type), value, adviceFor(raw, value));
        return Optional.empty();
    }

    private static @Nullable String adviceFor(Class<?> raw, YamlValue value) {
        if (raw == Grid.class && value instanceof Sequence) {
            return "write union: […] for several parts of the grid";
        }
        boolean isCollection = raw == List.class || raw == Set.class;
        if (!(value instanceof Scalar scalar)) {
            return null;
        }
        if (scalar.kind() == Kind.NULL) {
            return isCollection ? "write [] for an empty list" : raw == Map.class ? "write {} for an empty map" : null;
        }
        return isCollection ? "write [%s]".formatted(scalar.text()) : null;
    }

    private Optional<Object> bindScalar(Class<?> raw, Constraints constraints, Scalar scalar, String path) {
        return switch (ScalarReader.read(raw, scalar)) {
            case ScalarReader.Refused refused -> {
                refuse(path, refused.expected(), scalar, refused.advice());
                yield Optional.empty();
            }
            case ScalarReader.Mistaken mistaken -> {
                problems.add(scalar.origin(), "%s has mistakes. %s".formatted(Texts.quote(path), mistaken.mistakes()));
                yield Optional.empty();
            }
            case ScalarReader.Converted converted -> {
                Optional<Constraints.Violation> violation = constraints.check(raw, converted.value(), scalar);
                violation.ifPresent(found -> refuse(path, found.expected(), scalar, found.advice()));
                yield violation.isPresent() ? Optional.empty() : Optional.of(converted.value());
            }
        };
    }

    private Optional<List<Object>> bindItems(Type type, Constraints constraints, Sequence list, String path) {
        var items = new ArrayList<Object>();
        for (int i = 0; i < list.items().size(); i++) {
            bind(Types.argument(type, 0), constraints, list.items().get(i), KeyNames.below(path, String.valueOf(i)))
                    .ifPresent(items::add);
        }
        return items.size() == list.items().size() ? Optional.of(items) : Optional.empty();
    }

    private Optional<Object> bindSet(Type type, Constraints constraints, Sequence list, String path) {
        Optional<List<Object>> items = bindItems(type, constraints, list, path);
        if (items.isEmpty()) {
            return Optional.empty();
        }
        var set = new LinkedHashSet<Object>();
        for (int i = 0; i < items.get().size(); i++) {
            if (!set.add(items.get().get(i))) {
                YamlValue repeated = list.items().get(i);
                problems.add(
                        repeated.origin(),
                        "%s repeats an item of the list: %s"
                                .formatted(
                                        Texts.quote(KeyNames.below(path, String.valueOf(i))),
                                        TypeWords.found(repeated)),
                        "remove it");
            }
        }
        return set.size() == items.get().size() ? Optional.of(Collections.unmodifiableSet(set)) : Optional.empty();
    }

    private Optional<Object> bindMap(Type type, Constraints constraints, Mapping map, String path) {
        Class<?> keyType = Types.raw(Types.argument(type, 0));
        var bound = new LinkedHashMap<Object, Object>();
        var places = new HashMap<Object, Origin>();
        boolean isWhole = true;
        for (Entry entry : map.entries().values()) {
            Optional<Object> key = bindKey(keyType, entry.key(), path);
            Optional<Object> value = bind(
                    Types.argument(type, 1),
                    constraints,
                    entry.value(),
                    KeyNames.below(path, entry.key().text()));
            isWhole &= key.isPresent() && value.isPresent();
            Origin before =
                    key.isPresent() ? places.putIfAbsent(key.get(), entry.key().origin()) : null;
            if (before != null) {
                problems.add(
                        entry.key().origin(),
                        "the key %s of %s is given twice"
                                .formatted(Texts.quote(entry.key().text()), Texts.quote(path)),
                        "it was given before at " + before.place());
                isWhole = false;
            } else if (key.isPresent() && value.isPresent()) {
                bound.put(key.get(), value.get());
            }
        }
        return isWhole ? Optional.of(Collections.unmodifiableMap(bound)) : Optional.empty();
    }

    private Optional<Object> bindKey(Class<?> keyType, Scalar key, String path) {
        if (keyType == String.class) {
            // A key must be a text here, so "3: …" needs no quotes.
            return Optional.of(key.text());
        }
        // The key of an override is a text, even if it looks like a number.
        Scalar plain = key.origin().source().numbered()
                ? key
                : YamlParser.parse(key.text(), key.origin().source(), new Problems())
                        .filter(Scalar.class::isInstance)
                        .map(Scalar.class::cast)
                        .orElse(key);
        return switch (ScalarReader.read(keyType, plain)) {
            case ScalarReader.Converted converted -> Optional.of(converted.value());
            case ScalarReader.Refused refused -> {
                problems.add(
                        key.origin(),
                        "a key of %s must be %s, found %s"
                                .formatted(Texts.quote(path), refused.expected(), TypeWords.found(key)),
                        refused.advice());
                yield Optional.empty();
            }
            case ScalarReader.Mistaken mistaken -> {
                problems.add(
                        key.origin(), "a key of %s has mistakes. %s".formatted(Texts.quote(path), mistaken.mistakes()));
                yield Optional.empty();
            }
        };
    }

    private void refuse(String path, String expected, YamlValue found, @Nullable String advice) {
        problems.add(
                found.origin(),
                "%s must be %s, found %s".formatted(Texts.quote(path), expected, TypeWords.found(found)),
                advice);
    }
}
