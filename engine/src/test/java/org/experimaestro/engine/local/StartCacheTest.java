package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.engine.job.RuntimeClassPath;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class StartCacheTest {
    @TempDir
    Path folder;

    private Path caches;
    private List<Path> own;

    @BeforeEach
    void setUp() throws IOException {
        caches = folder.resolve("caches");
        own = Workspace.open(folder.resolve("workspace")).classPaths().snapshot(RuntimeClassPath.find());
    }

    /** What a job's JVM runs in these tests. */
    static final class Hello {
        public static void main(String[] arguments) {
            System.out.println("out");
            System.err.println("err");
        }
    }

    @Test
    void options_afterTraining_nameACacheThatJobsUseInSilence() throws Exception {
        StartCache cache = new StartCache(caches);
        assertThat(cache.options(own)).isEmpty();
        Poll.until("the cache is made", () -> !cache.options(own).isEmpty());

        Poll.until("the training has tidied up", () -> files().size() == 1);
        assertThat(hello(cache.options(own))).isEqualTo("out\nerr\n");
        assertThat(new StartCache(caches).options(own)).isEqualTo(cache.options(own));
    }

    @Test
    void options_brokenCache_neitherBreaksNorLittersTheLog() throws Exception {
        Files.createDirectories(caches);
        Path file = caches.resolve(StartCache.key(own) + ".aot");
        for (String content : List.of("", "broken", "x".repeat(1 << 20))) {
            Files.writeString(file, content);
            List<String> options = new StartCache(caches).options(own);

            assertThat(options).contains("-XX:AOTCache=" + file);
            assertThat(hello(options)).isEqualTo("out\nerr\n");
        }
    }

    @Test
    void options_cacheThatIsGone_neitherBreaksNorLittersTheLog() throws Exception {
        Files.createDirectories(caches);
        Path file = Files.writeString(caches.resolve(StartCache.key(own) + ".aot"), "");
        List<String> options = new StartCache(caches).options(own);
        Files.delete(file);

        assertThat(hello(options)).isEqualTo("out\nerr\n");
    }

    @Test
    void options_folderThatCannotBeMade_areEmpty() throws Exception {
        Files.writeString(caches, "a file in the place of the folder");
        StartCache cache = new StartCache(caches);

        assertThat(cache.options(own)).isEmpty();
        assertThat(cache.options(own)).isEmpty();
        assertThat(caches).isRegularFile();
    }

    @Test
    void options_whileAnotherTrains_areEmptyAndStartNoOther() throws Exception {
        Files.createDirectories(caches);
        Path mark = Files.createFile(caches.resolve(StartCache.key(own) + ".aot.training"));

        assertThat(new StartCache(caches).options(own)).isEmpty();
        assertThat(files()).containsExactly(mark);
    }

    @Test
    void options_markOfATrainingThatWasKilled_isRemovedSoThatTheNextRunTrains() throws Exception {
        Files.createDirectories(caches);
        Path mark = Files.createFile(caches.resolve(StartCache.key(own) + ".aot.training"));
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));

        assertThat(new StartCache(caches).options(own)).isEmpty();
        assertThat(mark).doesNotExist();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(caches)) {
            return files.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a job's log would hold: standard output, then standard error. */
    private String hello(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        List<Path> classPath = new ArrayList<>(own);
        classPath.add(Path.of(
                Hello.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(Hello.class.getName());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int exitCode = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(err, StandardCharsets.UTF_8)).isZero();
        return Files.readString(out) + Files.readString(err);
    }
}
