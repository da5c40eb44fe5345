package org.experimaestro.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network file system that executes a request, loses its reply, and gets the request again. */
class LostReplyTest {
    private static final Predicate<Path> TEMPORARY =
            path -> AtomicFile.isTemporary(path.getFileName().toString());

    @TempDir
    Path folder;

    @Test
    void create_replyOfLinkIsLost_isOurs() throws IOException {
        Path file = folder.resolve("attempt-1.json");

        assertThat(AtomicFile.create(disturb(file, replyIsLost(Operation.LINK, file::equals)), "ours"))
                .isTrue();
        assertThat(file).hasContent("ours");
        assertThat(names()).containsExactly("attempt-1.json");
    }

    @Test
    void create_anotherIsFasterWithTheSameText_isNotOurs() throws IOException {
        Path file = folder.resolve("attempt-1.json");
        Disturbance other =
                Disturbance.onceBefore(Operation.LINK, file::equals, path -> Files.writeString(path, "text"));

        assertThat(AtomicFile.create(disturb(file, other), "text")).isFalse();
        assertThat(names()).containsExactly("attempt-1.json");
    }

    @Test
    void create_replyOfTheTemporaryFileIsLost_isOurs() throws IOException {
        Path file = folder.resolve("attempt-1.json");

        assertThat(AtomicFile.create(disturb(file, replyIsLost(Operation.OPEN, TEMPORARY)), "ours"))
                .isTrue();
        assertThat(file).hasContent("ours");
    }

    @Test
    void write_replyOfTheTemporaryFileIsLost_isWritten() throws IOException {
        Path file = folder.resolve("run.json");

        AtomicFile.write(disturb(file, replyIsLost(Operation.OPEN, TEMPORARY)), "ours");

        assertThat(file).hasContent("ours");
    }

    @Test
    void write_temporaryNameOfAnother_isLeftToIt() throws IOException {
        Path file = folder.resolve("run.json");
        Disturbance other =
                Disturbance.onceBefore(Operation.OPEN, TEMPORARY, path -> Files.writeString(path, "another's"));

        AtomicFile.write(disturb(file, other), "ours");

        assertThat(file).hasContent("ours");
        assertThat(names())
                .hasSize(2)
                .filteredOn(AtomicFile::isTemporary)
                .singleElement()
                .satisfies(name -> assertThat(folder.resolve(name)).hasContent("another's"));
    }

    @Test
    void write_replyOfRenameIsLost_isWritten() throws IOException {
        Path file = folder.resolve("run.json");
        AtomicFile.write(file, "before");

        AtomicFile.write(disturb(file, sourceIsGone(file)), "after");

        assertThat(file).hasContent("after");
        assertThat(names()).containsExactly("run.json");
    }

    @Test
    void write_temporaryFileIsDeletedByAnother_fails() throws IOException {
        Path file = folder.resolve("run.json");
        AtomicFile.write(file, "before");
        Disturbance cleaner = Disturbance.onceBefore(Operation.MOVE, file::equals, path -> {
            try (Stream<Path> files = Files.list(folder)) {
                Files.delete(files.filter(TEMPORARY).findFirst().orElseThrow());
            }
        });

        assertThatThrownBy(() -> AtomicFile.write(disturb(file, cleaner), "after"))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(file).hasContent("before");
    }

    @Test
    void createWithoutLinks_replyOfRenameIsLost_isOurs() throws IOException {
        Path file = folder.resolve("done.json");

        assertThat(AtomicFile.create(disturb(file, new Both(noLinks(), sourceIsGone(file))), "ours"))
                .isTrue();
        assertThat(file).hasContent("ours");
        assertThat(names()).containsExactly("done.json");
    }

    @Test
    void createWithoutLinks_replyOfReservationIsLost_isReservedAgain() throws IOException {
        Path file = folder.resolve("done.json");
        Path reservation = folder.resolve("done.json.reserved");
        Disturbance lost = Disturbance.onceAfter(Operation.OPEN, reservation::equals, path -> {
            Files.setLastModifiedTime(path, FileTime.fromMillis(1)); // a minute passes
            throw new FileAlreadyExistsException(path.toString());
        });

        assertThat(AtomicFile.create(disturb(file, new Both(noLinks(), lost)), "ours"))
                .isTrue();
        assertThat(file).hasContent("ours");
        assertThat(names()).containsExactly("done.json");
    }

    @Test
    void createWithoutLinks_holderOfTheReservationDied_isOurs() throws IOException {
        Path file = folder.resolve("done.json");
        Files.setLastModifiedTime(Files.createFile(folder.resolve("done.json.reserved")), FileTime.fromMillis(1));

        assertThat(AtomicFile.create(disturb(file, noLinks()), "ours")).isTrue();
        assertThat(names()).containsExactly("done.json");
    }

    @Test
    void createWithoutLinks_anotherHoldsTheReservationAndWrites_isNotOurs() throws IOException {
        Path file = folder.resolve("done.json");
        Path reservation = Files.createFile(folder.resolve("done.json.reserved"));
        Disturbance holder = Disturbance.onceAfter(Operation.OPEN, reservation::equals, path -> {
            Files.writeString(file, "another's");
            Files.delete(path);
        });

        assertThat(AtomicFile.create(disturb(file, new Both(noLinks(), holder)), "ours"))
                .isFalse();
        assertThat(file).hasContent("another's");
        assertThat(names()).containsExactly("done.json");
    }

    @Test
    void createWithoutLinks_reservationWasTakenAwayMeanwhile_doesNotReplaceTheFile() throws IOException {
        Path file = folder.resolve("done.json");
        Path reservation = folder.resolve("done.json.reserved");
        // This process sleeps for more than a minute after the reservation, and another process takes its place.
        Disturbance sleep = Disturbance.onceAfter(Operation.OPEN, reservation::equals, path -> {
            Files.delete(path);
            Files.writeString(file, "another's");
        });

        assertThat(AtomicFile.create(disturb(file, new Both(noLinks(), sleep)), "ours"))
                .isFalse();
        assertThat(file).hasContent("another's");
    }

    private static Disturbance replyIsLost(Operation operation, Predicate<Path> paths) {
        return Disturbance.onceAfter(operation, paths, path -> {
            throw new FileAlreadyExistsException(path.toString());
        });
    }

    private static Disturbance sourceIsGone(Path file) {
        return Disturbance.onceAfter(Operation.MOVE, file::equals, path -> {
            throw new NoSuchFileException(".tmp-ours", path.toString(), null);
        });
    }

    /** As link(2) answers on a file system that has no hard links. */
    private static Disturbance noLinks() {
        return new Disturbance() {
            @Override
            public void before(Operation operation, Path path) throws IOException {
                if (operation == Operation.LINK) {
                    throw new FileSystemException(path.toString(), null, "Operation not permitted");
                }
            }
        };
    }

    private record Both(Disturbance one, Disturbance other) implements Disturbance {
        @Override
        public void before(Operation operation, Path path) throws IOException {
            one.before(operation, path);
            other.before(operation, path);
        }

        @Override
        public void after(Operation operation, Path path) throws IOException {
            one.after(operation, path);
            other.after(operation, path);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
