package org.experimaestro.monitor.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The command that runs an experiment again, as its run describes it. */
public final class RunCommand {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private RunCommand() {}

    /**
     * Returns the command.
     *
     * @param workspace the workspace of the run
     * @param run the run
     * @return a line for a shell; empty if the run had no YAML file, for example if it was started from Java
     */
    public static Optional<String> of(Workspace workspace, RunView run) {
        Map<String, Object> description = run.description();
        if (!(description.get("file") instanceof String file)) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of("experimaestro", "run-experiment"));
        words.add("--workdir");
        words.add(workspace.root().toString());
        if ("detached".equals(description.get("mode"))) {
            words.add("--detach");
        }
        words.add(workspace.root().resolve(file).toString());
        texts(description.get("overrides")).forEach(override -> words.addAll(List.of("-c", override)));
        List<String> arguments = texts(description.get("arguments"));
        if (!arguments.isEmpty()) {
            words.add("--");
            words.addAll(arguments);
        }
        return Optional.of(
                String.join(" ", words.stream().map(RunCommand::quoted).toList()));
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> elements
                ? elements.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Returns a word as a POSIX shell reads it. */
    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
