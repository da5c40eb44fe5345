package org.experimaestro.settings;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Default;
import org.experimaestro.Grid;
import org.experimaestro.PlanException;
import org.experimaestro.Range;
import org.experimaestro.core.defaults.DefaultText;
import org.experimaestro.settings.RecordShape.Component;

/** A check that a class can hold settings, with the records inside it, before any value is read. */
final class SettingsCheck {
    private static final String TYPES =
            "use a number, boolean, String, enum, Path, Duration, Requirement, a record, or an"
                    + " Optional, List, Set or Map of these, or a Grid of a record";

    private final Path defaultsFolder;
    private final Problems problems = new Problems();
    private final Set<Seen> seen = new HashSet<>();
    private boolean insideGrid;
    private int order;

    /** A record that was checked, as part of a grid or not. */
    private record Seen(Class<?> type, boolean insideGrid) {}

    private SettingsCheck(Path defaultsFolder) {
        this.defaultsFolder = defaultsFolder;
    }

    /**
     * Checks a class.
     *
     * @param settings the class
     * @param defaultsFolder the folder that relative paths in defaults start from
     * @throws PlanException if the class has errors; the message has all of them
     */
    static void check(Class<?> settings, Path defaultsFolder) {
        if (!settings.isRecord()) {
            throw PlanException.of(Texts.name(settings) + " cannot hold settings: it is not a record")
                    .advice(
                            "write \"record Settings(int epochs, List<Integer> nLayers) {}\" with the plan's own parameters, or"
                                    + " \"record Settings() {}\" if it has none, and let the plan implement"
                                    + " ExperimentPlan<Settings>")
                    .build();
        }
        var check = new SettingsCheck(defaultsFolder);
        RecordShape shape = RecordShape.of(settings);
        check.refuseReserved(shape);
        check.record(shape);
        check.problems.throwIfAny(shape.name());
    }

    private void refuseReserved(RecordShape shape) {
        for (Component component : shape.components()) {
            if (KeyNames.RESERVED.contains(component.key())) {
                problems.add(
                        place(shape, component).whole(),
                        "the key %s is reserved for the experiment itself".formatted(Texts.quote(component.key())),
                        "rename the component; the reserved keys are " + Texts.list(KeyNames.RESERVED));
            }
        }
    }

    private void record(RecordShape shape) {
        if (!seen.add(new Seen(shape.type(), insideGrid))) {
            return;
        }
        if (insideGrid) {
            refuseKeys(shape, GridExpander.KEYS);
        }
        Map<String, Component> byKey = new HashMap<>();
        for (Component component : shape.components()) {
            Source source = place(shape, component);
            Component same = byKey.putIfAbsent(component.key(), component);
            if (same != null) {
                problems.add(
                        source.whole(),
                        "it has the same key as %s: %s".formatted(same.name(), Texts.quote(component.key())),
                        "rename one of the components");
            }
            if (type(component.type(), source)) {
                constraints(component, source);
                component.defaultText().ifPresent(text -> defaultValue(text, component, source));
            }
        }
    }

    private boolean type(Type type, Source source) {
        Class<?> raw = Types.raw(type);
        if (raw == Map.class && hasArguments(type)) {
            Type key = Types.argument(type, 0);
            Class<?> rawKey = Types.raw(key);
            boolean isKey = rawKey == String.class || rawKey.isEnum() || Types.isNumber(rawKey);
            if (!isKey) {
                problems.add(
                        source.whole(),
                        "settings cannot hold a map with keys of the type " + key.getTypeName(),
                        "use a String, an enum, or a number as the key");
            }
            return type(Types.argument(type, 1), source) && isKey;
        }
        boolean isContainer = raw == Optional.class || raw == List.class || raw == Set.class;
        if (isContainer && hasArguments(type)) {
            return type(Types.argument(type, 0), source);
        }
        if (raw == Grid.class && hasArguments(type)) {
            return grid(type, source);
        }
        if (raw.isRecord() && type instanceof Class<?>) {
            record(RecordShape.of(raw));
            return true;
        }
        if (!Types.isScalar(raw)) {
            problems.add(source.whole(), "settings cannot hold the type " + type.getTypeName(), TYPES);
        }
        return Types.isScalar(raw);
    }

    private boolean grid(Type type, Source source) {
        Type point = Types.argument(type, 0);
        Class<?> raw = Types.raw(point);
        if (!raw.isRecord() || hasArguments(point)) {
            problems.add(
                    source.whole(),
                    "settings cannot hold a grid of the type " + point.getTypeName(),
                    "use a record for the points");
            return false;
        }
        if (insideGrid) {
            problems.add(
                    source.whole(), "settings cannot hold a grid inside a grid", "use the record " + Texts.name(raw));
            return false;
        }
        insideGrid = true;
        record(RecordShape.of(raw));
        refuseKeys(RecordShape.of(raw), GridBinder.KEYS);
        insideGrid = false;
        return true;
    }

    private void refuseKeys(RecordShape shape, List<String> keys) {
        for (Component component : shape.components()) {
            if (keys.contains(component.key())) {
                problems.add(
                        place(shape, component).whole(),
                        "the key %s means something in grids".formatted(Texts.quote(component.key())),
                        "rename the component; these keys are " + Texts.list(keys));
            }
        }
    }

    private static boolean hasArguments(Type type) {
        return !(type instanceof Class<?>);
    }

    private void constraints(Component component, Source source) {
        Type leaf = Types.leaf(component.type());
        Class<?> raw = Types.raw(leaf);
        if (component.constraints().range() != null && !Types.isNumber(raw)) {
            problems.add(source.whole(), "@Range is for numbers, not for " + leaf.getTypeName(), "remove it");
        }
        Range range = component.constraints().range();
        if (range != null && !(range.min() <= range.max())) {
            problems.add(
                    source.whole(),
                    "@Range allows no number: from %s to %s".formatted(range.min(), range.max()),
                    "its min must not be above its max");
        }
        if (component.constraints().choices() == null) {
            return;
        }
        if (!Types.isScalar(raw)) {
            problems.add(source.whole(), "@OneOf is for single values, not for " + leaf.getTypeName(), "remove it");
            return;
        }
        for (String choice :
                Constraints.wrongChoices(raw, component.constraints().choices())) {
            problems.add(
                    source.whole(),
                    "the choice %s of @OneOf is not %s".formatted(Texts.quote(choice), TypeWords.one(leaf)));
        }
    }

    private void defaultValue(String text, Component component, Source source) {
        if (text.equals(Default.ABSENT)) {
            problems.add(source.whole(), "its default cannot be absent", DefaultText.NEVER_ABSENT);
            return;
        }
        Source inDefault = Source.ofCode("@Default of " + source.label(), source.order(), defaultsFolder);
        // Only the problems are needed here, not the value.
        new SettingsBinder(problems, defaultsFolder).bindDefault(text, component, inDefault, component.key());
    }

    private Source place(RecordShape shape, Component component) {
        return Source.ofCode(shape.name() + "." + component.name(), order++, defaultsFolder);
    }
}
