package org.experimaestro.monitor.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.base.text.ParameterPath;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.serial.StoredFloat;
import org.experimaestro.monitor.view.StoredConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A search for the parameters in which two jobs differ: in their configurations at any depth, and in the tasks that
 * make these configurations. Confined to one thread; each object makes one comparison.
 */
final class Comparison {
    static final String NOTHING = "(not set)";

    private final Function<String, Optional<Explanation>> producers;
    private final List<Difference> differences = new ArrayList<>();
    /** The pairs that were compared. A part that both jobs share may be reached in many ways, and is compared once. */
    private final Set<List<Object>> compared = new HashSet<>();

    private final Deque<Pair> open = new ArrayDeque<>();
    /** The parts of the pair that is being compared, in order. */
    private final List<Pair> below = new ArrayList<>();

    /**
     * Two values to compare: JSON values, or configurations.
     *
     * @param here the explanation that the first value belongs to
     * @param there the explanation that the second value belongs to
     * @param path the path of the two values in their jobs
     * @param one the first value
     * @param other the second value
     * @param counts whether a difference can be a reason for different identifiers
     * @param isTyped whether the type of the values is known
     * @param isPath whether the values are paths, or hold paths
     */
    private record Pair(
            Explanation here,
            Explanation there,
            ParameterPath path,
            @Nullable Object one,
            @Nullable Object other,
            boolean counts,
            boolean isTyped,
            boolean isPath) {

        Pair part(ParameterPath path, @Nullable Object one, @Nullable Object other) {
            boolean isLeftOut = isLeftOut(one) || isLeftOut(other);
            return new Pair(here, there, path, one, other, counts && !isLeftOut, isTyped, isPath);
        }

        private static boolean isLeftOut(@Nullable Object element) {
            return element instanceof StoredConfiguration config && config.isLeftOut();
        }
    }

    /**
     * Creates a comparison.
     *
     * @param producers finds the explanation of a job by {@code type/identifier}
     */
    Comparison(Function<String, Optional<Explanation>> producers) {
        this.producers = producers;
    }

    List<Difference> differences(Explanation here, Explanation there) {
        open.push(new Pair(here, there, ParameterPath.ROOT, here.root(), there.root(), true, true, false));
        // A loop replaces recursion, because configurations and jobs may be nested thousands of levels deep.
        while (!open.isEmpty()) {
            compare(open.pop());
            for (int i = below.size() - 1; i >= 0; i--) {
                open.push(below.get(i));
            }
            below.clear();
        }
        return differences;
    }

    private void compare(Pair pair) {
        Object one = pair.one();
        Object other = pair.other();
        if (one instanceof StoredConfiguration left && other instanceof StoredConfiguration right) {
            configurations(pair, left, right);
        } else if (one instanceof List<?> left && other instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                below.add(pair.part(pair.path().at(i), left.get(i), right.get(i)));
            }
        } else if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
            Set<Object> keys = new LinkedHashSet<>(left.keySet());
            keys.addAll(right.keySet());
            for (Object key : keys) {
                below.add(pair.part(pair.path().at(key), left.get(key), right.get(key)));
            }
        } else if (!Objects.equals(one, other) && (pair.isTyped() || !isSameFloat(one, other))) {
            if (pair.isPath() && one instanceof String left && other instanceof String right) {
                addPaths(pair, left, right);
            } else {
                add(pair.path(), one, other, pair.counts());
            }
        }
    }

    /**
     * Adds two different texts of paths. If the kinds of the paths differ, the kinds are shown, even if both paths lead
     * to the same file.
     */
    private void addPaths(Pair pair, String one, String other) {
        PathKind left = PathKind.of(one);
        PathKind right = PathKind.of(other);
        boolean isOne = left == right;
        differences.add(new Difference(
                pair.path().toString(),
                text(one) + (isOne ? "" : " (" + left + ")"),
                text(other) + (isOne ? "" : " (" + right + ")"),
                pair.counts()));
    }

    /**
     * Returns whether two numbers are the same float. The type is not described here, and earlier versions stored a
     * float as a double.
     */
    private static boolean isSameFloat(@Nullable Object one, @Nullable Object other) {
        return one instanceof Double left
                && other instanceof Double right
                && (left == left.floatValue() || right == right.floatValue())
                && StoredFloat.read(left).equals(StoredFloat.read(right));
    }

    private void configurations(Pair pair, StoredConfiguration one, StoredConfiguration other) {
        ParameterPath path = pair.path();
        if (!compared.add(List.of(one.id(), one.label(), other.id(), other.label()))) {
            return;
        }
        if (!one.typeId().equals(other.typeId())) {
            add(path.isRoot() ? path.then("(type)") : path, one, other, pair.counts());
            return;
        }
        if (haveOtherProducers(pair, one, other)) {
            return;
        }
        if (one.version() != other.version()) {
            add(path.then("(version)"), one.version(), other.version(), pair.counts());
        }
        Map<String, ExplainedParameter> left = byName(pair.here(), one);
        Map<String, ExplainedParameter> right = byName(pair.there(), other);
        Set<String> names = new LinkedHashSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            compareCounting(pair, path.then(name), left.get(name), right.get(name));
            below.add(parameters(pair, path.then(name), left.get(name), right.get(name)));
        }
    }

    /**
     * Compares whether equal values count. If the two types differ, for example after an edit, only one of the values
     * may count.
     */
    private void compareCounting(
            Pair pair, ParameterPath path, @Nullable ExplainedParameter one, @Nullable ExplainedParameter other) {
        if (one != null
                && other != null
                && pair.counts()
                && isTyped(one)
                && isTyped(other)
                && one.counting() != other.counting()
                && text(one.value()).equals(text(other.value()))) {
            differences.add(new Difference(path.toString(), withNote(one), withNote(other), true));
        }
    }

    private static String withNote(ExplainedParameter parameter) {
        return text(parameter.value()) + " (" + (parameter.note().isEmpty() ? "counts" : parameter.note()) + ")";
    }

    /**
     * Compares the producers. The output of a task is determined by the task's parameters, so different producers are
     * compared by theirs.
     */
    private boolean haveOtherProducers(Pair pair, StoredConfiguration here, StoredConfiguration there) {
        String left = here.isProducedByItself() ? null : here.producer();
        String right = there.isProducedByItself() ? null : there.producer();
        if (Objects.equals(left, right)) {
            return false;
        }
        Optional<Pair> tasks = left == null || right == null
                ? Optional.empty()
                : producers
                        .apply(left)
                        .flatMap(one -> producers.apply(right).flatMap(other -> tasks(pair, one, other)));
        tasks.ifPresentOrElse(below::add, () -> add(pair.path().plus("(made by)"), left, right, pair.counts()));
        return true;
    }

    private static Optional<Pair> tasks(Pair pair, Explanation one, Explanation other) {
        String typeId = one.root().typeId();
        ParameterPath path = pair.path().plus("(" + typeId + ")");
        return typeId.equals(other.root().typeId())
                ? Optional.of(new Pair(one, other, path, one.root(), other.root(), pair.counts(), true, false))
                : Optional.empty();
    }

    private static Pair parameters(
            Pair pair, ParameterPath path, @Nullable ExplainedParameter one, @Nullable ExplainedParameter other) {
        return new Pair(
                pair.here(),
                pair.there(),
                path,
                one == null ? null : one.value(),
                other == null ? null : other.value(),
                pair.counts()
                        && (one == null || one.counting().canCount())
                        && (other == null || other.counting().canCount()),
                isTyped(one) && isTyped(other),
                one != null && one.isPath() || other != null && other.isPath());
    }

    private static boolean isTyped(@Nullable ExplainedParameter parameter) {
        return parameter == null || parameter.counting() != IdentifierRole.UNKNOWN;
    }

    private void add(ParameterPath path, @Nullable Object one, @Nullable Object other, boolean counts) {
        differences.add(new Difference(path.toString(), text(one), text(other), counts));
    }

    private static Map<String, ExplainedParameter> byName(Explanation explanation, StoredConfiguration config) {
        Map<String, ExplainedParameter> parameters = new LinkedHashMap<>();
        explanation.parameters(config).forEach(parameter -> parameters.put(parameter.name(), parameter));
        return parameters;
    }

    static String text(@Nullable Object value) {
        return value == null ? NOTHING : Json.writeLine(plain(value));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof StoredConfiguration config) {
            return config.shortName();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
            return plain;
        }
        return value;
    }
}
