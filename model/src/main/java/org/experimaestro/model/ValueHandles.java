package org.experimaestro.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * A factory of handles from plain values: parts first, without recursion, one handle for each object. Confined to one
 * thread.
 */
final class ValueHandles {
    private final Deque<Object> open = new ArrayDeque<>();
    private final IdentityHashMap<Object, @Nullable Object[]> arguments = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Config<?>> handles = new IdentityHashMap<>();

    private ValueHandles() {}

    /** Returns the handle of a value of a configuration type. */
    @SuppressWarnings("unchecked") // the handle of a T is a Config<T>
    static <T> Config<T> of(T value) {
        ValueHandles made = new ValueHandles();
        made.open.push(value);
        while (!made.open.isEmpty()) {
            made.step();
        }
        return (Config<T>) Objects.requireNonNull(made.handles.get(value));
    }

    private void step() {
        Object value = open.element();
        if (handles.containsKey(value)) {
            open.pop();
            return;
        }
        @Nullable Object[] known = arguments.get(value);
        if (known == null) {
            known = read(value);
            arguments.put(value, known);
            for (Object argument : known) {
                openParts(argument);
            }
        } else {
            open.pop();
            handles.put(value, build(value, known));
        }
    }

    private static <T> @Nullable Object[] read(T value) {
        TypeDescriptor<T> type = typeOf(value);
        @Nullable Object[] arguments = new @Nullable Object[type.size()];
        for (int i = 0; i < arguments.length; i++) {
            if (type.parameter(i).generatedPath() == null) {
                arguments[i] = type.read(value, i);
            }
        }
        return arguments;
    }

    private <T> Config<T> build(T value, @Nullable Object[] known) {
        TypeDescriptor<T> type = typeOf(value);
        Assembly<T> assembly = new Assembly<>(type);
        for (int i = 0; i < known.length; i++) {
            if (type.parameter(i).generatedPath() == null) {
                assembly.set(i, withHandles(known[i]));
            }
        }
        return assembly.build();
    }

    @SuppressWarnings("unchecked") // a value is of its own class
    private static <T> TypeDescriptor<T> typeOf(T value) {
        return TypeDescriptors.of((Class<T>) value.getClass());
    }

    private void openParts(@Nullable Object value) {
        if (value instanceof Configurable) {
            open.push(value);
        } else if (value instanceof Optional<?> optional) {
            openParts(optional.orElse(null));
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(this::openParts);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::openParts);
        }
    }

    private @Nullable Object withHandles(@Nullable Object value) {
        if (value instanceof Configurable) {
            Config<?> handle = handles.get(value);
            if (handle == null) {
                throw ConfigException.of("Cannot make a configuration of a "
                                + value.getClass().getName() + " that contains itself")
                        .at(PlanLine.current())
                        .build();
            }
            return handle;
        }
        if (value instanceof Optional<?> optional) {
            return Optional.ofNullable(withHandles(optional.orElse(null)));
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : collection) {
                list.add(withHandles(element));
            }
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(entry.getKey(), withHandles(entry.getValue()));
            }
            return copy;
        }
        return value;
    }
}
