package org.experimaestro.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.DisturbedFileSystem;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.model.identity.FileDigests;
import org.experimaestro.model.identity.ReadDigests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestCacheTest {
    private static final String ONE = "1".repeat(100_000);
    private static final String TWO = "2".repeat(100_000);
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock LATER = Clock.offset(NOW, Duration.ofHours(1));

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private Path data;
    private Path stored;

    @BeforeEach
    void makeData() throws IOException {
        data = Files.writeString(folder.resolve("data"), ONE);
        stored = folder.resolve("cache/digests.txt");
    }

    @Test
    void md5_threeTimes_readsOnce() throws IOException {
        DigestCache cache = cache(LATER);
        for (int i = 0; i < 3; i++) {
            assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void md5_fileThatWasJustMade_isRememberedOnceItsClockHasGoneOn() throws IOException {
        AsLarge large = new AsLarge(64 << 20);
        DigestCache cache = cache(large, NOW);
        cache.md5(data);
        cache.md5(data);
        assertThat(reads).hasValue(1);
        assertThat(large.waits).isOne();
    }

    @Test
    void md5_manyFilesThatWereJustMade_areReadWithoutWaiting() throws IOException {
        AsLarge medium = new AsLarge(1 << 20);
        DigestCache cache = cache(medium, NOW);
        for (int i = 0; i < 100; i++) {
            Path file = Files.writeString(folder.resolve("data-" + i), ONE);
            assertThat(cache.md5(file)).isEqualTo(new ReadDigests().md5(file));
            cache.md5(file);
        }
        assertThat(medium.waits).isZero();
        assertThat(reads).hasValue(200);
    }

    @Test
    void md5_inTheNextProcess_readsNothing() throws IOException {
        cache(LATER).md5(data);

        assertThat(cache(LATER).md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(reads).hasValue(1);
    }

    @Test
    void md5_digestsThatOthersMayHavePlanted_areNotBelievedAndFilesAreRead() throws IOException {
        cache(LATER).md5(data);
        Path planted = stored.getParent();
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));

        DigestCache cache = cache(LATER);

        assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(reads).as("each process reads once").hasValue(2);
    }

    @Test
    void md5_newCache_isOpenToThisUserAlone() throws IOException {
        cache(LATER).md5(data);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void md5_contentOfTheSameSizeAndTime_isReadAgain() throws IOException {
        DigestCache cache = cache(LATER);
        cache.md5(data);
        FileTime time = Files.getLastModifiedTime(data);
        Files.writeString(data, TWO);
        Files.setLastModifiedTime(data, time);

        assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
    }

    @Test
    void md5_anotherFileIsMovedInItsPlace_isReadAgain() throws IOException {
        DigestCache cache = cache(LATER);
        cache.md5(data);
        Files.move(Files.writeString(folder.resolve("other"), TWO), folder.resolve("next"));
        Files.delete(data);
        Files.move(folder.resolve("next"), data);

        assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
    }

    @Test
    void md5_changedTwiceWithinOneStepOfACoarseClock_isReadAgain() throws IOException {
        RememberedDigests.Stamps coarse = file -> new FileStamp(100_000, 1_000_000_000L, 1_000_000_000L, 1, 2);
        Clock within = Clock.fixed(Instant.ofEpochSecond(2), ZoneOffset.UTC);
        DigestCache cache = cache(coarse, within);
        cache.md5(data);
        Files.writeString(data, TWO);

        assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(reads).hasValue(2);
    }

    @Test
    void md5_changedWhileTheClockIsWaitedFor_isReadAgain() throws IOException {
        Disturbance writer = new Disturbance() {
            private int looks;

            @Override
            public void after(Operation operation, Path path) throws IOException {
                // The first look reads the size, the second the stamp.
                if (operation == Operation.LOOK && path.equals(data) && ++looks == 2) {
                    Files.writeString(data, TWO);
                }
            }
        };
        DigestCache cache = cache(new AsLarge(64 << 20), NOW);
        cache.md5(disturb(data, writer));
        Files.writeString(data, ONE);

        assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(reads).hasValue(2);
    }

    @Test
    void md5_changedWhileItIsRead_isAnErrorAndNotRemembered() throws IOException {
        DigestCache cache = cache(LATER);
        Disturbance writer = new Disturbance() {
            private int opened;

            @Override
            public void before(Operation operation, Path path) throws IOException {
                if (operation == Operation.OPEN && path.equals(data) && ++opened == 2) {
                    Files.writeString(data, TWO + TWO);
                }
            }
        };
        assertThatThrownBy(() -> cache.md5(disturb(data, writer)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("changed while it was read");
        assertThat(stored).doesNotExist();
    }

    @Test
    void md5_storedFileIsCutOrDamagedAnywhere_isRight() throws IOException {
        cache(LATER).md5(data);
        byte[] right = new ReadDigests().md5(data);
        byte[] whole = Files.readAllBytes(stored);
        for (int at = 0; at < whole.length; at++) {
            byte[] cut = Arrays.copyOf(whole, at);
            Files.write(stored, cut);
            assertThat(cache(LATER).md5(data)).as("cut at %d", at).isEqualTo(right);
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(stored, damaged);
            assertThat(cache(LATER).md5(data)).as("damaged at %d", at).isEqualTo(right);
            // The line that was appended counts.
            int before = reads.get();
            assertThat(cache(LATER).md5(data)).isEqualTo(right);
            assertThat(reads).as("added behind what was damaged at %d", at).hasValue(before);
        }
    }

    @Test
    void md5_storedFileOfAnotherMachine_isReadAgain() throws IOException {
        cache(LATER).md5(data);
        DigestCache other = new DigestCache(
                new DigestFile(stored, "another"), counting(), new RememberedDigests.RealStamps(), LATER);

        assertThat(other.md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(reads).hasValue(2);
    }

    @Test
    void md5_storedFileIsNoText_isRight() throws IOException {
        Files.createDirectories(stored.getParent());
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        Files.write(stored, noise);

        assertThat(cache(LATER).md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(cache(LATER).md5(data)).isEqualTo(new ReadDigests().md5(data));
        assertThat(reads).hasValue(1);
    }

    @Test
    void md5_nothingCanBeStored_remembersInThisProcess() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        DigestCache cache = cache(LATER);

        assertThat(cache.md5(data)).isEqualTo(new ReadDigests().md5(data));
        cache.md5(data);
        assertThat(reads).hasValue(1);

        DigestCache none = new DigestCache(null, counting(), new RememberedDigests.RealStamps(), LATER);
        assertThat(none.md5(data)).isEqualTo(new ReadDigests().md5(data));
    }

    @Test
    void md5_storedFileCannotBeRead_remembersInThisProcess() throws IOException {
        Files.createDirectories(stored.resolve("in the way"));
        DigestCache cache = cache(LATER);
        cache.md5(data);
        cache.md5(data);
        assertThat(reads).hasValue(1);
    }

    @Test
    void md5_smallFile_isReadAndNotStored() throws IOException {
        Path small = Files.writeString(folder.resolve("small"), "text");
        assertThat(cache(LATER).md5(small)).isEqualTo(new ReadDigests().md5(small));
        assertThat(stored).doesNotExist();
    }

    @Test
    void add_byManyAtOnce_losesNoLine() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String name = "writer-" + writer + "-";
                tasks.add(() -> {
                    for (int i = 0; i < 200; i++) {
                        new DigestFile(stored, "here").add(new DigestFile.Line(name + i, "1:2:3:key", "00", 1));
                    }
                    return 200;
                });
            }
            for (Future<Integer> done : writers.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            writers.shutdown();
        }
        assertThat(new DigestFile(stored, "here").read(1)).hasSize(800);
    }

    @Test
    void add_manyLines_looksAtTheFoldersOnce() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        DigestFile file = new DigestFile(
                DisturbedFileSystem.disturb(stored, new Disturbance() {
                    @Override
                    public void before(Operation operation, Path path) {
                        looks.addAndGet(operation == Operation.WRITE ? 0 : 1);
                    }
                }),
                "here");
        file.add(new DigestFile.Line("first", "1:2:3:key", "00", 1));
        looks.set(0);

        for (int i = 0; i < 10; i++) {
            file.add(new DigestFile.Line("line-" + i, "1:2:3:key", "00", 1));
        }

        assertThat(looks)
                .as("whether the folder is there, and the opening of the file, for each")
                .hasValue(20);
    }

    @Test
    void read_linesThatNobodyAskedForInTwoMonths_areForgotten() throws IOException {
        DigestFile file = new DigestFile(stored, "here");
        for (int i = 0; i < 1_200; i++) {
            file.add(new DigestFile.Line("old-" + i, "1:2:3:key", "00", 1));
        }
        file.add(new DigestFile.Line("new", "1:2:3:key", "00", 90));
        long before = Files.size(stored);

        Map<String, DigestFile.Line> lines = file.read(100);

        assertThat(lines).containsOnlyKeys("new");
        assertThat(Files.size(stored)).isLessThan(before / 100);
        assertThat(file.read(100)).containsOnlyKeys("new");
    }

    @Test
    void read_lineOfADayInTheFuture_isLeftOut() throws IOException {
        DigestFile file = new DigestFile(stored, "here");
        file.add(new DigestFile.Line("future", "1:2:3:key", "00", 1_000));
        file.add(new DigestFile.Line("new", "1:2:3:key", "00", 101));

        assertThat(file.read(100)).containsOnlyKeys("new");
    }

    @Test
    void read_oneNameAgainAndAgain_isWrittenAnew() throws IOException {
        DigestFile file = new DigestFile(stored, "here");
        for (int i = 0; i < 1_200; i++) {
            file.add(new DigestFile.Line("one", "1:2:3:key", "00", i));
        }
        assertThat(file.read(1_200).get("one").day()).isEqualTo(1_199);
        assertThat(Files.readAllLines(stored)).hasSizeLessThan(3);
    }

    private DigestCache cache(Clock clock) {
        return cache(new RememberedDigests.RealStamps(), clock);
    }

    private DigestCache cache(RememberedDigests.Stamps stamps, Clock clock) {
        return new DigestCache(new DigestFile(stored, "here"), counting(), stamps, clock);
    }

    /** The stamps of files as if they were of another size. */
    private static final class AsLarge implements RememberedDigests.Stamps {
        private final long size;
        private int waits;

        AsLarge(long size) {
            this.size = size;
        }

        @Override
        public FileStamp of(Path file) throws IOException {
            FileStamp real = FileStamp.of(file);
            return new FileStamp(size, real.modified(), real.changed(), real.device(), real.inode());
        }

        @Override
        public void awaitStep() {
            waits++;
            RememberedDigests.Stamps.super.awaitStep();
        }
    }

    private FileDigests counting() {
        return file -> {
            reads.incrementAndGet();
            return new ReadDigests().md5(file);
        };
    }
}
