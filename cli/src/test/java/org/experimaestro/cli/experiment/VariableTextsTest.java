package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.GitSettings;
import org.experimaestro.settings.NamedFilters;
import org.experimaestro.settings.Upkeep;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.spi.LauncherDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariableTextsTest {
    @TempDir
    private Path folder;

    @Test
    void lines_severalPlaces_areInTheOrderInWhichTheyCount() throws IOException {
        var workspace = new WorkspaceSettings(
                new TreeMap<>(Map.of("A", "1", "B", "s3cret")),
                new TreeMap<>(Map.of("A", "/ws/settings.yaml:2", "B", "/ws/settings.yaml:3")),
                new TreeMap<>(),
                NamedFilters.NONE,
                GitSettings.NONE,
                Upkeep.NONE);

        assertThat(lines(
                        "env: {A: 2}\n",
                        workspace,
                        launcher("gpu", Map.of("A", "3", "C", "4")),
                        launcher("cpu", Map.of("C", "5"))))
                .containsExactly(
                        "# Variables of jobs, and what sets them:",
                        "#   A: debug.yaml:1, in place of /ws/settings.yaml:2, in place of ~/launchers.yaml (for gpu)",
                        "#   B: /ws/settings.yaml:3",
                        "#   C: ~/launchers.yaml (for gpu, cpu)");
    }

    @Test
    void lines_noVariables_areNone() throws IOException {
        assertThat(lines("", WorkspaceSettings.none())).isEmpty();
    }

    private List<String> lines(String text, WorkspaceSettings workspace, LauncherDefinition... launchers)
            throws IOException {
        Path yaml = Files.writeString(folder.resolve("debug.yaml"), text);
        return VariableTexts.lines(
                "~/launchers.yaml", List.of(launchers), workspace, ExperimentFile.read(yaml, List.of()));
    }

    private static LauncherDefinition launcher(String name, Map<String, String> environment) {
        return new LauncherDefinition(
                name,
                LauncherDefinition.DIRECT,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>(environment),
                Optional.empty(),
                new TreeMap<>(),
                0,
                new TreeMap<>(),
                List.of());
    }
}
