package org.experimaestro.base.file;

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
        assertRefused(with("rwx---rwx"), "all users of this machine may write");
    }

    @Test
    void make_folderWhereAGroupMayWrite_isRefusedUnlessItIsThePrivateOneOfTheOwner() throws IOException {
        other();
        Path open = with("rwxrwx---");
        Files.setAttribute(open, "unix:gid", OtherUser.NUMBER);
        assertRefused(open, "the group ");

        Files.setAttribute(open, "unix:gid", 0);

        assertThat(permissions(PrivateFolder.make(open))).isEqualTo("rwx------");
    }

    private static void assertRefused(Path open, String why) throws IOException {
        String permissions = permissions(open);

        assertThatThrownBy(() -> PrivateFolder.make(open))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("chmod go-rwx " + open);
        assertThat(permissions(open)).isEqualTo(permissions);
    }

    @Test
    void make_below_checksEach() throws IOException {
        Path made = PrivateFolder.make(folder.resolve("one"), "two", "three");

        assertThat(made).isEqualTo(folder.resolve("one/two/three"));
        assertThat(permissions(folder.resolve("one/two"))).isEqualTo("rwx------");
        Files.setPosixFilePermissions(folder.resolve("one/two"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> PrivateFolder.make(folder.resolve("one"), "two", "three"))
                .hasMessageContaining(folder.resolve("one/two").toString());
    }

    @Test
    void make_inAFolderWhereOthersMayExchangeIt_isRefused() throws IOException {
        Path open = with("rwxrwxrwx");
        assertThatThrownBy(() -> PrivateFolder.make(open.resolve("ours")))
                .hasMessageContaining("can be changed by all users of this machine")
                .hasMessageContaining("could put another one in its place: run chmod go-w " + open);
        assertThat(open.resolve("ours")).doesNotExist();

        Files.setAttribute(open, "unix:mode", 01777);

        assertThat(permissions(PrivateFolder.make(open.resolve("ours")))).isEqualTo("rwx------");
    }

    @Test
    void make_inAFolderOfAnotherUser_isRefused() throws IOException {
        Path foreign = other().own(with("rwxr-xr-x"));

        assertThatThrownBy(() -> PrivateFolder.make(foreign.resolve("ours")))
                .hasMessageContaining("can be changed by the user");
        assertThat(foreign.resolve("ours")).doesNotExist();
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

    /** In a folder such as /tmp, no other user may move the link away, but every user may move a link into it. */
    @Test
    void make_linkOfOursInASharedFolder_isRefused() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 01777);
        Path link = Files.createSymbolicLink(shared.resolve("link"), with("rwx------"));

        assertThatThrownBy(() -> PrivateFolder.make(link))
                .hasMessageContaining("can be changed by all users of this machine");
        assertThat(permissions(PrivateFolder.make(shared.resolve("folder")))).isEqualTo("rwx------");
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
