package org.experimaestro.loader.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.internal.NearName;
import org.experimaestro.loader.settings.YamlValue.Entry;
import org.experimaestro.loader.settings.YamlValue.Mapping;

/**
 * What users say of a workspace, in its file {@value #NAME}.
 *
 * @param environment variables for all jobs of the workspace
 */
public record WorkspaceSettings(SortedMap<String, String> environment) {
    /** The name of the file. */
    public static final String NAME = "settings.yaml";

    /** Copies the map. */
    public WorkspaceSettings {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /**
     * Reads the file of a workspace.
     *
     * @param workspace the folder, which need not be there
     * @return what the file says; nothing if there is no file
     * @throws WorkspaceException if the file is wrong: with all problems, and their lines
     */
    public static WorkspaceSettings read(Path workspace) {
        Path file = workspace.resolve(NAME);
        if (!Files.exists(file)) {
            return new WorkspaceSettings(new TreeMap<>());
        }
        var source = Source.ofFile(file.toString(), 0, workspace.toAbsolutePath());
        var problems = new Problems(WorkspaceException::new);
        Mapping map = YamlFile.read(file, source, problems);
        for (Entry entry : map.entries().values()) {
            String key = entry.key().text();
            if (!key.equals(KeyNames.ENV)) {
                problems.add(
                        entry.key().origin(),
                        "unknown key %s for a workspace".formatted(Texts.quote(key)),
                        NearName.advice(key, List.of(KeyNames.ENV)).orElse("known keys: " + KeyNames.ENV));
            }
        }
        Entry env = map.entries().get(KeyNames.ENV);
        SortedMap<String, String> environment = env == null ? new TreeMap<>() : Variables.read(env.value(), problems);
        problems.throwIfAny(source.label());
        return new WorkspaceSettings(environment);
    }
}
