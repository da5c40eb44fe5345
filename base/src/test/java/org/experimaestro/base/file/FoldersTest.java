package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path place;

    private Object mode(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:mode");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void setPermissions_folderOfAGroup_keepsItsGroupForNewFiles() throws IOException {
        Path shared = Files.createDirectory(place.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 02775);
        int type = (Integer) mode(shared) & ~07777;

        Folders.setPermissions(shared, PosixFilePermissions.fromString("rwx------"));
        assertThat(mode(shared)).isEqualTo(type | 02700);

        Files.setAttribute(shared, "unix:mode", 02570);
        assertThat(Folders.makeWritable(shared)).isTrue();
        assertThat(mode(shared)).isEqualTo(type | 02770);
        assertThat(mode(Files.createDirectory(shared.resolve("below"))))
                .satisfies(below -> assertThat((Integer) below & 02000).isEqualTo(02000));
    }
}
