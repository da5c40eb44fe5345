package org.experimaestro.core.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.Dependency;
import org.experimaestro.Task;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.ParameterPath;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.NestedPaths;
import org.experimaestro.model.Producer;
import org.experimaestro.model.RestoredObjects;
import org.experimaestro.model.ValueTree;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.model.type.TypeDescriptors;
import org.experimaestro.model.type.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * A caller of {@link Task#outputs}, which finds the handles of the result. Confined to one thread, used once.
 *
 * <p>The call sees its own value tree, with one new instance for each handle. If one of these instances is in the
 * result, at any depth, it becomes the same handle again, with its tags and its producer. Any other value is new. It
 * must be marked, or be inside a marked value, because its users would not wait for the task otherwise.
 */
public final class Outputs implements Dependency {
    private static final int SHOWN_UNMARKED = 5;

    private final ConfigNode<?> task;
    private final Path folder;
    private final Producer producer;
    private final OutputSource source;
    private final IdentityHashMap<Object, ConfigNode<?>> parameters = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Boolean> marked = new IdentityHashMap<>();

    private Outputs(ConfigNode<?> task, Path folder) {
        this.task = task;
        this.folder = folder;
        this.producer = new Producer(task.descriptor().typeId(), task.id(), folder, task);
        this.source = OutputSource.outputs(task);
    }

    /**
     * Returns the outputs of a task.
     *
     * @param task the task
     * @param folder the job's folder
     * @return the result of {@code outputs}, as a handle
     * @throws ConfigException if the result cannot be a handle
     */
    public static Config<?> of(ConfigNode<?> task, Path folder) {
        return new Outputs(task, folder).call();
    }

    private Config<?> call() {
        NestedPaths.check(task);
        RestoredObjects.check(task);
        ValueTree tree = new ValueTree(task, folder);
        Task<?> value = (Task<?>) tree.value((Config<?>) task);
        tree.values().forEach((node, instance) -> parameters.put(instance, (ConfigNode<?>) node));
        Object result;
        try {
            result = value.outputs(this);
        } catch (ConfigException ours) {
            throw ours;
        } catch (RuntimeException thrown) {
            throw ConfigException.of("The method outputs of " + task.descriptor() + " failed: " + thrown)
                    .at(PlanLine.current())
                    .advice(RootedPath.advice(thrown))
                    .cause(thrown)
                    .build();
        }
        Config<?> handle = new OutputHandles(source, folder, producer, parameters, marked).of(result);
        refuseUnmarked(result);
        return handle;
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
            Set<Object> marks = new LinkedHashSet<>();
            set.forEach(element -> marks.add(mark(element)));
            return Collections.unmodifiableSet(marks);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> marks = new LinkedHashMap<>();
            map.forEach((key, element) -> marks.put(key, mark(element)));
            return Collections.unmodifiableMap(marks);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(this::mark);
        }
        if (!(value instanceof Configurable)) {
            throw problem(
                    "marks " + (value == null ? "null" : ValueText.of(value))
                            + " as a dependency, which is not a configuration",
                    null);
        }
        ConfigNode<?> node = parameters.get(value);
        if (node != null && node != task && !marked.containsKey(value)) {
            Object copy = copyOf(node.descriptor(), value);
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
            throw ConfigException.of("The constructor of " + type
                            + " refuses the values that another call of it accepted: " + refused)
                    .at(PlanLine.current())
                    .advice("a constructor depends on its arguments alone")
                    .cause(refused)
                    .build();
        }
    }

    /** Refuses a new configuration that is not marked, because its users would not depend on the task. */
    private void refuseUnmarked(Object result) {
        List<String> unmarked = new ArrayList<>();
        addUnmarked(result, ParameterPath.ROOT, unmarked);
        if (unmarked.isEmpty()) {
            return;
        }
        int shown = Math.min(unmarked.size(), SHOWN_UNMARKED);
        boolean isOne = unmarked.size() == 1;
        throw problem(
                "returned " + String.join(", ", unmarked.subList(0, shown))
                        + (shown < unmarked.size() ? " and " + (unmarked.size() - shown) + " more" : "")
                        + " without marking " + (isOne ? "it" : "them") + ", so that what uses "
                        + (isOne ? "it" : "them") + " would not depend on the task",
                "return dep.on(…) of " + (isOne ? "it" : "each, or of the whole result"));
    }

    private void addUnmarked(@Nullable Object value, ParameterPath place, List<String> unmarked) {
        if (value instanceof Configurable) {
            if (!marked.containsKey(value) && !parameters.containsKey(value)) {
                String type = TypeDescriptors.of(value.getClass()).typeId();
                unmarked.add("a new " + type + (place.isRoot() ? "" : " at " + place));
            }
        } else if (value instanceof Optional<?> optional) {
            addUnmarked(optional.orElse(null), place, unmarked);
        } else if (value instanceof Collection<?> collection) {
            int index = 0;
            for (Object element : collection) {
                addUnmarked(element, place.at(index++), unmarked);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> addUnmarked(element, place.at(key), unmarked));
        }
    }

    private ConfigException problem(String text, @Nullable String suggestion) {
        return source.problem(text, suggestion);
    }
}
