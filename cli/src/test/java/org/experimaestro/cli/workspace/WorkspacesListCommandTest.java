package org.experimaestro.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.cli.Main;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, whose environment has the folder of the settings. */
@Timeout(120)
class WorkspacesListCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeWorkspaces() throws IOException {
        folder = folder.toRealPath();
        Workspace.open(folder.resolve("work")).experiment("grid").newRun(Instant.EPOCH);
        Files.writeString(folder.resolve("settings.yaml"), """
                workspaces:
                  trec: {path: none, triggers: [trec-*, nq]}
                  local: {path: work}
                """);
    }

    @Test
    void list_namesTheWorkspaces_andMarksThatOfTheCurrentFolder() throws Exception {
        assertThat(run("workspaces", "list").lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "NAME | FOLDER | EXPERIMENTS OF | STATE",
                        "trec | " + folder.resolve("none") + " | trec-*, nq | not made yet",
                        "* | local | " + folder.resolve("work") + " | 1 experiment");
        assertThat(run("workspaces", "list", "--json").lines())
                .first()
                .isEqualTo("{\"name\":\"trec\",\"folder\":\"" + folder.resolve("none")
                        + "\",\"triggers\":[\"trec-*\",\"nq\"],\"state\":\"not made yet\",\"here\":false}");
    }

    @Test
    void workspaceOption_namesOne() throws Exception {
        assertThat(run("experiments", "list", "--workspace", "local")).contains("grid");
        assertThat(run("experiments", "list", "--workspace", "locall"))
                .contains("There is no workspace \"locall\" in ", "did you mean \"local\"?");
        assertThat(run("experiments", "list", "--workspace", "local", "--workdir", "work"))
                .contains("--workdir and --workspace both name the workspace; give one of them");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("current")).toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        builder.environment().put("EXPERIMAESTRO_CONFIG", folder.toString());
        builder.environment().remove("EXPERIMAESTRO_WORKDIR");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
