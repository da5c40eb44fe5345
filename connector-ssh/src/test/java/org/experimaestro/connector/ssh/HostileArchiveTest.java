package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that no tar makes of the files that were listed. */
@Timeout(120)
class HostileArchiveTest {
    private static final String JOB = "jobs/type/0123";
    private static final String FILE = JOB + "/file";
    private static final String SECOND = JOB + "/second";
    private static final int LISTED_SIZE = 10;

    @TempDir
    private Path folder;

    private Path root;
    private Path secret;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
    private final Map<String, HostFiles.Found> listed = new LinkedHashMap<>();
    private final RefusedFiles refusals = new RefusedFiles(List.of(JOB));

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectory(folder.resolve("work"));
        secret = Files.writeString(folder.resolve("secret"), "SECRET");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        list(FILE, 0100644);
        list(SECOND, 0100644);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/file", "../file", "./../file", "", ".", JOB + "/../file", JOB + "//file"})
    void store_nameThatWasNotListed_isLeftOut(String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(1);
        put(entry, "x");
        file(SECOND, "y");

        store();

        assertThat(files()).containsExactly(SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../../secret", "/etc/passwd", "settings.yaml", "jobs/type/4567/out", "link"})
    void store_hardLinkToWhatTheArchiveHasNot_isRefused(String first) throws IOException {
        Files.writeString(root.resolve("settings.yaml"), "x");
        Files.createDirectories(root.resolve(JOB));
        Files.createSymbolicLink(root.resolve(JOB + "/link"), secret);
        hardLink(FILE, first.equals("link") ? JOB + "/link" : first);
        file(SECOND, "y");

        store();

        assertThat(sentence()).contains(FILE);
        assertThat(root.resolve(FILE)).doesNotExist();
        assertThat(root.resolve(SECOND)).hasContent("y");
    }

    @Test
    void store_hardLinkToARefusedLink_isRefusedAndNothingIsRead() throws IOException {
        list(FILE, 0120777);
        link(FILE, secret.toString());
        hardLink(SECOND, FILE);

        store();

        assertThat(sentence()).contains(FILE, SECOND);
        assertThat(files()).isEmpty();
    }

    @Test
    void store_hardLinkToALinkInAnotherFolder_isCheckedThere() throws IOException {
        // "../../x" is in the folder of jobs from here, and not from there.
        String deep = JOB + "/a/b/link";
        list(deep, 0120777);
        list(SECOND, 0120777);
        link(deep, "../../../../x");
        hardLink(SECOND, deep);

        store();

        assertThat(Files.isSymbolicLink(root.resolve(deep))).isTrue();
        assertThat(Files.exists(root.resolve(SECOND), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(sentence()).contains(SECOND).doesNotContain(deep);
    }

    @Test
    void store_fileThroughALinkThatCameBefore_isRefused() throws IOException {
        Files.createDirectories(root.resolve("jobs/type/4567"));
        String link = JOB + "/a";
        String through = link + "/done.json";
        list(link, 0120777);
        list(through, 0100644);
        link(link, "../4567");
        file(through, "x");
        file(SECOND, "y");

        store();

        assertThat(root.resolve("jobs/type/4567")).isEmptyDirectory();
        assertThat(root.resolve(SECOND)).hasContent("y");
        assertThat(sentence()).contains(through);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_DIR,
                TarConstants.LF_SYMLINK,
                '~'
            })
    void store_otherKindThanListed_isNotReceived(byte kind) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(FILE, kind);
        entry.setLinkName("second");
        put(entry, "");
        file(SECOND, "y");
        assertThat(store()).isEqualTo(1);
        assertThat(files()).containsExactly(SECOND);
    }

    @Test
    void store_moreThanListed_isCutOff() throws IOException {
        file(FILE, "x".repeat(10_000));
        file(SECOND, "y");
        store();
        assertThat(root.resolve(FILE)).hasContent("x".repeat(LISTED_SIZE));
        assertThat(root.resolve(SECOND)).hasContent("y");
    }

    @Test
    void store_sameNameTwice_isTheFirst() throws IOException {
        file(FILE, "first");
        file(FILE, "again");
        store();
        assertThat(root.resolve(FILE)).hasContent("first");
    }

    @Test
    void store_modeAndTime_areThoseOfTheListing() throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(FILE);
        entry.setMode(06777);
        entry.setSize(1);
        entry.setModTime(Long.MAX_VALUE / 2_000);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        put(entry, "x");
        store();
        assertThat((int) Files.getAttribute(root.resolve(FILE), "unix:mode") & 07777)
                .isEqualTo(0644);
        assertThat(Files.getLastModifiedTime(root.resolve(FILE)).toMillis()).isEqualTo(1_000);
    }

    @Test
    void store_endlessArchive_isGivenUp() throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(FILE);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        entry.setSize(1L << 60);
        tar.putArchiveEntry(entry);
        assertThatThrownBy(() -> store(endless(bytes.toByteArray())))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("more than the files that it has listed");
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC, 'g'})
    void store_endlessHeader_isNotHeldInMemory(byte kind) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("name", kind);
        entry.setSize(1L << 32);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        tar.putArchiveEntry(entry);
        assertThatThrownBy(() -> store(endless(bytes.toByteArray()))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999 path=x\n",
                "-5 path=x\n",
                "30 size=99999999999999999999\n",
                "13 size=-100\n",
                "17 mtime=1e99999\n",
                "40 mtime=99999999999999999999999999999\n",
                "22 GNU.sparse.major=1\n",
                "60 GNU.sparse.map=0,99999999999999999,1,1\n",
            })
    void store_absurdExtendedHeader_isAnErrorOrLeftOut(String header) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("name", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        entry.setSize(header.length());
        put(entry, header);
        file(FILE, "x");
        try {
            store();
        } catch (IOException told) {
            assertThat(told.getMessage()).isNotEmpty();
        }
        assertThat(files()).isSubsetOf(FILE);
    }

    @Test
    void store_sparseFileThatIsLargerThanListed_isGivenUp() throws IOException {
        Map<String, String> pax =
                Map.of("GNU.sparse.numblocks", "1", "GNU.sparse.map", "0,1", "GNU.sparse.size", "2000000000");
        StringBuilder header = new StringBuilder();
        pax.forEach((key, value) -> {
            String line = " " + key + "=" + value + "\n";
            int length = line.length() + 2;
            header.append(length).append(line);
        });
        TarArchiveEntry extended = new TarArchiveEntry("name", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        extended.setSize(header.length());
        put(extended, header.toString());
        file(FILE, "x");
        assertThatThrownBy(this::store).isInstanceOf(StorageException.class).hasMessageContaining("sparse");
    }

    @Test
    void store_archiveThatEndsInTheMiddle_isAnError() throws IOException {
        file(FILE, "x");
        tar.finish();
        byte[] half = Arrays.copyOf(bytes.toByteArray(), 700);
        assertThatThrownBy(() -> store(new ByteArrayInputStream(half))).isInstanceOf(IOException.class);
    }

    private void list(String path, int mode) {
        listed.put(path, new HostFiles.Found(path, mode, LISTED_SIZE, 1));
    }

    private void file(String path, String text) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("./" + path);
        entry.setSize(text.length());
        put(entry, text);
    }

    private void link(String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("./" + path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        put(entry, "");
    }

    private void hardLink(String path, String first) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("./" + path, TarConstants.LF_LINK);
        entry.setLinkName(first);
        put(entry, "");
    }

    private void put(TarArchiveEntry entry, String text) throws IOException {
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
    }

    private int store() throws IOException {
        tar.finish();
        return store(new ByteArrayInputStream(bytes.toByteArray()));
    }

    private int store(InputStream stream) throws IOException {
        try (FetchedFiles files = new FetchedFiles(new Places(root, "/there", List.of(JOB)), refusals)) {
            return files.store(stream, listed);
        }
    }

    private static InputStream endless(byte[] begin) {
        InputStream zeros = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        return new SequenceInputStream(Collections.enumeration(List.of(new ByteArrayInputStream(begin), zeros)));
    }

    private String sentence() {
        return refusals.sentences(root, "elsewhere").getOrDefault(root.resolve(JOB), "");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> root.relativize(path).toString())
                    .toList();
        }
    }
}
