package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With the permissions of this user; the tests of read-only workspaces have another one where they run as root. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class AccessObstacleTest {
    @TempDir
    private Path place;

    private Path folder;
    private Path file;

    @BeforeEach
    void makeFiles() throws IOException {
        folder = Files.createDirectory(place.resolve("folder"));
        file = Files.writeString(folder.resolve("file"), "");
    }

    private static Path closed(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return path;
    }

    @Test
    void find_allIsAllowed_isNone() throws IOException {
        assertThat(AccessObstacle.find(file)).isEmpty();
        assertThat(AccessObstacle.find(folder.resolve("missing/file"))).isEmpty();
        assertThat(AccessObstacle.inFolder(folder)).isEmpty();
        assertThat(AccessObstacle.inFolder(folder.resolve("missing"))).isEmpty();
    }

    @Test
    void find_refusal_isTheFirstOnTheWay() throws IOException {
        Assumptions.assumeFalse(Files.isWritable(closed(file, "r--r-----")), "root may write everywhere");
        assertThat(AccessObstacle.find(file)).map(AccessObstacle::file).contains(file);
        closed(folder, "r-xr-xr-x");
        assertThat(AccessObstacle.find(file).orElseThrow())
                .hasToString(folder + " belongs to " + Files.getOwner(folder) + ", group "
                        + Files.getAttribute(folder, "posix:group") + ", with r-xr-xr-x, and you are "
                        + System.getProperty("user.name"));
        assertThat(AccessObstacle.find(folder.resolve("new")))
                .map(AccessObstacle::file)
                .contains(folder);
        closed(folder, "rw-------");
        assertThat(AccessObstacle.find(file)).map(AccessObstacle::file).contains(folder);
        closed(folder, "rwx------");
        closed(file, "---------");
        assertThat(AccessObstacle.find(file)).map(AccessObstacle::file).contains(file);
    }
}
