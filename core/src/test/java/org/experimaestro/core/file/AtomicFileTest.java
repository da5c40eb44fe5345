package org.experimaestro.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final int THREADS = 8;
    private static final int FILES = 200;

    @TempDir
    Path folder;

    @Test
    void write_interruptedThread_writesAndStaysInterrupted() throws Exception {
        Path file = folder.resolve("a.json");
        Thread.currentThread().interrupt();
        AtomicFile.create(file, "one");
        AtomicFile.write(file, "two");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("two");
    }

    @Test
    void create_fileThatIsThere_isLeftAlone() throws IOException {
        Path file = folder.resolve("marker.json");
        assertThat(AtomicFile.create(file, "first é")).isTrue();
        assertThat(AtomicFile.create(file, "second")).isFalse();
        assertThat(file).hasContent("first é");
        assertThat(names()).containsExactly("marker.json");
    }

    @Test
    void create_manyThreads_oneSucceedsAndItsTextIsThere() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < FILES; round++) {
                Path file = folder.resolve("marker-" + round);
                List<Callable<String>> writers = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    String text = "writer " + i;
                    writers.add(() -> {
                        together.await();
                        return AtomicFile.create(file, text) ? text : "";
                    });
                }
                Set<String> winners = new HashSet<>();
                for (Future<String> writer : threads.invokeAll(writers)) {
                    winners.add(writer.get());
                }
                winners.remove("");
                assertThat(winners).containsExactly(Files.readString(file));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).hasSize(FILES).noneMatch(AtomicFile::isTemporary);
    }

    @Test
    void create_manyProcesses_oneSucceedsForEachFile() throws Exception {
        List<Process> creators = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            creators.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FileCreator.class.getName(),
                            folder.toString(),
                            name)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile())
                    .start());
        }
        List<String> created = new ArrayList<>();
        for (Process creator : creators) {
            assertThat(creator.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(creator.exitValue()).isZero();
        }
        for (String name : List.of("a", "b", "c")) {
            for (String line : Files.readAllLines(folder.resolve(name + ".log"))) {
                assertThat(folder.resolve(line)).hasContent(name);
                created.add(line);
            }
        }
        assertThat(created).hasSize(FileCreator.FILES).doesNotHaveDuplicates();
    }

    @Test
    void write_whileOthersRead_isSeenWhole() throws Exception {
        Path file = folder.resolve("status.json");
        String one = "1".repeat(100_000);
        String two = "2".repeat(200_000);
        AtomicFile.write(file, one);
        AtomicBoolean finished = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reads = reader.submit(() -> {
                int count = 0;
                while (!finished.get()) {
                    String text = Files.readString(file);
                    if (!text.equals(one) && !text.equals(two)) {
                        throw new AssertionError("read " + text.length() + " characters");
                    }
                    count++;
                }
                return count;
            });
            for (int i = 0; i < 300; i++) {
                AtomicFile.write(file, i % 2 == 0 ? two : one);
            }
            finished.set(true);
            assertThat(reads.get()).isPositive();
        } finally {
            finished.set(true);
            reader.shutdown();
        }
        assertThat(names()).containsExactly("status.json");
    }

    @Test
    void write_andCreate_intoAFolderThatIsNotThere_fail() {
        Path file = folder.resolve("none").resolve("file");
        assertThatThrownBy(() -> AtomicFile.write(file, "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AtomicFile.create(file, "")).isInstanceOf(IOException.class);
    }

    @Test
    void create_linkInItsPlace_failsAndWritesNothingBehindIt() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        Path toNothing = Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));

        for (Path planted : List.of(link, toNothing)) {
            assertThatThrownBy(() -> AtomicFile.create(planted, "text"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(planted + ": a symbolic link is in the place of a file");
        }
        assertThat(target).hasContent("mine");
        assertThat(names()).containsExactlyInAnyOrder("target", "link", "broken");
    }

    @Test
    void write_linkInItsPlace_replacesTheLink() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        AtomicFile.write(link, "text");

        assertThat(link).hasContent("text");
        assertThat(target).hasContent("mine");
    }

    @Test
    void write_ontoAFolder_failsAndLeavesNothing() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/below")).getParent();
        assertThatThrownBy(() -> AtomicFile.write(taken, "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(taken + ": a folder is in the place of a file");
        assertThat(names()).containsExactly("taken");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
