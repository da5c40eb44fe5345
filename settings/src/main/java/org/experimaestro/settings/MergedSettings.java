package org.experimaestro.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;

/**
 * The merged settings of a former run as a file of their own, in another folder.
 *
 * @param text the file, as YAML
 * @param hidden the names of variables whose values were not stored, because they are secrets; the file has none of them
 */
public record MergedSettings(String text, List<String> hidden) {
    /** Copies the list. */
    public MergedSettings {
        hidden = List.copyOf(hidden);
    }

    /**
     * Rewrites settings such that a run with them is the same experiment in the same workspace.
     *
     * @param yaml the result of {@link ExperimentFile#show}
     * @param place the place of the text in messages
     * @param id the experiment's identifier, whatever the name of the new file
     * @param workspace the workspace of the run
     * @param planFolder the path from the folder of the new file to that of the plan's source
     * @return the new file
     * @throws WorkspaceException if the text is no YAML
     */
    public static MergedSettings of(String yaml, String place, String id, Path workspace, Path planFolder) {
        Problems problems = new Problems(WorkspaceException::of);
        Source source = Source.ofFile(place, 0, workspace);
        // Only escapes are left in it, which the printer writes again.
        Mapping map = new Interpolation(Map.of(), problems).apply(YamlFile.parse(yaml, source, problems));
        problems.throwIfAny(place);
        List<String> hidden = new ArrayList<>();
        Mapping result = with(map, KeyNames.ID, id);
        result = with(result, KeyNames.WORKDIR, workspace.toString());
        // The new folder is in no repository, so "error" would refuse it.
        result = with(result, KeyNames.DIRTY_GIT, "ignore");
        Entry file = map.entries().get(KeyNames.FILE);
        if (file != null && file.value() instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
            Path name = Path.of(scalar.text()).getFileName();
            result = with(
                    result,
                    KeyNames.FILE,
                    planFolder.resolve(name == null ? "" : name.toString()).toString());
        }
        Entry environment = map.entries().get(KeyNames.ENV);
        if (environment != null && environment.value() instanceof Mapping variables) {
            Mapping known = variables;
            for (Map.Entry<String, Entry> variable : variables.entries().entrySet()) {
                if (variable.getValue().value() instanceof Scalar scalar
                        && scalar.text().equals(SecretVariables.HIDDEN)) {
                    hidden.add(variable.getKey());
                    known = known.without(variable.getKey());
                }
            }
            result = result.with(new Entry(environment.key(), known));
        }
        return new MergedSettings(YamlPrinter.print(result, source), hidden);
    }

    /** Rewrites settings, as {@link #of} does, that are given as {@link ExperimentFile#json} instead. */
    public static MergedSettings ofJson(String json, String place, String id, Path workspace, Path planFolder) {
        return of(Interpolation.escape(json), place, id, workspace, planFolder);
    }

    private static Mapping with(Mapping map, String key, String value) {
        return map.with(
                new Entry(new Scalar(Kind.TEXT, key, map.origin()), new Scalar(Kind.TEXT, value, map.origin())));
    }
}
