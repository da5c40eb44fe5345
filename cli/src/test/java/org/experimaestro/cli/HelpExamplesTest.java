package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.cli.option.CommandTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command's help ends with examples, in one form, that the command line accepts. */
class HelpExamplesTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s']+)");

    static Stream<CommandLine> commands() {
        return leaves(CommandTree.whole(Main.class));
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().distinct().flatMap(HelpExamplesTest::leaves);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void footer_command_hasExamplesThatAreAccepted(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        String[] footer = command.getCommandSpec().usageMessage().footer();

        assertThat(footer).as(name).hasSizeGreaterThan(2).startsWith("", "Examples:");
        for (String line : Arrays.asList(footer).subList(2, footer.length)) {
            assertThat(line).startsWith("  ").contains(name);
            if (line.startsWith("  " + name)) { // the others are in the words of a shell
                Main.commandLine(CommandTree.whole(Main.class)).parseArgs(arguments(line));
            }
        }
    }

    private static String[] arguments(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.split(" \\| ")[0]);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words.subList(1, words.size()).toArray(String[]::new);
    }
}
