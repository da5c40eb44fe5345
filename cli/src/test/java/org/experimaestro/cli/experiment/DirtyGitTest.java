package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.cli.PlanFolder;
import org.experimaestro.cli.TempHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TempHome.class)
class DirtyGitTest {
    @TempDir
    private Path place;

    private int git(Path folder, String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.toString(), "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void run_withChanges_isRefusedBeforeAnythingIsSubmitted() throws Exception {
        PlanFolder folder = new PlanFolder(place).plan("").settings("dirty_git: error\n");
        assumeTrue(git(folder.path(), "init", "-q") == 0, "Skipped: there is no git");
        git(folder.path(), "add", "-A");
        git(folder.path(), "commit", "-q", "-m", "a commit");
        folder.settings("dirty_git: error # changed\n");

        var refused = folder.run();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.text())
                .contains("dirty_git is error, and 1 file differs from the commit", ": debug.yaml; commit them");
        assertThat(folder.workspace().resolve("experiments")).doesNotExist();

        assertThat(folder.run("--run-mode", "dry-run").exitCode()).isZero();
        var warned = folder.run("-c", "dirty_git=warn");
        assertThat(warned.exitCode()).as(warned.text()).isZero();
        assertThat(warned.text()).contains("Warning: 1 file differs from the commit");
        assertThat(folder.run("-c", "dirty_git=ignore").text()).doesNotContain("differs");
    }
}
