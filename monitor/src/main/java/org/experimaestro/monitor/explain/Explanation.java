package org.experimaestro.monitor.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.ParameterPath;
import org.experimaestro.core.serial.StoredFloat;
import org.experimaestro.monitor.type.NamedType;
import org.experimaestro.monitor.type.ParameterInfo;
import org.experimaestro.monitor.type.StoredDefault;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.type.TypeInfo;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.StoredConfiguration;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.StoredClassPath;
import org.jspecify.annotations.Nullable;

/**
 * An explanation of a job's identifier: the values that entered it, and those that did not. It is made from the job's
 * parameter file and from the descriptions of the types in the job's code. No class is loaded. Immutable.
 */
public final class Explanation {
    private final ConfigurationTree tree;
    private final TypeCatalog types;

    private Explanation(ConfigurationTree tree, TypeCatalog types) {
        this.tree = tree;
        this.types = types;
    }

    /**
     * Explains a job with the types of its own code.
     *
     * @param job the job
     * @return the explanation
     * @throws WorkspaceException if the parameters or the class path of the job cannot be read
     */
    public static Explanation of(JobFolder job) {
        return of(job, TypeCatalog.of(StoredClassPath.of(job)));
    }

    /**
     * Explains a job.
     *
     * @param job the job
     * @param types the descriptions of its configurations' types
     * @return the explanation
     * @throws WorkspaceException if the job's parameters cannot be read
     */
    public static Explanation of(JobFolder job, TypeCatalog types) {
        return new Explanation(ConfigurationTree.read(job), types);
    }

    /**
     * Explains configurations that may not be stored.
     *
     * @param tree the task and its configurations
     * @param types the descriptions of their types
     * @return the explanation
     */
    public static Explanation of(ConfigurationTree tree, TypeCatalog types) {
        return new Explanation(tree, types);
    }

    /**
     * Returns the task.
     *
     * @return the configuration whose identifier is the job's
     */
    public StoredConfiguration root() {
        return tree.root();
    }

    /**
     * Returns the descriptions of types.
     *
     * @return the catalog of types
     */
    public TypeCatalog types() {
        return types;
    }

    /**
     * Returns the parameters of a configuration, including generated paths, which are not stored, and after them the init
     * tasks of a task.
     *
     * @param config a configuration of this explanation
     * @return the parameters in the order of the constructor; an init task has a name such as {@code (init 1)}
     */
    public List<ExplainedParameter> parameters(StoredConfiguration config) {
        List<ExplainedParameter> all = declared(config);
        int number = 0;
        for (String init : config.inits()) {
            String name = ParameterPath.initTask(++number);
            all.add(new ExplainedParameter(name, resolve(init), IdentifierRole.COUNTED, ""));
        }
        return all;
    }

    private List<ExplainedParameter> declared(StoredConfiguration config) {
        TypeInfo type = findType(config).orElse(null);
        List<ExplainedParameter> parameters = new ArrayList<>();
        if (type == null) {
            config.parameters()
                    .forEach((name, json) ->
                            parameters.add(new ExplainedParameter(name, resolve(json), IdentifierRole.UNKNOWN, "")));
            return parameters;
        }
        for (ParameterInfo parameter : type.parameters()) {
            if (config.parameters().containsKey(parameter.name()) || parameter.generatedPath() != null) {
                ExplainedParameter explained =
                        explain(parameter, config.parameters().get(parameter.name()));
                parameters.add(
                        NamedType.parse(parameter.type()).holdsPaths()
                                ? explained.ofPaths(parameter.isContent())
                                : explained);
            }
        }
        return parameters;
    }

    /**
     * Returns the description of a configuration's type. A description with another version or without a stored
     * parameter belongs to other code, and is not used.
     */
    Optional<TypeInfo> findType(StoredConfiguration config) {
        return types.findType(config.typeId())
                .filter(type -> type.version() == config.version()
                        && config.parameters().keySet().stream()
                                .allMatch(name -> type.findParameter(name).isPresent()));
    }

    private ExplainedParameter explain(ParameterInfo parameter, @Nullable Object json) {
        NamedType type = NamedType.parse(parameter.type());
        Object value = type.mayHoldConfigs() ? resolve(json) : type.holdsFloats() ? withFloats(json) : json;
        String name = parameter.name();
        if (parameter.generatedPath() != null) {
            String path = parameter.generatedPath();
            String place = parameter.pathPartial().isEmpty()
                    ? path
                    : (path.isEmpty() ? "" : path + " in ") + "the shared folder of " + parameter.pathPartial();
            return new ExplainedParameter(name, null, IdentifierRole.GENERATED_PATH, place);
        }
        if (value instanceof StoredConfiguration single && single.isLeftOut()) {
            return new ExplainedParameter(name, value, IdentifierRole.META, "asMeta() in the plan");
        }
        if (parameter.isMeta()) {
            return holdsCounted(value)
                    ? new ExplainedParameter(name, value, IdentifierRole.COUNTED, "asCounted() in the plan")
                    : new ExplainedParameter(name, value, IdentifierRole.META, "");
        }
        if (parameter.isDefaultCounted()) {
            return new ExplainedParameter(name, value, IdentifierRole.COUNTED, "");
        }
        String which = parameter.was() == null ? "the default" : "the first default";
        if (parameter.defaultFrom() != null) {
            String method = parameter.was() == null ? parameter.defaultFrom() : parameter.was();
            return new ExplainedParameter(
                    name, value, IdentifierRole.COUNTED_UNLESS_DEFAULT, which + ", " + method + "()");
        }
        String leftOut = parameter.firstDefaultText();
        if (leftOut == null) {
            return json == null
                    ? new ExplainedParameter(name, value, IdentifierRole.DEFAULT, which)
                    : new ExplainedParameter(name, value, IdentifierRole.COUNTED, "");
        }
        if (parameter.isFirstDefaultRelative()) {
            return new ExplainedParameter(
                    name, value, IdentifierRole.COUNTED, which + " " + leftOut + " starts from the plan's folder");
        }
        return StoredDefault.isEqual(leftOut, parameter.type(), json)
                .map(same -> same
                        ? new ExplainedParameter(name, value, IdentifierRole.DEFAULT, which)
                        : new ExplainedParameter(name, value, IdentifierRole.COUNTED, ""))
                .orElse(new ExplainedParameter(
                        name, value, IdentifierRole.COUNTED_UNLESS_DEFAULT, which + ", " + leftOut));
    }

    /** Returns whether the plan lets a configuration in a value count under a meta parameter. */
    private static boolean holdsCounted(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Explanation::holdsCounted);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Explanation::holdsCounted);
        }
        return value instanceof StoredConfiguration config && config.counts().orElse(false);
    }

    /** Returns a value with floats in their own short form, because earlier versions stored them as doubles. */
    private static @Nullable Object withFloats(@Nullable Object json) {
        if (json instanceof List<?> list) {
            List<@Nullable Object> floats = new ArrayList<>();
            list.forEach(element -> floats.add(withFloats(element)));
            return floats;
        }
        if (json instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> floats = new LinkedHashMap<>();
            map.forEach((key, element) -> floats.put(key, withFloats(element)));
            return floats;
        }
        return json instanceof Double ? StoredFloat.read(json) : json;
    }

    private @Nullable Object resolve(@Nullable Object json) {
        if (json instanceof List<?> list) {
            List<@Nullable Object> resolved = new ArrayList<>();
            list.forEach(element -> resolved.add(resolve(element)));
            return resolved;
        }
        if (json instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> resolved = new LinkedHashMap<>();
            map.forEach((key, element) -> resolved.put(key, resolve(element)));
            return resolved;
        }
        Optional<StoredConfiguration> config = tree.find(json);
        return config.isPresent() ? config.get() : json;
    }

    /**
     * Returns the types without a description. It is not known which of their parameters are meta or have their
     * default.
     *
     * @return the type ids, sorted
     */
    public SortedSet<String> unknownTypes() {
        SortedSet<String> unknown = new TreeSet<>();
        for (StoredConfiguration config : tree.configurations()) {
            if (findType(config).isEmpty() && !config.parameters().isEmpty()) {
                unknown.add(config.typeId());
            }
        }
        return unknown;
    }
}
