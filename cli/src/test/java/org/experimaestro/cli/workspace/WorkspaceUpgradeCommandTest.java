package org.experimaestro.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.PlanFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the workspace of examples/quickstart that the last version of format 1 has written. */
@Timeout(300)
class WorkspaceUpgradeCommandTest {
    private static final Path STORED = Path.of("../workspace/src/test/resources/org/experimaestro/workspace/format-1");
    private static final Path QUICKSTART = Path.of("../examples/quickstart/experiment.java");

    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void copyStoredWorkspace() throws IOException {
        folder = new PlanFolder(place).file("experiment.java", Files.readString(QUICKSTART));
        try (Stream<Path> files = Files.walk(STORED)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, folder.workspace().resolve(STORED.relativize(file).toString()));
            }
        }
    }

    private CommandLineRun upgrade(String... options) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of("workspace", "upgrade", folder.workspace().toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void upgrade_thenThePlan_runsNothingAgain() throws IOException {
        folder.settings("id: pi\ncounts: [1000, 2000]\nseeds: [1]\n");
        CommandLineRun refused = folder.run();
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.text())
                .contains(
                        "its format is 1, this version reads 2",
                        "experimaestro workspaces upgrade " + folder.workspace());

        CommandLineRun preview = upgrade("--dry-run");
        assertThat(preview.text())
                .contains(
                        "run pi/20261128-172225 would become pi/20261128-162225",
                        "would be converted to format 2: 15 files");
        CommandLineRun upgrade = upgrade();
        assertThat(upgrade.exitCode()).as(upgrade.text()).isZero();
        assertThat(upgrade.text())
                .contains("run pi/20261128-172259 is now pi/20261128-162259", "has format 2 now: 15 files converted");
        assertThat(upgrade().text()).contains("has format 2 already");

        // Their identifiers are those of the stored parameters, which did not change.
        CommandLineRun run = folder.run();
        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.told()).contains("1000   3.1880", "2 jobs: 0 executed, 2 done before.");

        // A job that is not done goes on with the next attempt.
        Path own = folder.workspace().resolve("jobs/quickstart.darts/c08b16894ebc22c7fcee75e0882d8d5a/.experimaestro");
        Files.delete(own.resolve("done.json"));
        CommandLineRun next = folder.run();
        assertThat(next.told()).contains("2000   3.2040", "2 jobs: 1 executed, 1 done before.");
        assertThat(own.resolve("done.json")).content().contains("\"attempt\": 2", "\"usage\": {", "\"wallSeconds\": ");
    }

    @Test
    void everyCommand_formatOne_saysHowToConvertIt() {
        String workdir = "--workdir=" + folder.workspace();
        for (String[] command : new String[][] {
            {"jobs", "list", workdir},
            {"jobs", "log", "01b6", workdir},
            {"jobs", "kill", "01b6", workdir},
            {"explain", "01b6", workdir},
            {"describe", "quickstart.darts", workdir}
        }) {
            CommandLineRun run = CommandLineRun.of(command);
            assertThat(run.exitCode()).as("%s", run).isOne();
            assertThat(run.text()).contains("experimaestro workspaces upgrade " + folder.workspace());
        }
    }

    @Test
    void upgrade_noWorkspace_isRefused() {
        CommandLineRun run = CommandLineRun.of(
                "workspace", "upgrade", place.resolve("nowhere").toString());
        assertThat(run.exitCode()).isOne();
        assertThat(run.text()).contains("There is no workspace in " + place.resolve("nowhere"));
        assertThat(place.resolve("nowhere")).doesNotExist();
    }
}
