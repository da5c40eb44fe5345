package org.experimaestro.cli.completion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script with which a shell completes command lines. It has a program in POSIX {@code sh}, {@code words.sh}, which
 * is the same for all shells, and a function that passes its words to the shell. The program knows the commands and
 * options from picocli's model, and lists names from the workspace's folders: no JVM starts while somebody types.
 */
final class CompletionScript {
    private static final String NONE = "none";

    private CompletionScript() {}

    /**
     * Returns the script.
     *
     * @param shell the shell
     * @param program the command {@code experimaestro}
     */
    static String of(CompletionShell shell, CommandLine program) {
        List<String> cases = new ArrayList<>();
        addCases("", program, cases);
        Path jobs = Workspace.view(Path.of("")).experiment("any").run("any").jobsFile();
        String words = resource("words.sh")
                .replace("@COMMANDS@", String.join("\n", cases))
                .replace("@MARKER@", WorkspaceLayout.MARKER)
                .replace("@JOBS@", jobs.getFileName().toString());
        return resource("experimaestro." + shell).replace("@WORDS@", shell.quote(words));
    }

    private static void addCases(String path, CommandLine command, List<String> cases) {
        CommandSpec spec = command.getCommandSpec();
        Set<String> positional = new LinkedHashSet<>();
        spec.positionalParameters().forEach(parameter -> positional.addAll(kinds(parameter)));
        cases.add("    '" + path + "')\n      subcommands='"
                + String.join(" ", command.getSubcommands().keySet())
                + "'\n      options='"
                + visible(spec).flatMap(option -> Stream.of(option.names())).collect(Collectors.joining(" "))
                + "'\n      values='"
                + visible(spec)
                        .filter(option -> option.arity().max() > 0)
                        .flatMap(option -> Stream.of(option.names()).map(name -> name + "=" + kind(option)))
                        .collect(Collectors.joining(" "))
                + "'\n      positional='" + String.join(" ", positional) + "'\n      ;;");
        command.getSubcommands()
                .forEach((name, subcommand) -> addCases(path.isEmpty() ? name : path + " " + name, subcommand, cases));
    }

    private static Stream<OptionSpec> visible(CommandSpec spec) {
        return spec.options().stream().filter(option -> !option.hidden());
    }

    /** Returns the kind of the values of an option, as {@code words.sh} names them. */
    private static String kind(OptionSpec option) {
        return switch (option.longestName()) {
            case "--experiment" -> "experiments";
            case "--tags" -> "tags";
            case "--launcher" -> "launchers";
            default -> {
                String words = words(option);
                yield words.isEmpty() ? NONE : "words:" + words;
            }
        };
    }

    /** Returns the only possible values as users write them, separated by commas; an empty text if there are others. */
    private static String words(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        return candidates == null
                ? ""
                : StreamSupport.stream(candidates.spliterator(), false)
                        .map(word -> word.toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(","));
    }

    /** Returns the kinds of names that an argument may be, by its label. */
    private static List<String> kinds(PositionalParamSpec parameter) {
        String label = parameter.paramLabel();
        List<String> kinds = new ArrayList<>();
        if (label.contains("FILE.yaml") || label.equals("RUN") || label.equals("EXPERIMENT")) {
            kinds.add("yaml");
        }
        if (label.contains("ID") || label.equals("JOB")) {
            kinds.add("jobs");
        }
        if (label.contains("RUN")) {
            kinds.add("runs");
        }
        if (label.contains("EXPERIMENT")) {
            kinds.add("experiments");
        }
        String words = words(parameter);
        if (!words.isEmpty()) {
            kinds.add("words:" + words);
        }
        return kinds;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(CompletionScript.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
