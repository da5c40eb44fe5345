package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.experimaestro.ConfigException;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("corpus"));
        Files.writeString(folder.resolve("part-1"), "one");
    }

    @Test
    void of_folderWithABrokenLink_namesTheLinkAndItsTarget() throws IOException {
        Files.createSymbolicLink(folder.resolve("part-2"), Path.of("../annex/part-2"));

        assertThatThrownBy(digest())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot identify " + folder + " by its content: part-2: it is a link to"
                        + " ../annex/part-2, where there is nothing")
                .hasMessageContaining("fetch what is missing");
    }

    @Test
    void of_folderWithManyBrokenLinks_namesSomeAndCountsTheOthers() throws IOException {
        for (int i = 2; i <= 9; i++) {
            Files.createSymbolicLink(folder.resolve("part-" + i), Path.of("gone"));
        }
        assertThatThrownBy(digest()).hasMessageContaining("; and 3 more of this kind");
    }

    @Test
    void of_brokenLinkItself_namesItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("gone"));

        assertThatThrownBy(() -> ContentDigest.of(link))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(link + " by its content: it is a link to gone, where there is nothing");
    }

    @Test
    void of_linkToItself_isAnError() throws IOException {
        Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));

        assertThatThrownBy(digest())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("self: it is a link to self");
    }

    @Test
    void of_linkToAFolderAbove_isAnError() throws IOException {
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("below")).resolve("up"), Path.of(".."));

        assertThatThrownBy(digest())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("below/up: it is a link to .., a folder that it is in itself");
    }

    @Test
    void of_linksThatLeadOutOfTheFolder_areWhatIsThere() throws IOException {
        Path whole = Files.createDirectories(temporary.resolve("whole/more")).getParent();
        Files.writeString(whole.resolve("part-1"), "one");
        Files.writeString(whole.resolve("part-2"), "two");
        Files.writeString(whole.resolve("more/part-3"), "three");
        Files.createSymbolicLink(folder.resolve("part-2"), whole.resolve("part-2"));
        Files.createSymbolicLink(folder.resolve("more"), whole.resolve("more"));

        assertThat(ContentDigest.of(folder)).isEqualTo(ContentDigest.of(whole));
    }

    @Test
    void of_folderWithASocket_isAnError() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));

            assertThatThrownBy(digest())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("socket: it is neither a file nor a folder");
        }
    }

    @Test
    void of_pipe_isAnErrorAndIsNotOpened() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(mkfifo.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThatThrownBy(digest()).isInstanceOf(ConfigException.class).hasMessageContaining("pipe: it is neither");
        assertThatThrownBy(() -> ContentDigest.of(pipe))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it is neither a file nor a folder");
    }

    @Test
    void of_unreadableFileOrFolder_isNamed() throws IOException {
        Path secret = Files.createDirectory(folder.resolve("secret"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        try {
            Assumptions.assumeFalse(Files.isReadable(secret), "permissions do not bind this user");
            assertThatThrownBy(digest())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("secret: there is no permission to read it");
        } finally {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void of_nameThatIsNoText_isAnError() throws Exception {
        Process touch = new ProcessBuilder("sh", "-c", "touch \"$(printf 'caf\\351')\"")
                .directory(folder.toFile())
                .start();
        assertThat(touch.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThatThrownBy(digest()).isInstanceOf(ConfigException.class).hasMessageContaining("its name is not text");
    }

    @Test
    void of_fileThatVanishesAfterItsFolderWasRead_isNamed() throws IOException {
        Path part = folder.resolve("part-1");
        Disturbance other = Disturbance.onceAfter(Operation.LOOK, part::equals, Files::delete);

        assertThatThrownBy(() -> ContentDigest.of(disturb(folder, other)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(folder + " by its content: part-1: there is no such file");
    }

    @Test
    void of_fileThatGrowsWhileItIsRead_isAnError() throws IOException {
        Path part = folder.resolve("part-1");
        Disturbance writer =
                Disturbance.onceBefore(Operation.OPEN, part::equals, path -> Files.writeString(path, "one and more"));

        assertThatThrownBy(() -> ContentDigest.of(disturb(folder, writer)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("part-1: it was changed while it was read");
    }

    private ThrowingCallable digest() {
        return () -> ContentDigest.of(folder);
    }
}
