package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any answer of a host. */
class HostAnswersFuzzTest {
    private static final String FOLDER = "jobs/t/0123456789abcdef0123456789abcdef";
    private static final String JOB = FOLDER + "/";
    private static final Map<String, HostFiles.Found> EXPECTED = Map.of(
            JOB + "model.bin", new HostFiles.Found(JOB + "model.bin", 0100644, 7, 1),
            JOB + ".experimaestro/done.json", new HostFiles.Found(JOB + ".experimaestro/done.json", 0100644, 2, 1),
            JOB + "link", new HostFiles.Found(JOB + "link", 0120777, 9, 1),
            JOB + "same", new HostFiles.Found(JOB + "same", 0100644, 7, 1));

    @TempDir
    private Path folder;

    @Test
    void tar_anyArchive_isStoredOrRefused() throws IOException {
        Path here = Files.createDirectories(folder.resolve("here"));
        Fuzz.of("tar")
                .seed(archive(TarArchiveOutputStream.LONGFILE_POSIX))
                .seed(archive(TarArchiveOutputStream.LONGFILE_GNU))
                .words(
                        "../",
                        "/etc/passwd",
                        "00000000000",
                        "77777777777",
                        "37777777777",
                        "\0ustar\00000",
                        "\0ustar  \0")
                .words(
                        "30 path=" + JOB + "model.bin\n",
                        "20 size=99999999999\n",
                        "22 GNU.sparse.major=1\n",
                        "K",
                        "L",
                        "x",
                        "S")
                .refusedBy(IOException.class)
                .bytes(bytes -> {
                    Places places = new Places(here, "/there", List.of(FOLDER));
                    try (FetchedFiles files = new FetchedFiles(places, new RefusedFiles(List.of(FOLDER)))) {
                        files.store(new ByteArrayInputStream(bytes), EXPECTED);
                        assertThat(files.received()).isSubsetOf(EXPECTED.keySet());
                    }
                });
    }

    private static byte[] archive(int longNames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(longNames);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            file(tar, JOB + "model.bin", "weights");
            file(tar, JOB + ".experimaestro/done.json", "{}");
            file(tar, JOB + "é".repeat(150), "a long name");
            TarArchiveEntry link = new TarArchiveEntry(JOB + "link", TarConstants.LF_SYMLINK);
            link.setLinkName("model.bin");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            TarArchiveEntry same = new TarArchiveEntry(JOB + "same", TarConstants.LF_LINK);
            same.setLinkName(JOB + "model.bin");
            tar.putArchiveEntry(same);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    @Test
    void complaint_ofSsh_isToldInWords() {
        Fuzz.of("ssh-complaint")
                .seeds(
                        """
                        @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
                        The fingerprint for the ED25519 key sent by the remote host is
                        SHA256:abc.
                        Offending ECDSA key in /home/a/.ssh/known_hosts:3
                        Host key for gate has changed and you have requested strict checking.
                        Host key verification failed.
                        """,
                        "me@gate: Permission denied (publickey).\n",
                        "ssh: connect to host gate port 22: timed out\n")
                .words("Host key for ", " has changed", "Offending ", " key in ", "SHA256:", "ssh-keygen ")
                .text(text -> {
                    for (boolean worked : new boolean[] {false, true}) {
                        assertThat(SshErrorClassifier.of("gate", "ssh gate", text, worked, worked))
                                .hasMessageContaining("gate");
                    }
                });
    }

    @Test
    void options_anyText_areReadOrRefused() {
        Fuzz.of("ssh-options")
                .seeds("-p 2222 -o 'ProxyJump=gate two' \"\" x", "")
                .refusedBy(IllegalArgumentException.class)
                .text(text -> assertThat(SshOptions.words(text)).doesNotContainNull());
    }
}
