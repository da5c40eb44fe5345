package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who keep files of their own in a workspace need to know which files runs write there. */
class WorkspaceLayoutTest {
    @TempDir
    private Path root;

    @Test
    void isWrittenByRuns_foldersOfAWorkspace_areKnown() throws IOException {
        Workspace workspace = Workspace.open(root);
        RunFolder run = workspace.experiment("digits").newRun(Instant.EPOCH);
        Path batch = workspace.newBatch(Instant.EPOCH);

        assertThat(WorkspaceLayout.isWorkspace(root)).isTrue();
        for (Path written : new Path[] {
            WorkspaceLayout.jobs(root),
            WorkspaceLayout.classPath(root),
            batch.getParent(),
            run.path().getParent(),
            workspace.experiment("digits").results()
        }) {
            assertThat(WorkspaceLayout.isWrittenByRuns(written))
                    .as("%s", written)
                    .isTrue();
        }
        for (Path mine :
                new Path[] {root, root.resolve("src"), root.resolve("experiments/digits"), root.resolve("runs")}) {
            assertThat(WorkspaceLayout.isWrittenByRuns(mine)).as("%s", mine).isFalse();
        }
    }

    @Test
    void isWrittenByRuns_sameNamesElsewhere_areAnybodys() throws IOException {
        Files.createDirectories(root.resolve("experiments/digits/runs"));

        assertThat(WorkspaceLayout.isWorkspace(root)).isFalse();
        assertThat(WorkspaceLayout.isWrittenByRuns(root.resolve("jobs"))).isFalse();
        assertThat(WorkspaceLayout.isWrittenByRuns(root.resolve("experiments/digits/runs")))
                .isFalse();
    }

    @Test
    void isOwnFile_files_areThoseThatNobodyElseWrites() {
        assertThat(WorkspaceLayout.isOwnFile(WorkspaceLayout.MARKER)).isTrue();
        assertThat(WorkspaceLayout.isOwnFile(WorkspaceLayout.ID)).isTrue();
        assertThat(WorkspaceLayout.isOwnFile("settings.yaml")).isFalse();
    }
}
