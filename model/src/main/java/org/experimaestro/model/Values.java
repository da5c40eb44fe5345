package org.experimaestro.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.root.PlainPaths;
import org.jspecify.annotations.Nullable;

/** A converter from bound values to plain values. */
public final class Values {

    /** A function from each handle to its plain value, or to another handle. */
    @FunctionalInterface
    public interface Mapping {
        /**
         * Called once for each handle.
         *
         * @param config the handle
         * @return its replacement
         */
        Object of(Config<?> config);
    }

    private Values() {}

    /** Returns the plain value of a configuration whose parts already have their values. */
    static <T> T planValue(ConfigNode<T> node) {
        Producer producer = node.producer();
        Path folder = producer != null && node.isProducedByItself() ? producer.folder() : null;
        return construct(node, folder, folder, false, config -> Node.of(config).planValue());
    }

    /**
     * Constructs the plain value of a configuration.
     *
     * @param node the configuration
     * @param folder the folder of its generated paths, or {@code null} to leave these relative
     * @param job the job's folder, beside which shared folders are found, or {@code null} if {@code folder} is
     * @param inJob whether a task uses the value; then paths below named roots become plain paths of this host
     * @param values the plain values of its parts
     * @param <T> the configuration's class
     * @return a new value
     */
    static <T> T construct(
            ConfigNode<T> node, @Nullable Path folder, @Nullable Path job, boolean inJob, Mapping values) {
        TypeDescriptor<T> type = node.descriptor();
        @Nullable Object[] plain = new @Nullable Object[type.size()];
        for (int i = 0; i < plain.length; i++) {
            Parameter parameter = type.parameter(i);
            String generated = parameter.generatedPath();
            plain[i] = generated != null
                    ? generatedPath(placeOf(node, parameter, folder, job), generated)
                    : plain(parameter.type(), node.argument(i), values);
            if (inJob) {
                plain[i] = PlainPaths.of(plain[i]);
            }
        }
        return Construction.of(type, plain);
    }

    private static @Nullable Path placeOf(
            ConfigNode<?> node, Parameter parameter, @Nullable Path folder, @Nullable Path job) {
        String partial = parameter.pathPartial();
        return partial == null || job == null
                ? folder
                : SharedFolder.of(node, partial).seenFrom(job);
    }

    private static Path generatedPath(@Nullable Path folder, String generated) {
        if (folder == null) {
            return Path.of(generated);
        }
        return generated.isEmpty() ? folder : folder.resolve(generated);
    }

    /**
     * Returns the plain form of a bound value.
     *
     * @param type its type
     * @param bound the bound value
     * @param values the plain values of the handles
     * @return an argument for a constructor
     */
    public static @Nullable Object plain(ValueType type, @Nullable Object bound, Mapping values) {
        if (type.kind() == ValueType.Kind.OPTIONAL) {
            return bound == null ? Optional.empty() : Optional.of(map(type.element(), bound, values));
        }
        return bound == null ? null : map(type, bound, values);
    }

    /**
     * Returns a bound value with other handles.
     *
     * @param type its type
     * @param bound the bound value
     * @param handles the replacement of each handle
     * @return a bound value
     */
    public static @Nullable Object rebind(ValueType type, @Nullable Object bound, Mapping handles) {
        if (bound == null) {
            return null;
        }
        return map(type.kind() == ValueType.Kind.OPTIONAL ? type.element() : type, bound, handles);
    }

    private static Object map(ValueType type, Object bound, Mapping mapping) {
        if (!type.holdsConfigs()) {
            return bound;
        }
        return switch (type.kind()) {
            case CONFIG -> mapping.of((Config<?>) bound);
            case SET -> {
                Collection<Object> set = new LinkedHashSet<>();
                for (Object element : (Collection<?>) bound) {
                    set.add(map(type.element(), element, mapping));
                }
                yield Collections.unmodifiableSet((LinkedHashSet<Object>) set);
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) bound).entrySet()) {
                    map.put(entry.getKey(), map(type.element(), entry.getValue(), mapping));
                }
                yield Collections.unmodifiableMap(map);
            }
            default -> {
                List<Object> list = new ArrayList<>();
                for (Object element : (Collection<?>) bound) {
                    list.add(map(type.element(), element, mapping));
                }
                yield Collections.unmodifiableList(list);
            }
        };
    }
}
