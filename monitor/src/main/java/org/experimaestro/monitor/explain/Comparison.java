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
 * Finds the parameters in which two jobs differ: in their configurations at any depth, and through what makes these.
 * Confined to one thread, used once.
 */
final class Comparison {
    static final String NOTHING = "(not set)";

    private final Function<String, Optional<Explanation>> producers;
    private final List<Difference> differences = new ArrayList<>();
    /** What two jobs share may be reached in many ways: each pair is compared once. */
    private final Set<List<Object>> compared = new HashSet<>();

    private final Deque<Pair> open = new ArrayDeque<>();
    /** What the pair at hand is made of, in order. */
    private final List<Pair> below = new ArrayList<>();

    /**
     * Two values that are compared: JSON values, or configurations.
     *
     * @param here the explanation that one belongs to
     * @param there the explanation that the other belongs to
     * @param isTyped whether their type is known
     * @param isPath whether they are paths, or hold paths
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
            return new Pair(here, there, path, one, other, counts, isTyped, isPath);
        }
    }

    /**
     * Compares.
     *
     * @param producers finds the explanation of a job by {@code type/identifier}
     */
    Comparison(Function<String, Optional<Explanation>> producers) {
        this.producers = producers;
    }

    List<Difference> differences(Explanation here, Explanation there) {
        open.push(new Pair(here, there, ParameterPath.ROOT, here.root(), there.root(), true, true, false));
        // A loop instead of recursion: configurations and jobs may be nested thousands of levels deep.
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

    /** Where a path has become one of another kind, that is the difference, even if it leads to the same file. */
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

    /** Where a type is not described, its float may be stored as such, and by earlier versions as a double. */
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

    /** Of two types that differ, as before and after an edit, equal values need not both count. */
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

    /** What a task makes is what its parameters are: where both have other producers, these are compared. */
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
