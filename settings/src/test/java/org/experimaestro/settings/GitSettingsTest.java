package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.PlanException;
import org.experimaestro.core.git.DirtyGit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSettingsTest {
    @TempDir
    private Path folder;

    private GitSettings read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("debug.yaml"), yaml);
        return ExperimentFile.read(file, List.of()).git();
    }

    @Test
    void git_keys_areReadAndCompletedByOtherFiles() throws IOException {
        assertThat(read("id: a\n")).isEqualTo(GitSettings.NONE);
        GitSettings file = read("dirty_git: error\n");
        assertThat(file.dirtyGit()).contains(DirtyGit.ERROR);
        assertThat(file.patchLimit()).isEmpty();
        GitSettings limits = read("dirty_git: warn\npatch_limit: 64MiB\n");
        assertThat(limits.patchLimit()).hasValue(64L << 20);
        assertThat(read("patch_limit: 0\n").patchLimit()).hasValue(0);
        assertThat(file.or(limits)).isEqualTo(new GitSettings(file.dirtyGit(), limits.patchLimit()));
    }

    @Test
    void git_wrongValues_areProblemsWithTheirPlaces() {
        assertThatThrownBy(() -> read("dirty_git: maybe\npatch_limit: much\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("debug.yaml:1: \"dirty_git\" must be ignore, warn or error")
                .hasMessageContaining("debug.yaml:2: \"patch_limit\" must be a size such as 64MiB, or 0");
    }

    @Test
    void read_settingsOfAWorkspace_haveTheKeys() throws IOException {
        Files.writeString(folder.resolve(WorkspaceSettings.NAME), "dirty_git: warn\n");
        assertThat(WorkspaceSettings.read(folder, UserSettings.none("~/settings.yaml"))
                        .git()
                        .dirtyGit())
                .contains(DirtyGit.WARN);
    }
}
