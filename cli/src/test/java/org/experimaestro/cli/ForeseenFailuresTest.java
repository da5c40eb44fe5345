package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user can do wrong, or a machine: a message, and no trace of our code or of a library. */
@ExtendWith(TempHome.class)
class ForeseenFailuresTest {
    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new PlanFolder(place);
        folder.plan("");
        folder.file("text.txt", "text\n").file("bad.yaml", "a: [\n").file("tabs.yaml", "a:\n\tb: 1\n");
        Files.write(folder.path().resolve("binary.yaml"), new byte[] {(byte) 0xff, 0, 1});
        Files.createDirectories(folder.path().resolve("folder.yaml"));
        folder.file("project/pom.xml", "<project").file("project/x.yaml", "class: acme.Plan\n");
        folder.file("launchers.yaml", "launchers: 5\n").file("regex.yaml", "file: 'a[(*'\n");
        folder.file("imports.yaml", "file: experiment\nimports: [nothere.yaml]\n");
        folder.file("loop.yaml", "file: experiment\nimports: loop.yaml\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run-experiment HERE/nothere.yaml  | does not exist
            run-experiment HERE/bad.yaml      | bad.yaml:
            run-experiment HERE/tabs.yaml     | tabs.yaml:
            run-experiment HERE/binary.yaml   | binary.yaml
            run-experiment HERE/folder.yaml   | folder.yaml
            run-experiment HERE/imports.yaml  | nothere.yaml
            run-experiment HERE/loop.yaml     | loop.yaml
            run-experiment HERE/regex.yaml    | a[(*
            run-experiment HERE/project/x.yaml | pom.xml
            run-experiment HERE/debug.yaml --workdir HERE/text.txt   | text.txt
            run-experiment HERE/debug.yaml --workdir HERE/text.txt/x | text.txt
            run-experiment HERE/debug.yaml --workdir /proc/x         | /proc/x
            jobs list --workdir HERE/text.txt | text.txt
            jobs list --workdir HERE/nothere  | nothere
            describe --class-path HERE/nothere | nothere
            describe X --class-path HERE/text.txt | text.txt
            describe --plan HERE/nothere.yaml | nothere.yaml
            launchers list --file HERE/nothere | nothere
            launchers list --file HERE/launchers.yaml | launchers.yaml:1
            launchers find nonsense --file HERE/launchers.yaml | nonsense
            launchers generate -o /proc/x/launchers.yaml | /proc/x
            """)
    void wrongInput_anyCommand_isToldWithoutATrace(String command, String named) {
        var run = CommandLineRun.of(
                command.replace("HERE", folder.path().toString()).split(" "));

        assertThat(run.text()).contains(named).doesNotContain("    at ", "\tat ", "Caused by", "Exception");
        assertThat(run.exitCode()).isPositive();
    }

    @Test
    void dependency_notThere_isToldWithoutATrace() {
        folder.file("Library.java", "//DEPS org.nothere:nothere:1\nclass Library {}\n");

        var run = folder.run();

        assertThat(run.text()).contains("Library.java:1: org.nothere:nothere:1").doesNotContain("Caused by", "    at ");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void planThatThrows_ofItsOwnFault_isToldWithItsLines() {
        folder.plan("throw new IllegalStateException(\"a\", new java.io.IOException(\"b\"));");

        assertThat(folder.run().text())
                .contains("failed: java.lang.IllegalStateException: a")
                .contains("    at P.run(experiment.java:5)")
                .contains("Caused by: java.io.IOException: b");
    }
}
