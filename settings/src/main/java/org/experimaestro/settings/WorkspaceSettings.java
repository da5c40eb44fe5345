package org.experimaestro.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Mapping;

/**
 * What users say of a workspace, in its file {@value #NAME}.
 *
 * @param environment variables for all jobs of the workspace
 * @param variablePlaces where each of them is set: places as messages give them, by name
 */
public record WorkspaceSettings(SortedMap<String, String> environment, SortedMap<String, String> variablePlaces) {
    /** The name of the file. */
    public static final String NAME = "settings.yaml";

    private static final List<String> KEYS = List.of(KeyNames.ENV, KeyNames.PASS);

    /** Copies the maps. */
    public WorkspaceSettings {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        variablePlaces = Collections.unmodifiableSortedMap(new TreeMap<>(variablePlaces));
    }

    /**
     * Reads the file of a workspace.
     *
     * @param workspace the folder, which need not be there
     * @param user says whose files are believed: a variable such as {@code LD_PRELOAD} has jobs run other code
     * @return what the file says; nothing if there is no file
     * @throws WorkspaceException if the file is wrong: with all problems, and their lines; or if somebody may change it whom the
     *     user does not name
     */
    public static WorkspaceSettings read(Path workspace, UserSettings user) {
        Path file = workspace.resolve(NAME);
        if (!Files.exists(file)) {
            return new WorkspaceSettings(new TreeMap<>(), new TreeMap<>());
        }
        user.requireNoStrangers(file, "set variables of your jobs", WorkspaceException::new);
        var source = Source.ofFile(file.toString(), 0, workspace.toAbsolutePath());
        var problems = new Problems(WorkspaceException::new);
        Mapping map = YamlFile.read(file, source, problems);
        for (Entry entry : map.entries().values()) {
            String key = entry.key().text();
            if (!KEYS.contains(key)) {
                problems.add(
                        entry.key().origin(),
                        "unknown key %s for a workspace".formatted(Texts.quote(key)),
                        NearName.advice(key, KEYS).orElse("known keys: " + String.join(", ", KEYS)));
            }
        }
        SortedMap<String, String> environment = Variables.read(map, problems);
        problems.throwIfAny(source.label());
        return new WorkspaceSettings(environment, Variables.places(map));
    }
}
