package org.experimaestro.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands that look at a workspace take it from an experiment's file that is their first argument. */
@Tag("thorough")
class WorkspaceOfFileTest {
    /** Commands that make the workspace of their file, plan its experiment if the workspace is missing, or serve until they are ended. */
    private static final Set<String> OTHERS = Set.of("run-experiment", "explain", "monitor");

    /** Words that may be an identifier, a filter, a tag, a type or a text. */
    private static final List<String> MORE = List.of("a=1", "a=2");

    @TempDir
    Path folder;

    static List<String> commands() {
        List<String> commands = leaves(CommandTree.whole(Main.class))
                .map(CommandLine::getCommandSpec)
                .filter(command -> command.findOption("--workdir") != null)
                .map(command -> command.qualifiedName().substring("experimaestro ".length()))
                .toList();
        assertThat(commands).containsAll(OTHERS);
        return commands.stream().filter(command -> !OTHERS.contains(command)).toList();
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(WorkspaceOfFileTest::leaves);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void call_fileOfAnExperiment_looksAtItsWorkspace(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("named.yaml"), "class: a.Plan\nworkdir: missing\n");
        String expected = "There is no workspace in " + folder.resolve("missing") + " (workdir: in named.yaml)";
        List<String> texts = new ArrayList<>();
        for (int more = 0; more <= MORE.size(); more++) {
            List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
            words.addAll(required(command));
            words.add(file.toString());
            words.addAll(MORE.subList(0, more));
            texts.add(CommandLineRun.of(words.toArray(String[]::new)).text());
        }
        assertThat(String.join("\n", texts)).contains(expected);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_argumentThatMayBeAFile_saysSo(String command) {
        String arguments = spec(command).positionalParameters().stream()
                .map(argument -> argument.paramLabel() + " " + String.join(" ", argument.description()))
                .collect(Collectors.joining("\n"));

        assertThat(arguments).containsAnyOf("FILE.yaml", "YAML file");
    }

    @Test
    void call_argumentThatIsNoFile_isRefusedWhereNoOtherIsTaken() {
        for (String command : List.of("du", "orphans", "trash list", "trash empty", "events")) {
            List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
            words.add("grid");

            assertThat(CommandLineRun.of(words.toArray(String[]::new)))
                    .as(command)
                    .satisfies(run -> assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE))
                    .satisfies(run -> assertThat(run.text()).contains("\"grid\""));
        }
    }

    private static List<String> required(String command) {
        return spec(command).options().stream()
                .filter(OptionSpec::required)
                .filter(option -> option.group() == null)
                .map(option -> option.longestName() + "=1")
                .toList();
    }

    private static CommandSpec spec(String command) {
        CommandLine line = CommandTree.whole(Main.class);
        for (String word : command.split(" ")) {
            line = line.getSubcommands().get(word);
        }
        return line.getCommandSpec();
    }
}
