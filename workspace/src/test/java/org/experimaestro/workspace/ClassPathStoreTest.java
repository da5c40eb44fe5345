package org.experimaestro.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathStoreTest {
    @TempDir
    Path root;

    @Test
    void snapshot_sameContentTwice_isStoredOnce() throws IOException {
        Path one = Files.writeString(Files.createDirectories(root.resolve("a")).resolve("lib.jar"), "content");
        Path other =
                Files.writeString(Files.createDirectories(root.resolve("b")).resolve("lib.jar"), "content");
        Files.setLastModifiedTime(other, FileTime.fromMillis(0));
        List<Path> copies = store().snapshot(List.of(one, other, one));
        assertThat(copies).hasSize(3);
        assertThat(copies.get(1)).isEqualTo(copies.get(0));
        assertThat(stored()).hasSize(1);
        assertThat(copies.get(0)).hasContent("content");
        assertThat(copies.get(0).getFileName().toString()).matches("lib-[0-9a-f]{32}\\.jar");
        assertThat(Files.getLastModifiedTime(copies.get(0)))
                .isEqualTo(FileTime.from(java.time.Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void snapshot_folder_isPackedAlikeWhateverOrderTimeAndTimeZone() throws IOException {
        List<String> names = new ArrayList<>(List.of("b/B.class", "a/A.class", "C.class", "META-INF/services/x.Y"));
        Path first = folder("one", names, 1_000_000_000_000L);
        Collections.reverse(names);
        Path second = folder("two", names, 1_500_000_000_000L);
        Path copy = store().snapshot(List.of(first)).get(0);
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(store().snapshot(List.of(second))).containsExactly(copy);
        } finally {
            TimeZone.setDefault(before);
        }
        List<String> entries = new ArrayList<>();
        try (JarFile jar = new JarFile(copy.toFile())) {
            for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
                JarEntry entry = all.nextElement();
                entries.add(entry.getName());
                assertThat(new String(jar.getInputStream(entry).readAllBytes(), UTF_8))
                        .isEqualTo("content of " + entry.getName());
            }
        }
        assertThat(entries).containsExactly("C.class", "META-INF/services/x.Y", "a/A.class", "b/B.class");
    }

    @Test
    void snapshot_sourceThatChangesLater_leavesTheCopyAlone() throws IOException {
        Path jar = Files.writeString(root.resolve("lib.jar"), "old");
        Path old = store().snapshot(List.of(jar)).get(0);
        Files.writeString(jar, "new");
        Path now = store().snapshot(List.of(jar)).get(0);
        assertThat(old).hasContent("old");
        assertThat(now).hasContent("new").isNotEqualTo(old);
    }

    @Test
    void snapshot_classPath_keepsItsOrderWithoutWhatIsNotThere() throws IOException {
        Path b = Files.writeString(root.resolve("b.jar"), "b");
        Path a = Files.writeString(root.resolve("a.jar"), "a");
        List<Path> copies = store().snapshot(List.of(b, root.resolve("none.jar"), a));
        assertThat(copies)
                .extracting(copy -> copy.getFileName().toString().substring(0, 2))
                .containsExactly("b-", "a-");
    }

    @Test
    void snapshot_whatIsThere_isNotWrittenAgain() throws IOException {
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path classes = folder("classes", List.of("A.class"), 0);
        List<Path> copies = store().snapshot(List.of(jar, classes));
        Path store = root.resolve("workspace/classpath");
        List<Object> keys = keys(copies);
        FileTime untouched = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(store, untouched);

        assertThat(store().snapshot(List.of(jar, classes))).isEqualTo(copies);

        // A file that is made, if only for a moment, changes the time of its folder.
        assertThat(Files.getLastModifiedTime(store)).isEqualTo(untouched);
        assertThat(keys(copies)).isEqualTo(keys);
    }

    private static List<Object> keys(List<Path> copies) throws IOException {
        List<Object> keys = new ArrayList<>();
        for (Path copy : copies) {
            keys.add(Files.getAttribute(copy, "unix:ino"));
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cont", "content and more", "cOntent", "\0\0\0\0\0\0\0"})
    void snapshot_damagedCopy_isReplacedWhileItIsOpen(String damaged) throws IOException {
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path copy = store().snapshot(List.of(jar)).get(0);
        FileTime time = Files.getLastModifiedTime(copy);
        Files.writeString(copy, damaged);
        Files.setLastModifiedTime(copy, time);
        try (InputStream open = Files.newInputStream(copy)) {
            assertThat(store().snapshot(List.of(jar))).containsExactly(copy);
            assertThat(open).hasContent(damaged);
        }

        assertThat(copy).hasContent("content");
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void snapshot_plantedCopyOfTheSameSizeAndTimes_isReplaced() throws IOException {
        byte[] content = "x".repeat(100_000).getBytes(UTF_8);
        Path jar = Files.write(root.resolve("lib.jar"), content);
        Path copy = store().snapshot(List.of(jar)).get(0);
        FileTime time = Files.getLastModifiedTime(copy);
        store().snapshot(List.of(jar));
        Path planted = Files.write(root.resolve("planted"), "y".repeat(100_000).getBytes(UTF_8));
        Files.setLastModifiedTime(planted, time);
        Files.move(planted, copy, StandardCopyOption.REPLACE_EXISTING);

        assertThat(store().snapshot(List.of(jar))).containsExactly(copy);

        assertThat(copy).hasBinaryContent(content);
    }

    /** Its target may get another content once it was looked at. */
    @Test
    void snapshot_linkToAFileOfTheRightContent_isReplacedAndTheTargetLeft() throws IOException {
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path copy = store().snapshot(List.of(jar)).get(0);
        Path target = Files.move(copy, root.resolve("target"));
        Files.createSymbolicLink(copy, target);

        assertThat(store().snapshot(List.of(jar))).containsExactly(copy);

        assertThat(copy).isRegularFile().hasContent("content");
        assertThat(Files.isSymbolicLink(copy)).isFalse();
        assertThat(target).hasContent("content");
    }

    @Test
    @Timeout(120)
    void snapshot_pipeInThePlaceOfACopy_isReplaced() throws Exception {
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path copy = store().snapshot(List.of(jar)).get(0);
        Files.delete(copy);
        assertThat(new ProcessBuilder("mkfifo", copy.toString()).start().waitFor())
                .isZero();

        assertThat(store().snapshot(List.of(jar))).containsExactly(copy);
        assertThat(copy).isRegularFile();
    }

    @Test
    void snapshot_wrongCopyThatCannotBeReplaced_isRefusedWithItsNameAndOwner() throws IOException {
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path copy = store().snapshot(List.of(jar)).get(0);
        Files.delete(copy);
        Files.createDirectories(copy.resolve("not empty"));

        assertThatThrownBy(() -> store().snapshot(List.of(jar)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        copy + ", which belongs to " + Files.getOwner(root).getName())
                .hasMessageContaining("has another content than its name says, and cannot be replaced");
    }

    @Test
    void snapshot_copyOfAnotherUserWithTheRightContent_isUsed() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path copy = other.orElseThrow().own(store().snapshot(List.of(jar)).get(0));

        assertThat(store().snapshot(List.of(jar))).containsExactly(copy);

        assertThat(FileOwner.of(copy).number()).isEqualTo(OtherUser.NUMBER);
    }

    @Test
    void snapshot_wrongCopyOfAnotherUser_isReplacedByOneOfThisUser() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path copy = other.orElseThrow().own(store().snapshot(List.of(jar)).get(0));
        Files.writeString(copy, "planted");

        assertThat(store().snapshot(List.of(jar))).containsExactly(copy);

        assertThat(copy).hasContent("content");
        assertThat(FileOwner.of(copy).isThisUser()).isTrue();
    }

    @Test
    void snapshot_oddNames_canBeInAClassPath() throws IOException {
        Path jar = Files.writeString(root.resolve("li:b\n1;2.jar"), "content");

        assertThat(store().snapshot(List.of(jar)).get(0).getFileName().toString())
                .matches("li_b_1_2-[0-9a-f]{32}\\.jar");
    }

    @Test
    void snapshot_permissions_areThoseOfAnyNewFile() throws IOException {
        Path jar = Files.writeString(root.resolve("lib.jar"), "content");
        Path copy = store().snapshot(List.of(jar)).get(0);
        // Whatever the umask is: a plain new file shows what it gives.
        assertThat(Files.getPosixFilePermissions(copy))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(root.resolve("plain"))));
    }

    @Test
    void snapshot_folderThatContainsItself_isAnErrorAndLeavesNothing() throws IOException {
        Path classes = folder("classes", List.of("A.class"), 0);
        Files.createSymbolicLink(classes.resolve("loop"), classes);
        assertThatThrownBy(() -> store().snapshot(List.of(classes)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot copy " + classes + ": ");
        assertThat(stored()).isEmpty();
    }

    private ClassPathStore store() {
        return Workspace.view(root.resolve("workspace")).classPaths();
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("workspace/classpath"))) {
            return files.toList();
        }
    }

    private Path folder(String parent, List<String> names, long time) throws IOException {
        Path folder = root.resolve(parent).resolve("classes");
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + name);
            Files.setLastModifiedTime(file, FileTime.fromMillis(time));
        }
        return folder;
    }
}
