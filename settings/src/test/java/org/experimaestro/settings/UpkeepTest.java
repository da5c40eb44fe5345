package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
    @TempDir
    private Path folder;

    private WorkspaceSettings read(String own, String ofUser) throws IOException {
        Path workspace = Files.createDirectories(folder.resolve("work"));
        Files.writeString(workspace.resolve(WorkspaceSettings.NAME), own);
        Path config = Files.createDirectories(folder.resolve("config/experimaestro"));
        Files.writeString(config.resolve(UserSettings.NAME), ofUser);
        UserSettings user = UserSettings.read(
                Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()), () -> folder);
        return WorkspaceSettings.read(workspace, user);
    }

    @Test
    void read_bothSettings_areReadAndTheWorkspacesCount() throws IOException {
        Upkeep upkeep = read(
                        "folders: [{use: /lab, copy: true}, {backup: ../archive, where: 'time>1h'}, {move: /large}]\nenergy: off\n",
                        "workspaces: {w: {path: " + folder.resolve("work")
                                + ", folders: [{use: /other}], history: {done: 5, failed: 0}, energy: on, carbon: {intensity: 56}}}\n")
                .upkeep();

        assertThat(upkeep.folders())
                .extracting(FolderSetting::use, FolderSetting::folder, FolderSetting::copied, FolderSetting::where)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FolderSetting.Use.USE, Path.of("/lab"), true, ""),
                        org.assertj.core.groups.Tuple.tuple(
                                FolderSetting.Use.BACKUP, folder.resolve("archive"), false, "time>1h"),
                        org.assertj.core.groups.Tuple.tuple(FolderSetting.Use.MOVE, Path.of("/large"), false, ""));
        assertThat(upkeep.history()).isEqualTo(new HistorySettings(OptionalInt.of(5), OptionalInt.of(0)));
        assertThat(upkeep.energy())
                .isEqualTo(new EnergySettings(Optional.of(EnergySettings.Measured.OFF), Optional.of(56.0)));
    }

    @Test
    void read_wrongFolders_areProblemsWithTheirPlaces() {
        assertThatThrownBy(() -> read("folders:\n- {use: /a, move: /b}\n- {backup: /c, copy: true}\n", ""))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("settings.yaml:2: a folder has one of the keys \"use\", \"backup\" and \"move\"")
                .hasMessageContaining("settings.yaml:3: \"copy\" is for a folder with \"use\"");
        assertThatThrownBy(() -> read("history: {done: 0}\n", ""))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("settings.yaml:1");
    }
}
