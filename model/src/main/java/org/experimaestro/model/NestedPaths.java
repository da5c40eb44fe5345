package org.experimaestro.model;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.Encoder;
import org.experimaestro.model.type.PartialRules;
import org.jspecify.annotations.Nullable;

/**
 * The places of the generated paths of the configurations in a task. Each configuration has a folder below {@link
 * #FOLDER} in the job's folder, named by the parameters that lead to it: {@code parts/model/embedding}. Of what other
 * tasks have made, only those tasks themselves hold such configurations, which have other paths here. Immutable.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
public final class NestedPaths {
    /** The folder, in that of the job, with the generated paths of configurations. */
    public static final String FOLDER = "parts";

    private final boolean isMerged;
    /** By node; by origin where all handles of a configuration are one object. */
    private final IdentityHashMap<Object, Place> places = new IdentityHashMap<>();

    private final List<ConfigNode<?>> owners = new ArrayList<>();
    private final List<ConfigNode<?>> sharers = new ArrayList<>();
    private final Deque<Place> open = new ArrayDeque<>();

    /**
     * A configuration, and the step that leads to it from another one. A path becomes text only where it is needed,
     * because configurations may be nested thousands of levels deep. What is in another task, which has made itself, is
     * foreign: this task need not make its paths.
     */
    private record Place(ConfigNode<?> node, @Nullable Place before, String step, boolean isForeign) {
        Path folder(Path root) {
            Deque<String> steps = new ArrayDeque<>();
            for (Place place = this; place != null; place = place.before()) {
                steps.push(place.step());
            }
            Path folder = root;
            for (String each : steps) {
                folder = folder.resolve(each);
            }
            return folder;
        }
    }

    private NestedPaths(ConfigNode<?> root) {
        this.isMerged = !root.inits().isEmpty();
        open.add(new Place(root, null, FOLDER, false));
        while (!open.isEmpty()) {
            openParts(open.remove());
        }
    }

    /**
     * Finds the places in a task.
     *
     * @param task the task
     * @return the places of all its configurations, and of its init tasks
     */
    public static NestedPaths of(ConfigNode<?> task) {
        return new NestedPaths(task);
    }

    /**
     * Returns whether a type has generated paths.
     *
     * @param type the type
     * @return true with {@code @GeneratedPath}
     */
    public static boolean hasPaths(TypeDescriptor<?> type) {
        for (int i = 0; i < type.size(); i++) {
            if (type.parameter(i).generatedPath() != null) {
                return true;
            }
        }
        return false;
    }

    private void openParts(Place place) {
        ConfigNode<?> node = place.node();
        for (int i = 0; i < node.descriptor().size(); i++) {
            Parameter parameter = node.descriptor().parameter(i);
            if (parameter.type().holdsConfigs()) {
                openPart(parameter, parameter.type(), node.argument(i), place, parameter.name());
            }
        }
        for (int i = 0; i < node.inits().size(); i++) {
            openNode(node.inits().get(i), place, "init-" + (i + 1));
        }
    }

    private void openPart(Parameter parameter, ValueType type, @Nullable Object bound, Place before, String step) {
        if (bound == null) {
            return;
        }
        switch (type.kind()) {
            case CONFIG -> openNode(Node.of((Config<?>) bound), before, step);
            case OPTIONAL -> openPart(parameter, type.element(), bound, before, step);
            default -> {
                // The elements that do not count have numbers of their own: with and without them, a job has the same
                // paths.
                Collection<?> elements = bound instanceof Map<?, ?> map ? map.values() : (Collection<?>) bound;
                int counted = 0;
                int others = 0;
                for (Object element : elements) {
                    boolean counts = Encoder.isElementCounted(parameter, type.element(), element);
                    String part = counts ? String.valueOf(counted++) : "other-" + others++;
                    openPart(parameter, type.element(), element, before, step + "/" + part);
                }
            }
        }
    }

    private void openNode(Node<?> part, Place before, String step) {
        if (!(part instanceof ConfigNode<?> node) || node.producer() != null && !node.isProducedByItself()) {
            return;
        }
        boolean isForeign = before.isForeign() || node.producer() != null;
        Place place = new Place(node, before, step, isForeign);
        if (places.putIfAbsent(key(node), place) == null) {
            if (!isForeign && hasPaths(node.descriptor())) {
                owners.add(node);
            }
            if (PartialRules.hasSharedPaths(node.descriptor())) {
                sharers.add(node);
            }
            open.add(place);
        }
    }

    private Object key(ConfigNode<?> node) {
        return isMerged ? node.origin() : node;
    }

    /**
     * Returns the configurations in the task whose generated paths the task makes.
     *
     * @return each object of the job once, the nearest first; unmodifiable
     */
    public List<ConfigNode<?>> owners() {
        return Collections.unmodifiableList(owners);
    }

    /**
     * Returns the configurations in the task that have paths in shared folders, also those in other tasks that have made
     * themselves.
     *
     * @return each object of the job once, the nearest first; unmodifiable
     */
    List<ConfigNode<?>> sharers() {
        return Collections.unmodifiableList(sharers);
    }

    /**
     * Returns the folder of a configuration's generated paths.
     *
     * @param node a configuration in the task, which no task has made
     * @param folder the job's folder
     * @return a folder below it
     * @throws ConfigException if it is a part of what another task has made
     */
    public Path folder(ConfigNode<?> node, Path folder) {
        Place place = places.get(key(node));
        if (place == null) {
            throw ConfigException.of("Cannot set the generated paths of " + node
                            + ": it is a part of what another task has made, whose files are in the job of that task")
                    .at(PlanLine.current())
                    .advice("give it to the task that you submit, as a parameter of its own")
                    .build();
        }
        return place.folder(folder);
    }

    /**
     * Refuses a task in which two generated paths are one.
     *
     * @param task the task
     * @throws ConfigException if there are such paths; the message names the parameters
     */
    public static void check(ConfigNode<?> task) {
        NestedPaths nested = of(task);
        if (nested.owners.isEmpty()) {
            return;
        }
        Map<Path, String> users = new HashMap<>();
        Map<Path, ConfigNode<?>> folders = new LinkedHashMap<>();
        for (ConfigNode<?> owner : nested.owners) {
            Path folder = nested.folder(owner, Path.of(""));
            folders.put(folder, owner);
            check(owner, folder, users);
        }
        folders.forEach((folder, owner) -> checkAbove(owner, folder, users));
        for (int i = 0; i < task.descriptor().size(); i++) {
            Parameter parameter = task.descriptor().parameter(i);
            String path = parameter.pathPartial() == null ? parameter.generatedPath() : null;
            if (path != null && Path.of(path).startsWith(FOLDER)) {
                throw problem(task, parameter.name() + " is " + path + ", where those of its configurations are");
            }
        }
    }

    private static void check(ConfigNode<?> owner, Path folder, Map<Path, String> users) {
        for (int i = 0; i < owner.descriptor().size(); i++) {
            Parameter parameter = owner.descriptor().parameter(i);
            if (parameter.generatedPath() != null && parameter.pathPartial() == null) {
                Path path = folder.resolve(parameter.generatedPath()).normalize();
                String name = owner.descriptor() + "." + parameter.name();
                String other = users.putIfAbsent(path, name);
                if (other != null) {
                    throw problem(owner, name + " and " + other + " are both " + path);
                }
            }
        }
    }

    /** Refuses a path that may become a file where the folder of another configuration is, or above it. */
    private static void checkAbove(ConfigNode<?> owner, Path folder, Map<Path, String> users) {
        for (Path above = folder; above != null; above = above.getParent()) {
            String user = users.get(above);
            if (user != null) {
                throw problem(owner, user + " is " + above + ", where the folder of " + owner.descriptor() + " is");
            }
        }
    }

    private static ConfigException problem(ConfigNode<?> node, String reason) {
        return ConfigException.of("Cannot set the generated paths of " + node + ": " + reason)
                .at(PlanLine.current())
                .advice("write another path in @GeneratedPath")
                .build();
    }
}
