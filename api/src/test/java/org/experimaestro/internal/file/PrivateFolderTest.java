package org.experimaestro.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    @TempDir
    Path folder;

    @Test
    void make_missingFolders_areAllForTheOwnerAlone() throws IOException {
        Path made = PrivateFolder.make(folder.resolve("one/two/three"));

        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("one"))).isEqualTo("rwx------");
    }

    @Test
    void make_twice_isTheSame() throws IOException {
        PrivateFolder.make(folder.resolve("one"));

        assertThat(permissions(PrivateFolder.make(folder.resolve("one")))).isEqualTo("rwx------");
    }

    @Test
    void make_folderThatOthersMayRead_isClosedToThem() throws IOException {
        Path open = with("rwxr-xr-x");

        assertThat(permissions(PrivateFolder.make(open))).isEqualTo("rwx------");
    }

    @Test
    void make_folderWhereOthersMayWrite_isRefusedWithWhatToDo() throws IOException {
        for (String permissions : new String[] {"rwxrwx---", "rwx---rwx"}) {
            Path open = with(permissions);

            assertThatThrownBy(() -> PrivateFolder.make(open))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("others may write")
                    .hasMessageContaining("chmod go-rwx " + open);
            assertThat(permissions(open)).isEqualTo(permissions);
        }
    }

    @Test
    void make_file_isRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> PrivateFolder.make(file)).hasMessageContaining("in the place of a folder");
    }

    @Test
    void make_folderOfAnotherUser_isRefusedAlsoThroughALinkOfOurs() throws IOException {
        OtherUser other = other();
        Path foreign = other.own(with("rwx------"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), foreign);

        assertThatThrownBy(() -> PrivateFolder.make(foreign)).hasMessageContaining("belongs to");
        assertThatThrownBy(() -> PrivateFolder.make(link)).hasMessageContaining("belongs to");
    }

    @Test
    void make_linkOfAnotherUser_isRefusedAlsoToAFolderOfOurs() throws IOException {
        OtherUser other = other();
        Path link = other.own(Files.createSymbolicLink(folder.resolve("link"), with("rwx------")));

        assertThatThrownBy(() -> PrivateFolder.make(link)).hasMessageContaining("belongs to");
    }

    private static OtherUser other() {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        return other.orElseThrow();
    }

    private Path with(String permissions) throws IOException {
        Path made = Files.createDirectory(folder.resolve("with-" + permissions));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
