package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedFolderTest {
    @TempDir
    Path folder;

    @Test
    void make_again_isOneLook() throws IOException {
        List<Operation> operations = new ArrayList<>();
        CheckedFolder checked = new CheckedFolder(counted(operations).resolve("one"), "two");
        Path made = checked.make();
        operations.clear();

        assertThat(checked.make()).isSameAs(made);
        assertThat(operations).containsExactly(Operation.LOOK);
    }

    @Test
    void make_afterTheFolderWasDeleted_makesAndChecksItAgain() throws IOException {
        CheckedFolder checked = new CheckedFolder(folder.resolve("one"), "two");
        Files.delete(checked.make());
        Files.setPosixFilePermissions(folder.resolve("one"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(checked::make).hasMessageContaining("all users of this machine may write");
        assertThatThrownBy(checked::make).hasMessageContaining("all users of this machine may write");
        Files.setPosixFilePermissions(folder.resolve("one"), PosixFilePermissions.fromString("rwx------"));

        assertThat(checked.make()).isDirectory().isEqualTo(folder.resolve("one/two"));
    }

    private Path counted(List<Operation> operations) {
        return disturb(folder, new Disturbance() {
            @Override
            public void before(Operation operation, Path path) {
                operations.add(operation);
            }
        });
    }
}
