package org.experimaestro.core.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.Task;
import org.experimaestro.base.text.ParameterPath;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.ContainerNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.identity.JobPath;
import org.jspecify.annotations.Nullable;

/**
 * A search for the jobs that a task depends on: through its parameters at any depth, also in lists, maps and
 * optionals, through its init tasks, and through what the plan lets it wait for. An output of a task is a dependency on that task. The search does not descend into an output, except for
 * its paths.
 */
public final class Dependencies {
    /** By identifier; those of other workspaces by the path of the job's folder. */
    private final Map<Object, TaskDependency> found = new LinkedHashMap<>();

    private final IdentityHashMap<Node<?>, Boolean> seen = new IdentityHashMap<>();

    private final Deque<Place> pending = new ArrayDeque<>();
    private final @Nullable String workspace;

    /** A configuration, and the parameters that lead to it. */
    private record Place(ConfigNode<?> node, ParameterPath path) {}

    private Dependencies(@Nullable String workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns the dependencies of a task.
     *
     * @param task the task
     * @param workspace paths inside its jobs' folders are dependencies; those of other workspaces are plain paths
     * @return each job once, the nearest first, otherwise in the order of the parameters. A job that is the producer
     *     of a configuration is not listed as a path. A configuration that was loaded may have its producer in another
     *     workspace.
     */
    public static List<TaskDependency> of(ConfigNode<?> task, Path workspace) {
        Dependencies dependencies = new Dependencies(JobPath.text(workspace));
        dependencies.pending.add(new Place(task, ParameterPath.ROOT));
        dependencies.visitAll();
        return List.copyOf(dependencies.found.values());
    }

    /** Visits all configurations in a loop, because they may be nested thousands of levels deep. */
    private void visitAll() {
        while (!pending.isEmpty()) {
            Place next = pending.remove();
            visit(next.node(), next.path());
        }
    }

    private void visit(ConfigNode<?> node, ParameterPath place) {
        for (int i = 0; i < node.descriptor().size(); i++) {
            Parameter parameter = node.descriptor().parameter(i);
            visit(parameter.type(), node.argument(i), place.then(parameter.name()));
        }
        int number = 0;
        for (ConfigNode<?> init : node.inits()) {
            visitConfig(init, place.then(ParameterPath.initTask(++number)));
        }
        for (Config<?> output : node.after()) {
            visitHandle(output, place.then("(after)"));
        }
    }

    private void visit(ValueType type, @Nullable Object bound, ParameterPath place) {
        if (bound == null) {
            return;
        }
        switch (type.kind()) {
            case PATH -> addPath((Path) bound, place);
            case CONFIG -> visitConfig((Config<?>) bound, place);
            case OPTIONAL -> visit(type.element(), bound, place);
            case LIST, SET -> {
                int index = 0;
                for (Object element : (Collection<?>) bound) {
                    visit(type.element(), element, place.at(index++));
                }
            }
            case MAP -> {
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) bound).entrySet()) {
                    visit(type.element(), entry.getValue(), place.at(entry.getKey()));
                }
            }
            default -> {} // a number or similar value has no dependencies
        }
    }

    private void visitConfig(Config<?> config, ParameterPath place) {
        if (seen.put(Node.of(config), true) != null || !(Node.of(config) instanceof ConfigNode<?> node)) {
            return;
        }
        Producer producer = node.producer();
        if (producer == null) {
            pending.add(new Place(node, place));
        } else {
            addProducer(producer, place);
        }
    }

    private void addProducer(Producer producer, ParameterPath place) {
        JobPath job = workspace == null ? null : JobPath.of(producer.folder());
        Path elsewhere = job == null || isWorkspace(job.root()) ? null : Path.of(job.root());
        Object key = elsewhere == null ? producer.id() : producer.folder();
        TaskDependency known = found.get(key);
        Set<String> names = new HashSet<>();
        if (producer.announced() != null && (known == null || known.announced())) {
            names.add(producer.announced());
            names.addAll(known == null ? Set.of() : known.announcements());
        }
        found.put(
                key,
                new TaskDependency(
                        producer.typeId(), producer.id(), place.toString(), false, elsewhere, Set.copyOf(names)));
    }

    private void addPath(Path path, ParameterPath place) {
        JobPath job = JobPath.find(JobPath.text(path));
        if (job != null && isWorkspace(job.root())) {
            TaskDependency known = found.get(job.id());
            if (known == null || known.announced()) {
                found.put(job.id(), new TaskDependency(job.typeId(), job.id(), place.toString(), true, null, Set.of()));
            }
        }
    }

    /**
     * Returns whether a root is the workspace. Users may reach a workspace by different links. The identifier is the
     * same by each link, so the dependencies must be the same, too.
     */
    private boolean isWorkspace(String root) {
        if (workspace == null || root.equals(workspace)) {
            return workspace != null;
        }
        try {
            return Files.isSameFile(Path.of(root), Path.of(workspace));
        } catch (IOException elsewhere) {
            return false; // it does not exist, or cannot be reached, so it leads to nothing in this workspace
        }
    }

    /**
     * Returns the tasks that make or made a configuration. For a task, it is the task itself, and not its
     * dependencies. Otherwise, it is the tasks whose outputs the configuration contains.
     *
     * @param config a configuration or a collection of them
     * @return their identifiers, each once
     */
    public static List<ConfigId> makersOf(Config<?> config) {
        return Node.of(config) instanceof ConfigNode<?> node && isTask(node) ? List.of(node.id()) : producersOf(config);
    }

    private static boolean isTask(ConfigNode<?> node) {
        return node.producer() == null
                && Task.class.isAssignableFrom(node.descriptor().javaClass());
    }

    /**
     * Returns the tasks whose outputs a configuration contains, itself included.
     *
     * @param config a configuration or a collection of them
     * @return their identifiers, each once
     */
    public static List<ConfigId> producersOf(Config<?> config) {
        Dependencies dependencies = new Dependencies(null);
        dependencies.visitHandle(config, ParameterPath.ROOT);
        dependencies.visitAll();
        List<ConfigId> ids = new ArrayList<>();
        for (TaskDependency dependency : dependencies.found.values()) {
            ids.add(dependency.id());
        }
        return ids;
    }

    /**
     * Returns the jobs whose results a configuration contains, itself included.
     *
     * @param config a configuration or a collection of them
     * @param workspace as for {@link #of}
     * @return as for {@link #of}
     */
    public static List<TaskDependency> usesOf(Config<?> config, Path workspace) {
        Dependencies dependencies = new Dependencies(JobPath.text(workspace));
        dependencies.visitHandle(config, ParameterPath.ROOT);
        dependencies.visitAll();
        return List.copyOf(dependencies.found.values());
    }

    private void visitHandle(Config<?> config, ParameterPath place) {
        if (Node.of(config) instanceof ContainerNode<?> container) {
            visit(container.valueType(), container.content(), place);
        } else {
            visitConfig(config, place);
        }
    }
}
