package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import org.experimaestro.cli.Main;
import org.experimaestro.cli.option.CommandTree;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/cli.md has the help of each command, made anew with {@code -Dgolden.update=true}. */
class CommandPageTest {
    private static final String BEGIN = "<!-- generated: begin -->\n";
    private static final String END = "<!-- generated: end -->\n";
    private static final int COLUMNS = 100;

    @Test
    void page_commands_areTheirHelp() throws IOException {
        Path file = Page.ROOT.resolve("docs/cli.md");
        String page = Files.readString(file);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String expected = page.substring(0, begin) + help(CommandTree.whole(Main.class)) + "\n" + page.substring(end);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, expected);
        }

        assertThat(Files.readString(file))
                .as("docs/cli.md, which -Dgolden.update=true makes anew")
                .isEqualTo(expected);
    }

    private static String help(CommandLine command) {
        var text = new StringBuilder();
        command.setUsageHelpWidth(COLUMNS);
        text.append("\n## `").append(command.getCommandSpec().qualifiedName()).append("`\n\n```text\n");
        command.getUsageMessage(CommandLine.Help.Ansi.OFF)
                .lines()
                .forEach(line -> text.append(line.stripTrailing()).append('\n'));
        text.append("```\n");
        for (CommandLine subcommand :
                new LinkedHashSet<>(command.getSubcommands().values())) {
            text.append(help(subcommand));
        }
        return text.toString();
    }
}
