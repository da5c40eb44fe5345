package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where batch systems write what they say themselves, with the rights of the user. */
class BatchFolderTest {
    @TempDir
    Path root;

    @Test
    void makeBatch_new_isForItsUserAloneToWrite() throws IOException {
        Workspace workspace = Workspace.open(root);
        Path batch = workspace.newBatch(Instant.now());

        workspace.makeBatch(batch);

        assertThat(Files.getPosixFilePermissions(batch))
                .contains(PosixFilePermission.OWNER_WRITE)
                .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        assertThatThrownBy(() -> workspace.makeBatch(batch)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void findBatchLog_ofAHost_isItsPlaceHere() {
        String log = "batches/20261123-215617-3f2a9c11/log-5.log";

        assertThat(Workspace.findBatchLog(root, "/home/me/work/" + log)).contains(root.resolve(log));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/me/.netrc",
                "/w/batches/20261123-215617-3f2a9c11/../../secret",
                "/w/batches/20261123-215617-3f2a9c11/x/log-5.log",
                "/w/batches/20261123-215617-3f2a9c11/log-5.log\n",
                "/w/batches/../log-5.log",
                ""
            })
    void findBatchLog_anythingElse_isNone(String log) {
        assertThat(Workspace.findBatchLog(root, log)).isEmpty();
    }
}
