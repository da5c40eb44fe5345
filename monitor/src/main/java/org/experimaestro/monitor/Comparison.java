package org.experimaestro.monitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.core.json.Json;
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

    /**
     * Compares.
     *
     * @param producers finds the explanation of a job by {@code type/identifier}
     */
    Comparison(Function<String, Optional<Explanation>> producers) {
        this.producers = producers;
    }

    List<Difference> differences(Explanation here, Explanation there) {
        new Side(here, there).configurations("", here.root(), there.root(), true);
        return differences;
    }

    /** Two files that are compared. */
    private final class Side {
        private final Explanation here;
        private final Explanation there;

        private Side(Explanation here, Explanation there) {
            this.here = here;
            this.there = there;
        }

        private void configurations(String path, StoredConfiguration one, StoredConfiguration other, boolean counts) {
            if (!compared.add(List.of(one.id(), one.label(), other.id(), other.label()))) {
                return;
            }
            if (!one.typeId().equals(other.typeId())) {
                add(path.isEmpty() ? "(type)" : path, one, other, counts);
                return;
            }
            if (producers(path, one, other, counts)) {
                return;
            }
            if (one.version() != other.version()) {
                add(join(path, "(version)"), one.version(), other.version(), counts);
            }
            Map<String, ExplainedParameter> left = byName(here, one);
            Map<String, ExplainedParameter> right = byName(there, other);
            Set<String> names = new LinkedHashSet<>(left.keySet());
            names.addAll(right.keySet());
            for (String name : names) {
                parameters(join(path, name), left.get(name), right.get(name), counts);
            }
        }

        /** What a task makes is what its parameters are: where both have other producers, these are compared. */
        private boolean producers(String path, StoredConfiguration one, StoredConfiguration other, boolean counts) {
            String left = one.isProducedByItself() ? null : one.producer();
            String right = other.isProducedByItself() ? null : other.producer();
            if (left == null && right == null || left != null && left.equals(right)) {
                return false;
            }
            if (left != null && right != null) {
                Optional<Explanation> leftTask = producers.apply(left);
                Optional<Explanation> rightTask = producers.apply(right);
                if (leftTask.isPresent()
                        && rightTask.isPresent()
                        && leftTask.get()
                                .root()
                                .typeId()
                                .equals(rightTask.get().root().typeId())) {
                    StoredConfiguration root = leftTask.get().root();
                    new Side(leftTask.get(), rightTask.get())
                            .configurations(
                                    path + "(" + root.typeId() + ")",
                                    root,
                                    rightTask.get().root(),
                                    counts);
                    return true;
                }
            }
            add(path + "(made by)", left, right, counts);
            return true;
        }

        private void parameters(
                String path, @Nullable ExplainedParameter one, @Nullable ExplainedParameter other, boolean counts) {
            boolean canCount = counts
                    && (one == null || one.counting().canCount())
                    && (other == null || other.counting().canCount());
            values(path, one == null ? null : one.value(), other == null ? null : other.value(), canCount);
        }

        private void values(String path, @Nullable Object one, @Nullable Object other, boolean counts) {
            if (one instanceof StoredConfiguration left && other instanceof StoredConfiguration right) {
                configurations(path, left, right, counts);
            } else if (one instanceof List<?> left && other instanceof List<?> right && left.size() == right.size()) {
                for (int i = 0; i < left.size(); i++) {
                    values(path + "[" + i + "]", left.get(i), right.get(i), counts);
                }
            } else if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
                Set<Object> keys = new LinkedHashSet<>(left.keySet());
                keys.addAll(right.keySet());
                for (Object key : keys) {
                    values(path + "[" + key + "]", left.get(key), right.get(key), counts);
                }
            } else if (one == null ? other != null : !one.equals(other)) {
                add(path, one, other, counts);
            }
        }

        private void add(String path, @Nullable Object one, @Nullable Object other, boolean counts) {
            differences.add(new Difference(path, text(one), text(other), counts));
        }
    }

    private static Map<String, ExplainedParameter> byName(Explanation explanation, StoredConfiguration config) {
        Map<String, ExplainedParameter> parameters = new LinkedHashMap<>();
        explanation.parameters(config).forEach(parameter -> parameters.put(parameter.name(), parameter));
        return parameters;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
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
