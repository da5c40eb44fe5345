package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.cli.option.CommandTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandTreeTest {
    @ParameterizedTest
    @CsvSource({
        "runs list, runs/list",
        "jobs list --help, jobs/list",
        "table, table",
        "table jobs list, table",
        "--help jobs list, jobs/list",
        "-h runs -h show x, runs/show",
    })
    void of_wordsOfACommand_hasThatCommandAlone(String words, String names) {
        assertThat(names(CommandTree.of(Main.class, words.split(" ")))).containsExactly(names.split("/"));
    }

    @ParameterizedTest
    @CsvSource({"jbs list", "--version", "--help", "JOBS list"})
    void of_wordsOfNoCommand_hasTheFirstLevel(String words) {
        assertThat(names(CommandTree.of(Main.class, words.split(" "))))
                .containsExactlyElementsOf(
                        CommandTree.whole(Main.class).getSubcommands().keySet());
    }

    @Test
    void of_groupAlone_hasTheCommandsOfTheGroup() {
        assertThat(names(CommandTree.of(Main.class, "jobs", "--help")))
                .startsWith("jobs")
                .contains("list", "debug", "why")
                .doesNotContain("runs");
    }

    /** The commands in a list of commands have no options of their own, and look the same. */
    @ParameterizedTest
    @ValueSource(strings = {"", "jobs", "runs", "workspaces"})
    void of_helpOfAGroup_isThatOfTheWholeTree(String group) {
        CommandLine whole = CommandTree.whole(Main.class);
        CommandLine few = CommandTree.of(Main.class, (group + " --help").strip().split(" "));
        CommandLine expected = group.isEmpty() ? whole : whole.getSubcommands().get(group);
        CommandLine seen = group.isEmpty() ? few : few.getSubcommands().get(group);

        assertThat(seen.getUsageMessage()).isEqualTo(expected.getUsageMessage());
        assertThat(seen.getSubcommands().values())
                .allSatisfy(command ->
                        assertThat(command.getCommandSpec().options()).isEmpty());
    }

    @Test
    void of_formerName_hasTheCommand() {
        CommandLine group = CommandTree.of(Main.class, "workspace", "upgrade")
                .getSubcommands()
                .get("workspace");
        assertThat(group.getCommandName()).isEqualTo("workspaces");
        assertThat(group.getSubcommands()).containsOnlyKeys("upgrade");
    }

    @Test
    void whole_commands_haveTheirOwnNames() {
        assertThat(names(CommandTree.whole(Main.class)))
                .contains("jobs", "list", "runs", "show", "workspaces", "upgrade");
    }

    private static Stream<String> names(CommandLine group) {
        return group.getSubcommands().entrySet().stream().flatMap(CommandTreeTest::names);
    }

    private static Stream<String> names(Map.Entry<String, CommandLine> command) {
        assertThat(command.getValue().getCommandSpec().name()).isEqualTo(command.getKey());
        return Stream.concat(Stream.of(command.getKey()), names(command.getValue()));
    }
}
