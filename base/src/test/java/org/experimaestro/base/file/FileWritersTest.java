package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWritersTest {
    private static final FileWriters SOME =
            new FileWriters(new TreeSet<>(Set.of("anna", "bob")), new TreeSet<>(Set.of("lab")), true);

    @TempDir
    Path folder;

    @Test
    void of_ownFile_isNobody() throws IOException {
        assertThat(FileWriters.of(file("rw-r--r--")).isEmpty()).isTrue();
    }

    @Test
    void of_fileThatAllMayWrite_isEveryone() throws IOException {
        FileWriters writers = FileWriters.of(file("rw-r--rw-"));

        assertThat(writers.isEveryone()).isTrue();
        assertThat(writers).hasToString("all users of this machine");
    }

    @Test
    void of_groupThatMayWrite_countsUnlessItIsThePrivateOneOfTheOwner() throws IOException {
        Path file = file("rw-rw-r--");
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
        boolean isPrivate = found.group().getName().equals(found.owner().getName());
        assertThat(FileWriters.of(file).groups().isEmpty()).isEqualTo(isPrivate);
        other();
        Files.setAttribute(file, "unix:gid", OtherUser.NUMBER, LinkOption.NOFOLLOW_LINKS);

        assertThat(FileWriters.of(file).groups())
                .containsExactly(Files.readAttributes(file, PosixFileAttributes.class)
                        .group()
                        .getName());
    }

    @Test
    void of_fileOfAnotherUser_isThatUser() throws IOException {
        Path file = other().own(file("rw-r--r--"));

        assertThat(FileWriters.of(file).users())
                .containsExactly(Files.getOwner(file).getName());
    }

    @Test
    void of_linkOfAnotherUserToAnOwnFile_isThatUser() throws IOException {
        Path link = other().own(Files.createSymbolicLink(folder.resolve("link"), file("rw-r--r--")));

        assertThat(FileWriters.of(link).users()).hasSize(1);
    }

    @Test
    void ofPlace_folderWhereOthersMayWrite_isTheseUnlessEachMayTouchOnlyTheirOwn() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(FileWriters.ofPlace(open.resolve("none")).isEveryone()).isTrue();

        Files.setAttribute(open, "unix:mode", 01777);

        assertThat(FileWriters.ofPlace(open.resolve("none")).isEmpty()).isTrue();
    }

    @Test
    void ofPlace_stickyFolderOfAnotherUser_isThatUser() throws IOException {
        Path open = other().own(Files.createDirectory(folder.resolve("open")));
        Files.setAttribute(open, "unix:mode", 01777);

        assertThat(FileWriters.ofPlace(open.resolve("none")).users()).hasSize(1);
    }

    @Test
    void without_names_leavesTheOthers() {
        assertThat(SOME.without(List.of("anna"), List.of("lab")))
                .hasToString("the user bob and all users of this machine");
        assertThat(SOME.without(List.of("anna", "bob"), List.of("lab")).isEmpty())
                .isFalse();
        assertThat(SOME.without(List.of("lab"), List.of("anna"))).isEqualTo(SOME);
    }

    @Test
    void toString_several_areAList() {
        assertThat(SOME).hasToString("the user anna, the user bob, the group lab and all users of this machine");
    }

    private static OtherUser other() {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        return other.orElseThrow();
    }

    private Path file(String permissions) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
