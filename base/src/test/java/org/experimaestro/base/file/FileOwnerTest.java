package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOwnerTest {
    @TempDir
    Path folder;

    @Test
    void of_ownFile_isThisUser() throws IOException {
        FileOwner owner = FileOwner.of(Files.createFile(folder.resolve("mine")));

        assertThat(owner.isThisUser()).isTrue();
        assertThat(owner.isTrusted()).isTrue();
        assertThat(owner.name()).isEqualTo(Files.getOwner(folder).getName());
    }

    @Test
    void name_isLookedUpOnlyWhenItIsAskedFor() throws IOException {
        Path file = Files.createFile(folder.resolve("mine"));
        FileOwner owner = FileOwner.of(file);
        Files.delete(file);

        assertThat(owner.name()).isEqualTo(Long.toString(owner.number()));
        assertThat(owner.isThisUser()).isTrue();
    }

    @Test
    void of_filesOfRoot_areTrusted() throws IOException {
        assertThat(FileOwner.of(Path.of("/etc/passwd")).isTrusted()).isTrue();
    }

    @Test
    void of_filesOfAnotherUser_areNotTrusted() throws IOException {
        OtherUser other = other();
        FileOwner owner = FileOwner.of(other.own(Files.createFile(folder.resolve("foreign"))));

        assertThat(owner.isTrusted()).isFalse();
        assertThat(owner.number()).isEqualTo(OtherUser.NUMBER);
    }

    @Test
    void of_linkOfAnotherUser_isTheLinksNotTheFiles() throws IOException {
        OtherUser other = other();
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createFile(folder.resolve("mine")));

        assertThat(FileOwner.of(other.own(link)).isTrusted()).isFalse();
    }

    private static OtherUser other() {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        return other.orElseThrow();
    }
}
