package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {
    @TempDir
    Path folder;

    /** The test vectors of RFC 1321 and FIPS 180. */
    @Test
    void read_aText_isItsDigest() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");

        assertThat(hex(Digests.read(file, Digests.newMd5()))).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(hex(Digests.read(file, Digests.newSha256())))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(hex(Digests.read(file, Digests.newDigest("SHA-1"))))
                .isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    @Test
    void read_fileThatChanges_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");
        Path changing = disturb(
                file,
                Disturbance.onceAfter(
                        Operation.OPEN,
                        path -> true,
                        path -> Files.writeString(path, "more", StandardOpenOption.APPEND)));

        assertThatThrownBy(() -> Digests.read(changing, Digests.newSha256()))
                .hasMessageContaining("it was changed while it was read");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
