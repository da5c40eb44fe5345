package org.experimaestro.monitor.view;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.workspace.Workspace;

/** The command that makes a further run of an experiment, as a former run was made. */
public final class RunCommand {
    private RunCommand() {}

    /**
     * Finds the command.
     *
     * @param workspace the workspace of the run
     * @param run the run
     * @return the command for a shell; empty if the run had no YAML file, or its description cannot be read
     */
    public static Optional<String> find(Workspace workspace, RunView run) {
        if (!(run.description().get("file") instanceof String file)) {
            return Optional.empty();
        }
        Path yaml;
        try {
            yaml = workspace.root().resolve(file).normalize();
        } catch (InvalidPathException foreign) {
            return Optional.empty(); // damaged, or of a system with other names of files
        }
        List<String> options =
                new ArrayList<>(List.of("--workdir", workspace.root().toString()));
        for (String override : texts(run, "overrides")) {
            options.addAll(List.of("-c", override));
        }
        return of(run, options, yaml);
    }

    /**
     * Returns the command that runs an experiment from a file, with the mode and the arguments of a former run.
     *
     * @param run the former run
     * @param options further options, before the file
     * @param yaml the file
     * @return the command for a shell; empty if the description of the run is damaged
     */
    public static Optional<String> of(RunView run, List<String> options, Path yaml) {
        List<String> words = new ArrayList<>(List.of("experimaestro", "run-experiment"));
        if ("detached".equals(run.description().get("mode")) && !options.contains("--run-mode")) {
            words.add("--detach");
        }
        words.addAll(options);
        words.add(yaml.toString());
        List<String> arguments = texts(run, "arguments");
        if (!arguments.isEmpty()) {
            words.add("--");
            words.addAll(arguments);
        }
        return words.stream().anyMatch(word -> word.indexOf('\0') >= 0)
                ? Optional.empty() // no process has had such an argument
                : Optional.of(words.stream().map(ShellWord::of).collect(Collectors.joining(" ")));
    }

    private static List<String> texts(RunView run, String member) {
        return run.description().get(member) instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }
}
