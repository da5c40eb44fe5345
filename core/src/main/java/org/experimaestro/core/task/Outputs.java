package org.experimaestro.core.task;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
import org.experimaestro.Dependency;
import org.experimaestro.Task;
import org.experimaestro.internal.BoundHandles;
import org.experimaestro.internal.ConfigNode;
import org.experimaestro.internal.ContainerNode;
import org.experimaestro.internal.Node;
import org.experimaestro.internal.PlanLine;
import org.experimaestro.internal.Producer;
import org.experimaestro.internal.ValueTree;
import org.experimaestro.internal.type.Binder;
import org.experimaestro.internal.type.TypeDescriptor;
import org.experimaestro.internal.type.TypeDescriptors;
import org.experimaestro.internal.type.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Calls {@link Task#outputs} and finds the handles of what it returns. Confined to one thread, used once.
 *
 * <p>The call sees a value tree of its own, one new instance for each handle. A value that is one of these instances is
 * that handle again, with its tags and its producer, at whatever depth it comes back. Any other value is new.
 */
public final class Outputs implements Dependency {
    private static final ValueType ANY = ValueType.config(Configurable.class);

    private final ConfigNode<?> task;
    private final Path folder;
    private final Producer producer;
    private final IdentityHashMap<Object, Node<?>> parameters = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Boolean> marked = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Config<?>> converted = new IdentityHashMap<>();

    private Outputs(ConfigNode<?> task, Path folder) {
        this.task = task;
        this.folder = folder;
        this.producer = new Producer(task.type().typeId(), task.id(), folder, task);
    }

    /**
     * The outputs of a task.
     *
     * @param task the task
     * @param folder the job's folder
     * @return what {@code outputs} returned, as a handle
     * @throws ConfigException if it returns something that cannot be a handle
     */
    public static Config<?> of(ConfigNode<?> task, Path folder) {
        return new Outputs(task, folder).call();
    }

    private Config<?> call() {
        ValueTree tree = new ValueTree(task, folder);
        Task<?> value = (Task<?>) tree.value((Config<?>) task.handle());
        tree.values().forEach((node, instance) -> parameters.put(instance, node));
        Object result;
        try {
            result = value.outputs(this);
        } catch (ConfigException ours) {
            throw ours;
        } catch (RuntimeException thrown) {
            throw new ConfigException(
                    "The method outputs of " + task.type() + " failed: " + thrown, PlanLine.current(), null, thrown);
        }
        return handle(result);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T on(T configuration) {
        return (T) mark(configuration);
    }

    private Object mark(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<Object> marks = new ArrayList<>();
            list.forEach(element -> marks.add(mark(element)));
            return List.copyOf(marks);
        }
        if (value instanceof Set<?> set) {
            Set<Object> marks = new java.util.LinkedHashSet<>();
            set.forEach(element -> marks.add(mark(element)));
            return java.util.Collections.unmodifiableSet(marks);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> marks = new LinkedHashMap<>();
            map.forEach((key, element) -> marks.put(key, mark(element)));
            return java.util.Collections.unmodifiableMap(marks);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(this::mark);
        }
        if (!(value instanceof Configurable)) {
            throw problem("marks " + value + " as a dependency, which is not a configuration", null);
        }
        Node<?> parameter = parameters.get(value);
        if (parameter instanceof ConfigNode<?> node && node != task && !marked.containsKey(value)) {
            Object copy = copyOf(node.type(), value);
            parameters.put(copy, node);
            marked.put(copy, true);
            return copy;
        }
        marked.put(value, true);
        return value;
    }

    @SuppressWarnings("unchecked")
    private static <T> T copyOf(TypeDescriptor<T> type, Object value) {
        @Nullable Object[] components = new @Nullable Object[type.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = type.read((T) value, i);
        }
        try {
            return type.construct(components);
        } catch (Exception refused) {
            throw new ConfigException(
                    "The constructor of " + type + " refuses the values that another call of it accepted: " + refused,
                    PlanLine.current(),
                    "a constructor depends on its arguments alone",
                    refused);
        }
    }

    private Config<?> handle(@Nullable Object value) {
        if (value == null) {
            throw problem("returned null", "return what the task makes");
        }
        Config<?> known = converted.get(value);
        if (known == null) {
            known = convert(value).handle();
            converted.put(value, known);
        }
        return known;
    }

    private Node<?> convert(Object value) {
        if (value instanceof Configurable) {
            return convertConfiguration(value);
        }
        if (value instanceof Set<?> set) {
            return container(ValueType.set(ANY), handles(set));
        }
        if (value instanceof Collection<?> collection) {
            return container(ValueType.list(ANY), handles(collection));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, element) -> entries.put(key, handle(element)));
            return container(ValueType.map(ValueType.STRING, ANY), entries);
        }
        if (value instanceof Optional<?> optional) {
            return container(ValueType.optional(ANY), optional.isPresent() ? handle(optional.get()) : null);
        }
        throw problem(
                "returned " + value + " (" + value.getClass().getSimpleName() + ")",
                "return a configuration, or a list, map or optional of configurations");
    }

    private static Node<?> container(ValueType type, @Nullable Object content) {
        return new ContainerNode<>(type, content);
    }

    private List<Object> handles(Collection<?> values) {
        List<Object> handles = new ArrayList<>();
        for (Object element : values) {
            handles.add(handle(element));
        }
        return List.copyOf(handles);
    }

    private ConfigNode<?> convertConfiguration(Object value) {
        boolean isMarked = marked.containsKey(value);
        Node<?> parameter = parameters.get(value);
        if (parameter == task) {
            if (!isMarked) {
                throw problem("returned the task itself without marking it", "return dep.on(this)");
            }
            return task.producedByItself(folder);
        }
        if (parameter instanceof ConfigNode<?> node) {
            if (isMarked && node.isProducedByItself()) {
                // Its generated paths are in its own folder, and those of a task are in that of its job.
                throw problem(
                        "marks the task " + node.type() + ", which has made itself",
                        "return it as it is, or a new configuration that contains it");
            }
            return isMarked ? node.producedBy(producer) : node;
        }
        return newConfiguration(value, isMarked ? producer : null);
    }

    @SuppressWarnings("unchecked")
    private <T> ConfigNode<T> newConfiguration(T value, @Nullable Producer maker) {
        if (value instanceof Task) {
            throw problem(
                    "returned the new task " + value + ", which nobody has submitted",
                    "return a configuration that is not a task, or dep.on(this)");
        }
        String place = findPlaceOfEqual(value);
        if (place != null) {
            throw problem(
                    "returned a new " + value + " that equals the parameter " + place + " but is another object, "
                            + "so that its tags and its producer would be lost",
                    "return the parameter itself");
        }
        TypeDescriptor<T> type = TypeDescriptors.of((Class<T>) value.getClass());
        @Nullable Object[] arguments = new @Nullable Object[type.size()];
        for (int i = 0; i < arguments.length; i++) {
            Object component = withHandles(type.parameter(i).type(), type.read(value, i));
            arguments[i] = Binder.bind(type, type.parameter(i), component);
        }
        return ConfigNode.of(type, arguments, new TreeMap<>(), maker);
    }

    /** What a plan calls the parameter that a new value equals; a value without parameters equals none. */
    private @Nullable String findPlaceOfEqual(Object value) {
        Set<Node<?>> equal = Collections.newSetFromMap(new IdentityHashMap<>());
        parameters.forEach((instance, node) -> {
            if (instance.getClass() == value.getClass()
                    && ((ConfigNode<?>) node).type().size() > 0
                    && instance.equals(value)) {
                equal.add(node);
            }
        });
        return equal.isEmpty() ? null : findPlace(equal);
    }

    private @Nullable String findPlace(Set<Node<?>> wanted) {
        IdentityHashMap<Node<?>, String> places = new IdentityHashMap<>();
        Deque<ConfigNode<?>> open = new ArrayDeque<>();
        places.put(task, "");
        open.add(task);
        while (!open.isEmpty()) {
            ConfigNode<?> node = open.remove();
            String place = Objects.requireNonNull(places.get(node));
            if (wanted.contains(node)) {
                return place;
            }
            for (int i = 0; i < node.type().size(); i++) {
                String name = node.type().parameter(i).name();
                BoundHandles.forEach(node.type().parameter(i).type(), node.argument(i), config -> {
                    String part = place.isEmpty() ? name : place + "." + name;
                    if (Node.of(config) instanceof ConfigNode<?> found && places.putIfAbsent(found, part) == null) {
                        open.add(found);
                    }
                });
            }
        }
        return null;
    }

    private @Nullable Object withHandles(ValueType type, @Nullable Object value) {
        if (value == null || !type.holdsConfigs()) {
            return value;
        }
        return switch (type.kind()) {
            case CONFIG -> handle(value);
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

    private ConfigException problem(String text, @Nullable String suggestion) {
        return new ConfigException(
                "The method outputs of " + task.type() + " " + text, PlanLine.current(), suggestion, null);
    }
}
