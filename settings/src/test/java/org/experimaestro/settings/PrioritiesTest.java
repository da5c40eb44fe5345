package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code priorities} of an experiment's file. */
class PrioritiesTest {
    @TempDir
    private Path folder;

    private List<PriorityRule> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("debug.yaml"), "class: acme.Plan\n" + text);
        return ExperimentFile.read(file, List.of()).priorities();
    }

    @Test
    void priorities_rules_areReadInTheirOrderWithTheirPlaces() throws IOException {
        assertThat(read("""
                priorities:
                  - where: layers=2
                    priority: 10
                  - {where: "type=a.learn and k1>1", priority: -1}
                """))
                .containsExactly(
                        new PriorityRule("layers=2", 10, "debug.yaml:3"),
                        new PriorityRule("type=a.learn and k1>1", -1, "debug.yaml:5"));
        assertThat(read("priorities:\n")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            priorities: {where: a=1}                  | "priorities" must be a list of rules, found a map
            priorities: [a=1]                         | a rule of "priorities" must be a map, found
            priorities: [{where: a=1}]                | priority
            priorities: [{wher: a=1, priority: 1}]    | wher
            priorities: [{where: a=1, priority: high}] | priority
            """)
    void priorities_wrong_areToldWithTheirLine(String line, String problem) {
        assertThatThrownBy(() -> read(line + "\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("debug.yaml:2: ")
                .hasMessageContaining(problem);
    }
}
