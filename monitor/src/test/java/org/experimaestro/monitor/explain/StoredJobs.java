package org.experimaestro.monitor.explain;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.Json;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** Jobs with parameters, as plans store them, of types that nobody has described. */
final class StoredJobs {
    private final Workspace workspace;

    StoredJobs(Workspace workspace) {
        this.workspace = workspace;
    }

    /** A job of the type {@code a.learn}; its configurations are by the labels that its parameters refer to. */
    JobFolder store(int number, Map<String, ?> parameters, Map<String, Object> configurations) throws IOException {
        JobFolder job = workspace.job("a.learn", ConfigId.parse(String.format("%032x", number)));
        Map<String, Object> all = new LinkedHashMap<>(configurations);
        all.put("task", configuration("a.learn", number, null, parameters));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("format", 1);
        file.put("identifierFormat", 1);
        file.put("configurations", all);
        file.put("value", "@task");
        job.write(Json.write(file), "");
        return job;
    }

    JobFolder store(int number, Map<String, ?> parameters) throws IOException {
        return store(number, parameters, Map.of());
    }

    static Map<String, Object> configuration(
            String type, int number, @Nullable String producer, Map<String, ?> parameters) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", type);
        config.put("version", 1);
        config.put("class", "T");
        config.put("id", String.format("%032x", number));
        config.put("parameters", parameters);
        if (producer != null) {
            config.put("producer", producer);
        }
        return config;
    }
}
