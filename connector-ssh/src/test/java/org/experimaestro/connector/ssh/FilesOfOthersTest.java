package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.workspace.WorkspaceLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of the workspace's files by other processes during a transfer, and replies that a file system loses. */
class FilesOfOthersTest {
    private static final String JOB = "jobs/t/0123456789abcdef0123456789abcdef";
    private static final String MARKER = JOB + "/.experimaestro/done.json";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"../../.ssh", "..", "/etc", "", "a b"})
    void workspaceId_thatLeadsElsewhere_isRefusedAndNamed(String id) throws IOException {
        Path file = Files.writeString(folder.resolve(WorkspaceLayout.ID), id + "\n");

        assertThatThrownBy(() -> WorkspaceId.of(folder)).hasMessageContaining(file.toString());
    }

    @Test
    void workspaceId_anotherMakesItFirst_isThatOfTheOther() throws IOException {
        Path file = folder.resolve(WorkspaceLayout.ID);
        Disturbance other =
                Disturbance.onceBefore(Operation.LINK, file::equals, path -> Files.writeString(path, "other\n"));

        assertThat(WorkspaceId.of(disturb(folder, other))).isEqualTo("other");
    }

    @Test
    void workspaceId_noLinksAndAnotherMakesItFirst_isThatOfTheOther() throws IOException {
        Path file = folder.resolve(WorkspaceLayout.ID);
        Disturbance other = Disturbance.onceBefore(Operation.LINK, file::equals, path -> {
            Files.writeString(path, "other\n");
            throw new UnsupportedOperationException();
        });

        assertThat(WorkspaceId.of(disturb(folder, other))).isEqualTo("other");
    }

    @Test
    void workspaceId_replyOfLinkIsLost_isStored() throws IOException {
        Path file = folder.resolve(WorkspaceLayout.ID);

        String id = WorkspaceId.of(disturb(folder, replyIsLost(Operation.LINK, file::equals)));

        assertThat(file).hasContent(id);
        assertThat(WorkspaceId.of(folder)).isEqualTo(id);
        assertThat(folder.toFile().list()).containsExactly(WorkspaceLayout.ID);
    }

    @Test
    void release_replyOfLinkIsLost_isReceived() throws IOException {
        Path marker = folder.resolve(MARKER);
        try (FetchedFiles files = fetched(replyIsLost(Operation.LINK, marker::equals))) {
            files.store(archive(MARKER), listed(MARKER));
            files.release(MARKER);

            assertThat(files.received()).containsExactly(MARKER);
        }
        assertThat(marker).hasContent("text");
    }

    @Test
    void release_markerIsThere_isKept() throws IOException {
        Path marker = folder.resolve(MARKER);
        Disturbance other =
                Disturbance.onceBefore(Operation.LINK, marker::equals, path -> Files.writeString(path, "ours"));
        try (FetchedFiles files = fetched(other)) {
            files.store(archive(MARKER), listed(MARKER));
            files.release(MARKER);

            assertThat(files.received()).isEmpty();
        }
        assertThat(marker).hasContent("ours");
    }

    @Test
    void release_noLinksAndAnotherIsFaster_isKept() throws IOException {
        Path marker = folder.resolve(MARKER);
        Disturbance other = Disturbance.onceBefore(Operation.LINK, marker::equals, path -> {
            Files.writeString(path, "ours");
            throw new FileSystemException(path.toString(), null, "Operation not permitted");
        });
        try (FetchedFiles files = fetched(other)) {
            files.store(archive(MARKER), listed(MARKER));
            files.release(MARKER);
        }
        assertThat(marker).hasContent("ours");
    }

    @Test
    void release_noLinksAndAnotherHasTheReservation_isKept() throws IOException {
        Path marker = folder.resolve(MARKER);
        try (FetchedFiles files = fetched(noLinksAndAHolder(marker))) {
            files.store(archive(MARKER), listed(MARKER));
            Files.createFile(reservation(marker));
            files.release(MARKER);

            assertThat(files.received()).isEmpty();
        }
        assertThat(marker).hasContent("ours");
    }

    @Test
    void release_linkFails_isAnError() throws IOException {
        Path marker = folder.resolve(MARKER);
        Disturbance full = Disturbance.onceBefore(Operation.LINK, marker::equals, path -> {
            throw new FileSystemException(path.toString(), null, "No space left on device");
        });
        try (FetchedFiles files = fetched(full)) {
            files.store(archive(MARKER), listed(MARKER));
            assertThatThrownBy(() -> files.release(MARKER)).hasMessageContaining("No space left");
        }
        assertThat(marker).doesNotExist();
    }

    @Test
    void workspaceId_noLinksAndAnotherHasTheReservation_isThatOfTheOther() throws IOException {
        Path file = folder.resolve(WorkspaceLayout.ID);
        Files.createFile(reservation(file));

        assertThat(WorkspaceId.of(disturb(folder, noLinksAndAHolder(file)))).isEqualTo("ours");
    }

    @Test
    void store_replyOfRenameIsLost_isReceived() throws IOException {
        Path file = folder.resolve(JOB + "/model.bin");
        Disturbance lost = Disturbance.onceAfter(Operation.MOVE, file::equals, path -> {
            throw new NoSuchFileException(".tmp-ours");
        });
        try (FetchedFiles files = fetched(lost)) {
            assertThat(files.store(archive(JOB + "/model.bin"), listed(JOB + "/model.bin")))
                    .isEqualTo(1);
        }
        assertThat(file).hasContent("text");
    }

    @Test
    void tree_linkVanishesAfterItsFolderWasRead_isLeftOut() throws Exception {
        Path jobs = Files.createDirectory(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("kept"), "text");
        Path link = Files.createSymbolicLink(jobs.resolve("link"), Path.of("kept"));
        Disturbance other = Disturbance.onceAfter(Operation.LOOK, link::equals, Files::delete);
        Path root = disturb(folder, other);

        assertThat(LocalTree.of(root, (any, target) -> target.toString(), List.of(root.resolve("jobs"))))
                .containsOnlyKeys("jobs", "jobs/kept");
    }

    private FetchedFiles fetched(Disturbance disturbance) {
        List<String> jobs = List.of(JOB);
        return new FetchedFiles(new Places(disturb(folder, disturbance), "/there", jobs), new RefusedFiles(jobs));
    }

    private static Map<String, HostFiles.Found> listed(String path) {
        return Map.of(path, new HostFiles.Found(path, 0100644, 4, 1_700_000_000));
    }

    private static Path reservation(Path file) {
        return file.resolveSibling(file.getFileName() + ".reserved");
    }

    /**
     * Returns a disturbance: another process has reserved the name, and gives it to its file after this process has
     * tried.
     */
    private static Disturbance noLinksAndAHolder(Path file) {
        Path reservation = reservation(file);
        return new Disturbance() {
            @Override
            public void before(Operation operation, Path path) throws IOException {
                if (operation == Operation.LINK) {
                    throw new FileSystemException(path.toString(), null, "Operation not permitted");
                }
            }

            @Override
            public void after(Operation operation, Path path) throws IOException {
                if (operation == Operation.OPEN && path.equals(reservation) && !Files.exists(file)) {
                    Files.writeString(file, "ours");
                    Files.delete(reservation);
                }
            }
        };
    }

    private static Disturbance replyIsLost(Operation operation, Predicate<Path> paths) {
        return Disturbance.onceAfter(operation, paths, path -> {
            throw new FileAlreadyExistsException(path.toString());
        });
    }

    private static ByteArrayInputStream archive(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            byte[] text = "text".getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry("./" + name);
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
