package org.experimaestro.core.task;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.serial.ConfigurationReader;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.core.serial.Format;
import org.experimaestro.core.serial.StoredTask;
import org.experimaestro.model.BoundPaths;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.identity.JobPath;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that a running task announces, on its way from the job's process to the plan's: in the job a value, in
 * between JSON, in the plan a handle that the task makes. Its tags do not travel, because tags belong to a submission:
 * the handle has those of the plan's task.
 */
public final class AnnouncedOutput {
    private AnnouncedOutput() {}

    /**
     * Converts what a task announces to JSON.
     *
     * @param task the task
     * @param values the values of the task's configurations in the job's process, by node
     * @param folder the job's folder
     * @param workspace the job's workspace
     * @param workspaceFromFile the relative path from the file with the announcements to the workspace
     * @param name the name of the announcement
     * @param output the configuration: a new one, or a parameter of the task, and not the task itself
     * @return a JSON object, as in a job's parameters
     * @throws ConfigException if the value cannot be an output of the task, or names a path in the job's folder that does
     *     not exist
     */
    public static Map<String, Object> toJson(
            ConfigNode<?> task,
            Map<Node<?>, Object> values,
            Path folder,
            Path workspace,
            String workspaceFromFile,
            String name,
            Configurable output) {
        OutputSource source = OutputSource.announcement(task, name);
        IdentityHashMap<Object, ConfigNode<?>> parameters = new IdentityHashMap<>();
        for (Map.Entry<Node<?>, Object> each : values.entrySet()) {
            if (each.getKey() instanceof ConfigNode<?> config) {
                parameters.put(each.getValue(), config);
            }
        }
        if (parameters.get(output) == task) {
            throw source.problem(
                    source.gave() + " the task itself, which is not done yet",
                    "announce a configuration that has the paths of what is there");
        }
        IdentityHashMap<Object, Boolean> marked = new IdentityHashMap<>();
        marked.put(output, true);
        Producer producer = new Producer(task.descriptor().typeId(), task.id(), folder, task, name);
        Config<?> handle = new OutputHandles(source, folder, producer, parameters, marked).of(output);
        requirePaths(source, (ConfigNode<?>) Node.of(handle), folder);
        String text = ConfigurationWriter.write(handle, workspace, workspaceFromFile);
        return withoutTags(text);
    }

    /** Requires that what the configuration names of the job's folder is there, because its users start at once. */
    private static void requirePaths(OutputSource source, ConfigNode<?> output, Path folder) {
        for (ConfigNode<?> part : StoredTask.partsOf(output)) {
            for (int i = 0; i < part.descriptor().size(); i++) {
                String parameter =
                        part.descriptor() + "." + part.descriptor().parameter(i).name();
                BoundPaths.forEach(part.descriptor().parameter(i).type(), part.argument(i), path -> {
                    if (path.startsWith(folder) && !Files.exists(path)) {
                        throw source.problem(
                                source.gave() + " a configuration whose parameter " + parameter + " is "
                                        + folder.relativize(path) + ", which does not exist",
                                "announce it when the file is complete");
                    }
                });
            }
        }
    }

    /** Returns the parsed text of configurations without their tags. */
    private static Map<String, Object> withoutTags(String text) {
        Map<String, Object> top = object(Json.parse(text));
        Map<String, Object> configurations = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each :
                object(top.get(Format.CONFIGURATIONS)).entrySet()) {
            Map<String, Object> configuration = object(each.getValue());
            configuration.remove(Format.TAGS);
            configurations.put(each.getKey(), configuration);
        }
        top.put(Format.CONFIGURATIONS, configurations);
        return top;
    }

    private static Map<String, Object> object(@Nullable Object json) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> each : ((Map<?, ?>) Objects.requireNonNull(json)).entrySet()) {
            copy.put((String) each.getKey(), each.getValue());
        }
        return copy;
    }

    /**
     * Returns the handle of an announced configuration. If the task had a former name then, the paths in its folder are
     * those below its name of today, as in the stored parameters of those who use them.
     *
     * @param json the JSON object of {@link #toJson}
     * @param file the file that has it: relative paths start there
     * @param classes finds the configurations' classes
     * @param task the task as the plan has submitted it
     * @param name the name of the announcement
     * @param folder the job's folder
     * @return a handle that the task makes
     * @throws ConfigException if the object is not a configuration, or does not fit the classes
     */
    public static ConfigNode<?> read(
            Object json, Path file, ClassLoader classes, ConfigNode<?> task, String name, Path folder) {
        String today = task.descriptor().typeId() + "/" + task.id();
        Object named = renamed(json, JobPath.FOLDER + "/" + maker(json, today), JobPath.FOLDER + "/" + today);
        byte[] text = Json.write(named).getBytes(StandardCharsets.UTF_8);
        if (!(ConfigurationReader.read(text, file, classes) instanceof Config<?> config)
                || !(Node.of(config) instanceof ConfigNode<?> output)) {
            throw ConfigException.of("The announcement \"" + name + "\" is not a configuration")
                    .at(file.toString())
                    .build();
        }
        return output.producedBy(new Producer(task.descriptor().typeId(), task.id(), folder, task, name));
    }

    /** Returns the name that the task had when it announced the configuration. */
    private static String maker(Object json, String today) {
        Object configurations = json instanceof Map<?, ?> top ? top.get(Format.CONFIGURATIONS) : null;
        if (configurations instanceof Map<?, ?> all) {
            for (Object each : all.values()) {
                if (each instanceof Map<?, ?> configuration
                        && configuration.containsKey(Format.ANNOUNCED)
                        && configuration.get(Format.PRODUCER) instanceof String maker) {
                    return maker;
                }
            }
        }
        return today;
    }

    /** Returns the JSON with the paths in a job's folder as those in another one's. */
    private static @Nullable Object renamed(@Nullable Object json, String before, String now) {
        if (before.equals(now)) {
            return json;
        }
        if (json instanceof String text) {
            return text.equals(before) || text.startsWith(before + "/") ? now + text.substring(before.length()) : text;
        }
        if (json instanceof List<?> elements) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : elements) {
                copy.add(renamed(element, before, now));
            }
            return copy;
        }
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put((String) key, renamed(value, before, now)));
            return copy;
        }
        return json;
    }
}
