package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial, copied out of the repository as a user would. */
@ExtendWith(TempHome.class)
class TutorialTest {
    private static final Path TUTORIAL = Path.of("../examples/tutorial");
    private static final double MAJORITY = 0.62;

    @TempDir
    private Path place;

    @Test
    void debugYaml_runTwice_executesFourJobsThenNone() throws IOException {
        PlanFolder.copy(TUTORIAL, place);
        String yaml = place.resolve("debug.yaml").toString();
        var before = PlanFolder.tree(place);

        var dry = CommandLineRun.of("run-experiment", "--run-mode", "dry-run", yaml);
        assertThat(dry.exitCode()).as(dry.text()).isZero();
        assertThat(dry.text()).contains("4 jobs: 0 done, 4 to run. Nothing was written.");
        assertThat(PlanFolder.tree(place)).isEqualTo(before);

        var first = CommandLineRun.of("run-experiment", yaml);
        assertThat(first.exitCode()).as(first.text()).isZero();
        assertThat(first.text()).contains("4 jobs: 4 executed, 0 done before.");
        List<String[]> rows = table(first);
        assertThat(rows).extracting(row -> row[0]).containsExactly("3", "5");
        assertThat(rows).extracting(row -> Double.parseDouble(row[1])).allMatch(accuracy -> accuracy > MAJORITY + 0.1);
        assertThat(rows.getFirst()[1]).isNotEqualTo(rows.getLast()[1]);

        var second = CommandLineRun.of("run-experiment", yaml);
        assertThat(second.exitCode()).as(second.text()).isZero();
        assertThat(second.text()).contains("4 jobs: 0 executed, 4 done before.").doesNotContain("Compiling");
        assertThat(table(second)).containsExactlyElementsOf(rows);
    }

    private static List<String[]> table(CommandLineRun run) {
        return run.text()
                .lines()
                .dropWhile(line -> !line.startsWith("layers "))
                .skip(1)
                .takeWhile(line -> Character.isDigit(line.charAt(0)))
                .takeWhile(line -> !line.contains("jobs:"))
                .map(line -> line.split("\\s+"))
                .toList();
    }
}
