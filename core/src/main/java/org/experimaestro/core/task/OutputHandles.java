package org.experimaestro.core.task;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.Task;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.BoundPaths;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.ContainerNode;
import org.experimaestro.model.NestedPaths;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.model.type.Binder;
import org.experimaestro.model.type.PartialRules;
import org.experimaestro.model.type.TypeDescriptors;
import org.experimaestro.model.type.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * A factory of handles for what a task makes, which is the result of its {@code outputs} or what it announces: parts
 * first, without recursion, one handle for each object. Confined to one thread.
 */
final class OutputHandles {
    private static final ValueType ANY = ValueType.config(Configurable.class);

    private final ConfigNode<?> task;
    private final OutputSource source;
    private final Path folder;
    private final Producer producer;
    private final IdentityHashMap<Object, ConfigNode<?>> parameters;
    private final IdentityHashMap<Object, Boolean> marked;
    private final EqualParameters equals;
    private final Deque<Object> open = new ArrayDeque<>();
    private final IdentityHashMap<Object, @Nullable Object[]> components = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Config<?>> handles = new IdentityHashMap<>();

    /**
     * Creates a factory for one call of the task.
     *
     * @param source the place where the task gives the configurations
     * @param parameters the handle of each instance that the call could see
     * @param marked the configurations that the call has marked
     */
    OutputHandles(
            OutputSource source,
            Path folder,
            Producer producer,
            IdentityHashMap<Object, ConfigNode<?>> parameters,
            IdentityHashMap<Object, Boolean> marked) {
        this.task = source.task();
        this.source = source;
        this.folder = folder;
        this.producer = producer;
        this.parameters = parameters;
        this.marked = marked;
        this.equals = new EqualParameters(source, parameters);
    }

    /** Returns the handle of a result: a configuration, or collections and optionals of them. */
    Config<?> of(@Nullable Object value) {
        if (value == null) {
            throw problem(source.gave() + " null", source.give() + " what the task makes");
        }
        if (value instanceof Configurable) {
            open.push(value);
            while (!open.isEmpty()) {
                step();
            }
            return Objects.requireNonNull(handles.get(value));
        }
        Config<?> known = handles.get(value);
        if (known == null) {
            known = container(value);
            handles.put(value, known);
        }
        return known;
    }

    private Node<?> container(Object value) {
        if (value instanceof Set<?> set) {
            // The order of a set differs in each process, and a plan may make a list of it.
            List<Config<?>> sorted = ofAll(set);
            sorted.sort(Comparator.comparing(OutputHandles::order));
            return new ContainerNode<>(ValueType.set(ANY), List.copyOf(sorted));
        }
        if (value instanceof Collection<?> collection) {
            return new ContainerNode<>(ValueType.list(ANY), List.copyOf(ofAll(collection)));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Config<?>> entries = new TreeMap<>(OutputHandles::compareKeys);
            map.forEach((key, element) -> {
                if (key == null) {
                    throw problem(source.gave() + " a map with the key null", "use a text, an enum or a number as key");
                }
                entries.put(key, of(element));
            });
            return new ContainerNode<>(ValueType.map(ValueType.STRING, ANY), new LinkedHashMap<>(entries));
        }
        if (value instanceof Optional<?> optional) {
            return new ContainerNode<>(ValueType.optional(ANY), optional.isPresent() ? of(optional.get()) : null);
        }
        throw unfit(value);
    }

    private List<Config<?>> ofAll(Collection<?> values) {
        List<Config<?>> handles = new ArrayList<>();
        for (Object element : values) {
            handles.add(of(element));
        }
        return handles;
    }

    private static String order(Object bound) {
        if (bound instanceof Config<?> config) {
            return Node.of(config) instanceof ContainerNode<?> container
                    ? order(Objects.requireNonNullElse(container.content(), ""))
                    : config.id().toString();
        }
        StringBuilder order = new StringBuilder();
        if (bound instanceof Collection<?> collection) {
            collection.forEach(element -> order.append(order(element)));
        } else if (bound instanceof Map<?, ?> map) {
            map.forEach((key, element) -> order.append(key).append(order(element)));
        }
        return order.toString();
    }

    @SuppressWarnings("unchecked") // the keys are of one class that has an order
    private static int compareKeys(Object one, Object other) {
        return one instanceof Comparable<?> && one.getClass() == other.getClass()
                ? ((Comparable<Object>) one).compareTo(other)
                : one.toString().compareTo(other.toString());
    }

    private void step() {
        Object value = open.element();
        if (handles.containsKey(value)) {
            open.pop();
            return;
        }
        ConfigNode<?> parameter = parameters.get(value);
        if (parameter != null) {
            open.pop();
            handles.put(value, known(value, parameter));
            return;
        }
        @Nullable Object[] known = components.get(value);
        if (known == null) {
            components.put(value, read(value));
        } else {
            open.pop();
            handles.put(value, newConfiguration(value, known));
        }
    }

    private ConfigNode<?> known(Object value, ConfigNode<?> node) {
        boolean isMarked = marked.containsKey(value);
        refuseNestedPaths(node);
        if (node == task) {
            if (!isMarked) {
                throw problem(source.gave() + " the task itself without marking it", source.give() + " dep.on(this)");
            }
            if (PartialRules.hasSharedPaths(task.descriptor())) {
                throw problem(
                        source.gave()
                                + " the task itself, which has a path in a shared folder: what is in it depends on the"
                                + " jobs that ran before, so it is no output",
                        source.give() + " a configuration that has the other paths of the task, and is not the task");
            }
            return task.producedByItself(folder);
        }
        if (isMarked && node.isProducedByItself()) {
            // A generated path of the value is in its own folder, but those of a task are in its job's folder.
            throw problem(
                    "marks the task " + node.descriptor() + ", which has made itself",
                    source.give() + " it as it is, or a new configuration that contains it");
        }
        return isMarked ? node.producedBy(producer) : node.countingAsUsual();
    }

    /** Refuses a configuration with generated paths: in the job of another task, they would be other files. */
    private void refuseNestedPaths(ConfigNode<?> node) {
        if (node == task || node.producer() != null) {
            return; // what it holds was looked at when its task was submitted
        }
        List<ConfigNode<?>> owners = new ArrayList<>(NestedPaths.of(node).owners());
        if (NestedPaths.hasPaths(node.descriptor())) {
            owners.add(0, node);
        }
        if (!owners.isEmpty()) {
            throw problem(
                    source.gave() + " the configuration " + owners.get(0).descriptor()
                            + ", whose generated paths would be others in the job of another task",
                    source.give() + " a new configuration that has the path as an ordinary parameter");
        }
    }

    /** Reads the components of a new configuration, and adds those that are configurations to the queue. */
    @SuppressWarnings("unchecked") // a value is of its own class
    private <T> @Nullable Object[] read(T value) {
        TypeDescriptor<T> type = TypeDescriptors.of((Class<T>) value.getClass());
        if (value instanceof Task) {
            throw problem(
                    source.gave() + " the new task " + ValueText.of(value) + ", which nobody has submitted",
                    source.give() + " a configuration that is not a task, or dep.on(this)");
        }
        if (NestedPaths.hasPaths(type)) {
            throw problem(
                    source.gave() + " the new configuration " + type + ", whose generated paths the system sets",
                    source.give() + " one that has the path as an ordinary parameter");
        }
        @Nullable Object[] read = new @Nullable Object[type.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = type.read(value, i);
            openParts(type.parameter(i).type(), read[i]);
        }
        return read;
    }

    private void openParts(ValueType type, @Nullable Object value) {
        if (value == null || !type.holdsConfigs()) {
            return;
        }
        switch (type.kind()) {
            case CONFIG -> open.push(value);
            case OPTIONAL -> openParts(type.element(), ((Optional<?>) value).orElse(null));
            case MAP -> ((Map<?, ?>) value).values().forEach(element -> openParts(type.element(), element));
            default -> ((Collection<?>) value).forEach(element -> openParts(type.element(), element));
        }
    }

    @SuppressWarnings("unchecked") // a value is of its own class
    private <T> ConfigNode<T> newConfiguration(T value, @Nullable Object[] read) {
        TypeDescriptor<T> type = TypeDescriptors.of((Class<T>) value.getClass());
        @Nullable Object[] arguments = new @Nullable Object[read.length];
        for (int i = 0; i < arguments.length; i++) {
            Object component = withHandles(type.parameter(i).type(), read[i]);
            arguments[i] = Binder.bind(type, type.parameter(i), component);
            refuseSharedPaths(type, type.parameter(i), arguments[i]);
        }
        equals.refuse(value, type, arguments);
        return ConfigNode.of(type, arguments, new TreeMap<>(), marked.containsKey(value) ? producer : null);
    }

    private void refuseSharedPaths(TypeDescriptor<?> type, Parameter parameter, @Nullable Object bound) {
        BoundPaths.forEach(parameter.type(), bound, path -> {
            SharedFolder shared = SharedFolder.find(path, folder);
            if (shared != null) {
                throw problem(
                        source.gave() + " a " + type + " whose parameter " + parameter.name()
                                + " is in the shared folder " + shared
                                + ": what is in it depends on the jobs that ran before, so it is no output",
                        "copy what you need to a path in the job's folder, and return that one");
            }
        });
    }

    private @Nullable Object withHandles(ValueType type, @Nullable Object value) {
        if (value == null || !type.holdsConfigs()) {
            return value;
        }
        return switch (type.kind()) {
            case CONFIG -> {
                Config<?> part = handles.get(value);
                if (part == null) {
                    throw problem(
                            source.gave() + " a " + value.getClass().getSimpleName() + " that contains itself", null);
                }
                yield part;
            }
            case OPTIONAL -> ((Optional<?>) value).map(content -> withHandles(type.element(), content));
            case MAP -> {
                Map<Object, @Nullable Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((key, element) -> map.put(key, withHandles(type.element(), element)));
                yield map;
            }
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((Collection<?>) value).forEach(element -> list.add(withHandles(type.element(), element)));
                yield list;
            }
        };
    }

    private ConfigException unfit(Object value) {
        return problem(
                source.gave() + " " + ValueText.of(value) + " ("
                        + value.getClass().getSimpleName() + ")",
                source.give() + " a configuration, or a list, map or optional of configurations");
    }

    private ConfigException problem(String text, @Nullable String suggestion) {
        return source.problem(text, suggestion);
    }
}
