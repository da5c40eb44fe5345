package org.experimaestro.copy.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Digests;
import org.experimaestro.core.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of others: nothing of a hostile or damaged one is left, and each problem is told. */
@Timeout(60)
class BundleFileTest {
    private static final String JOB = "jobs/t/0123456789abcdef0123456789abcdef";
    private static final String NAME = JOB + "/a.txt";

    @TempDir
    private Path folder;

    private final Map<String, Object> listed = new LinkedHashMap<>();
    private final Map<String, byte[]> packed = new LinkedHashMap<>();
    private Path bundle;

    @BeforeEach
    void make() {
        bundle = folder.resolve("results.zip");
        listed.put(JOB, Map.of("folder", true));
        add(NAME, "one\n");
    }

    private void add(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        packed.put(name, bytes);
        list(name, bytes.length, bytes);
    }

    private void list(String name, long size, byte[] content) {
        String digest = HexFormat.of().formatHex(Digests.newSha256().digest(content));
        listed.put(name, Map.of("size", size, "sha256", digest, "modified", 1_700_000_000L));
    }

    private void write() throws IOException {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("format", 1);
        manifest.put("version", "1");
        manifest.put("jobs", List.of(Map.of("job", JOB.substring("jobs/".length()))));
        manifest.put("runs", List.of());
        manifest.put("files", listed);
        try (OutputStream out = Files.newOutputStream(bundle);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(Json.write(manifest).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> entry : packed.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private Path unpack() throws Exception {
        Path target = Files.createDirectories(folder.resolve("outer/unpacked"));
        try (BundleFile file = BundleFile.open(bundle)) {
            file.unpack(target);
        }
        return target;
    }

    private void assertIsRefused(String reason) throws IOException {
        write();
        Throwable refused = catchThrowable(this::unpack);
        assertThat(refused)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("bundle " + bundle)
                .hasMessageContaining(reason);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.equals(bundle) || file.startsWith(folder.resolve("outer/unpacked")));
        }
    }

    private List<String> verify() {
        try (BundleFile file = BundleFile.open(bundle)) {
            return file.verify();
        }
    }

    @Test
    void unpack_intact_hasTheFiles() throws Exception {
        write();

        assertThat(unpack().resolve(NAME)).hasContent("one\n");
        assertThat(verify()).isEmpty();
    }

    @Test
    void unpack_namesThatLeadOut_areRefused() throws IOException {
        for (String name :
                List.of("jobs/../../evil", "/evil", "../evil", "evil", "settings.yaml", "trash/x/y", "jobs/a/..\\b")) {
            listed.clear();
            packed.clear();
            add(name, "evil");

            assertIsRefused("which is no file of a job or a run");
        }
    }

    @Test
    void unpack_unlistedFile_isRefused() throws IOException {
        packed.put("../evil", new byte[1]);

        assertIsRefused("../evil is not in its list");
    }

    @Test
    void unpack_missingFile_isRefused() throws IOException {
        packed.clear();

        assertIsRefused(NAME + " is missing");
    }

    @Test
    void unpack_nameTwice_isRefused() throws IOException {
        add(JOB + "/b.txt", "two\n");
        write();
        byte[] bytes = Files.readAllBytes(bundle);
        replace(bytes, "b.txt", "a.txt");
        Files.write(bundle, bytes);

        // The JDK itself may refuse to open such a file.
        assertThat(catchThrowable(this::unpack))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("bundle " + bundle);
    }

    private static void replace(byte[] bytes, String from, String to) {
        byte[] found = from.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i + found.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + found.length, found, 0, found.length)) {
                System.arraycopy(to.getBytes(StandardCharsets.UTF_8), 0, bytes, i, found.length);
            }
        }
    }

    @Test
    void unpack_otherContent_isRefused() throws IOException {
        packed.put(NAME, "ONE\n".getBytes(StandardCharsets.UTF_8));

        assertIsRefused("it was changed while it was copied");
    }

    @Test
    void unpack_bomb_writesNoMoreThanItsListSays() throws IOException {
        packed.put(NAME, new byte[50_000_000]);

        assertIsRefused("it is damaged");
        try (Stream<Path> files = Files.walk(folder.resolve("outer"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void unpack_moreThanTheDiskHas_isRefusedBefore() throws IOException {
        list(NAME, Long.MAX_VALUE / 2, new byte[0]);

        assertIsRefused("has room for");
    }

    @Test
    void unpack_sizesWithoutASum_areRefused() throws IOException {
        list(NAME, Long.MAX_VALUE, new byte[0]);
        add(JOB + "/b.txt", "two\n");

        assertIsRefused("more bytes than a disk can have: " + JOB + "/b.txt");
    }

    @Test
    void unpack_linksThatLeadOut_areRefused() throws IOException {
        for (String target : List.of("/etc/passwd", "../../../settings.yaml", "../../..", ".experimaestro/done.json")) {
            listed.put(JOB + "/link", Map.of("link", target));

            assertIsRefused("link is a link to " + target);
        }
    }

    @Test
    void unpack_fileBelowALink_isRefused() throws IOException {
        listed.put(JOB + "/link", Map.of("link", "../fedcba9876543210fedcba9876543210/x"));
        add(JOB + "/link/evil", "evil");

        assertIsRefused(JOB + "/link/evil in " + JOB + "/link, which is no folder");
    }

    @Test
    void unpack_jobOutsideOfJobs_isRefused() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(bundle);
        assertThat(bytes).isNotEmpty();
        listed.clear();
        packed.clear();
        add("jobs/t/../x", "evil");

        assertIsRefused("which is no file of a job or a run");
    }

    @Test
    void open_noList_isRefused() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
            zip.putNextEntry(new ZipEntry("a"));
        }

        assertThat(catchThrowable(() -> BundleFile.open(bundle))).hasMessageContaining("it has no manifest.json");
    }

    @Test
    void open_cutOrNoZip_isRefused() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(bundle);
        for (int size : List.of(0, 10, bytes.length / 2, bytes.length - 1)) {
            Files.write(bundle, Arrays.copyOf(bytes, size));

            assertThat(catchThrowable(() -> BundleFile.open(bundle)))
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining("Cannot open the bundle " + bundle);
        }
    }

    @Test
    void verify_manyProblems_tellsAllAtOnce() throws IOException {
        add(JOB + "/b.txt", "two\n");
        add(JOB + "/c.txt", "three\n");
        packed.put(NAME, "ONE\n".getBytes(StandardCharsets.UTF_8));
        packed.put(JOB + "/b.txt", "two, and more\n".getBytes(StandardCharsets.UTF_8));
        packed.remove(JOB + "/c.txt");
        packed.put("more", new byte[0]);
        write();

        assertThat(verify())
                .containsExactlyInAnyOrder(
                        "more is not in its list",
                        JOB + "/c.txt is missing",
                        NAME + " has other content than its list says",
                        JOB + "/b.txt has other content than its list says");
    }
}
