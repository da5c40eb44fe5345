package org.experimaestro.model.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The part of a bound value that counts in an identifier. A plan can say of each configuration whether it counts where
 * it is used; one that does not is left out, together with its entry of a list, set or map.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
final class CountedValue {
    private CountedValue() {}

    /**
     * Returns the parameters of which a value may count: those that are not meta, and those that are and hold a
     * configuration that always counts.
     *
     * @return their indices, sorted by name; must not be changed
     */
    static int[] indices(TypeDescriptor<?> type, @Nullable Object[] arguments) {
        int[] counted = type.countedByName();
        for (int i = 0; i < arguments.length; i++) {
            if (type.parameter(i).isMeta() && isCounted(type.parameter(i), arguments[i])) {
                counted = with(counted, type, i);
            }
        }
        return counted;
    }

    private static int[] with(int[] sorted, TypeDescriptor<?> type, int index) {
        int[] more = Arrays.copyOf(sorted, sorted.length + 1);
        int at = sorted.length;
        for (; at > 0; at--) {
            String before = type.parameter(more[at - 1]).name();
            if (before.compareTo(type.parameter(index).name()) < 0) {
                break;
            }
            more[at] = more[at - 1];
        }
        more[at] = index;
        return more;
    }

    /** Returns whether any part of a value counts. */
    static boolean isCounted(Parameter parameter, @Nullable Object bound) {
        ValueType type = parameter.type();
        if (!type.holdsConfigs()) {
            return parameter.isCounted();
        }
        return parameter.isMeta()
                ? bound != null && has(type, bound, CountRule.ALWAYS)
                : bound == null || !isSingle(type) || rule(bound) != CountRule.NEVER;
    }

    /**
     * Returns the part of a value that counts, which {@link #isCounted} says there is.
     *
     * @return the value itself if all of it counts
     */
    static @Nullable Object of(Parameter parameter, @Nullable Object bound) {
        ValueType type = parameter.type();
        if (bound == null || !type.holdsConfigs() || isSingle(type)) {
            return bound;
        }
        if (parameter.isMeta()) {
            return only(type, bound, true);
        }
        return has(type, bound, CountRule.NEVER) ? only(type, bound, false) : bound;
    }

    private static boolean isSingle(ValueType type) {
        return type.kind() == ValueType.Kind.CONFIG
                || type.kind() == ValueType.Kind.OPTIONAL && isSingle(type.element());
    }

    private static CountRule rule(Object config) {
        return Handle.of((Config<?>) config).countRule();
    }

    private static boolean has(ValueType type, Object bound, CountRule rule) {
        if (isSingle(type)) {
            return rule(bound) == rule;
        }
        if (type.kind() == ValueType.Kind.OPTIONAL) {
            return has(type.element(), bound, rule);
        }
        Collection<?> elements = bound instanceof Map<?, ?> map ? map.values() : (Collection<?>) bound;
        for (Object element : elements) {
            if (has(type.element(), element, rule)) {
                return true;
            }
        }
        return false;
    }

    /** Returns a collection without the configurations that do not count; under a meta parameter, most do not. */
    private static Object only(ValueType type, Object bound, boolean isMeta) {
        if (type.kind() == ValueType.Kind.OPTIONAL) {
            return only(type.element(), bound, isMeta);
        }
        ValueType inner = type.element();
        if (bound instanceof Map<?, ?> map) {
            Map<Object, Object> kept = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (stays(inner, entry.getValue(), isMeta)) {
                    kept.put(
                            entry.getKey(), isSingle(inner) ? entry.getValue() : only(inner, entry.getValue(), isMeta));
                }
            }
            return kept;
        }
        List<Object> kept = new ArrayList<>();
        for (Object element : (Collection<?>) bound) {
            if (stays(inner, element, isMeta)) {
                kept.add(isSingle(inner) ? element : only(inner, element, isMeta));
            }
        }
        return kept;
    }

    /** Returns whether an element of a collection counts. */
    static boolean stays(ValueType type, Object bound, boolean isMeta) {
        if (isMeta) {
            return has(type, bound, CountRule.ALWAYS);
        }
        return !isSingle(type) || rule(bound) != CountRule.NEVER;
    }
}
