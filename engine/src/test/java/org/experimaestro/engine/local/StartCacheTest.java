package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.engine.job.RuntimeClassPath;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("thorough")
@Timeout(120)
final class StartCacheTest {
    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private Path place;
    private Path caches;
    private List<Path> own;

    @BeforeEach
    void setUp() throws IOException {
        place = PrivateFolder.make(folder.resolve("cache"));
        caches = place.resolve("aot");
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
        StartCache cache = new StartCache(place, notices::add);
        assertThat(cache.options(own, Map.of())).isEmpty();
        Poll.until("the cache is made", () -> !cache.options(own, Map.of()).isEmpty());

        Poll.until("the training has tidied up", () -> files().size() == 2);
        assertThat(files()).extracting(file -> file.getFileName().toString()).contains("classpath");
        assertThat(hello(cache.options(own, Map.of()))).isEqualTo("out\nerr\n");
        assertThat(new StartCache(place, notices::add).options(own, Map.of())).isEqualTo(cache.options(own, Map.of()));
    }

    @Test
    void options_folderWhereOthersMayWrite_areEmptyAndTheReasonIsToldOnce() throws Exception {
        Files.createDirectories(caches);
        Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxrwxrwx"));
        StartCache cache = new StartCache(place, notices::add);

        assertThat(cache.options(own, Map.of())).isEmpty();
        assertThat(cache.options(own, Map.of())).isEmpty();

        assertThat(notices)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("without the start cache", "all users of this machine may write", "XDG_CACHE_HOME");
    }

    @Test
    void options_folderWithAColon_areEmptyAndTheReasonIsTold() throws Exception {
        Path colon = Files.createDirectory(place.resolve("a:b"));

        assertThat(new StartCache(colon, notices::add).options(own, Map.of())).isEmpty();

        assertThat(notices).singleElement(InstanceOfAssertFactories.STRING).contains("a colon in its name");
        assertThat(colon).isEmptyDirectory();
    }

    @Test
    void options_brokenCache_neitherBreaksNorLittersTheLog() throws Exception {
        Files.createDirectories(caches);
        Path file = caches.resolve(StartCache.key(own) + ".aot");
        for (String content : List.of("", "broken", "x".repeat(1 << 20))) {
            Files.writeString(file, content);
            List<String> options = new StartCache(place, notices::add).options(own, Map.of());

            assertThat(options).contains("-XX:AOTCache=" + file);
            assertThat(hello(options)).isEqualTo("out\nerr\n");
        }
    }

    @Test
    void options_cacheThatIsGone_neitherBreaksNorLittersTheLog() throws Exception {
        Files.createDirectories(caches);
        Path file = Files.writeString(caches.resolve(StartCache.key(own) + ".aot"), "");
        List<String> options = new StartCache(place, notices::add).options(own, Map.of());
        Files.delete(file);

        assertThat(hello(options)).isEqualTo("out\nerr\n");
    }

    @Test
    void options_folderThatCannotBeMade_areEmpty() throws Exception {
        Files.writeString(caches, "a file in the place of the folder");
        StartCache cache = new StartCache(place, notices::add);

        assertThat(cache.options(own, Map.of())).isEmpty();
        assertThat(cache.options(own, Map.of())).isEmpty();
        assertThat(caches).isRegularFile();
    }

    @Test
    void options_cacheThatOthersMayHavePlanted_areEmpty() throws Exception {
        Files.createDirectories(caches);
        Files.writeString(caches.resolve(StartCache.key(own) + ".aot"), "");
        assertThat(new StartCache(place, notices::add).options(own, Map.of())).isNotEmpty();
        Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(new StartCache(place, notices::add).options(own, Map.of())).isEmpty();
    }

    /** Whoever may write in one workspace does not reach the jobs of another one by the cache that both share. */
    @Test
    void options_jarsOfTheWorkspaceThatAreExchangedBeforeTheTraining_areNotInTheCache() throws Exception {
        for (Path jar : own) {
            Files.write(jar, new byte[(int) Files.size(jar)]);
        }
        StartCache cache = new StartCache(place, notices::add);

        Poll.until("the cache is made", () -> !cache.options(own, Map.of()).isEmpty());

        assertThat(caches.resolve(StartCache.key(own) + ".aot")).isNotEmptyFile();
    }

    @Test
    void options_whileAnotherTrains_areEmptyAndStartNoOther() throws Exception {
        Files.createDirectories(caches);
        Path mark = Files.createFile(caches.resolve(StartCache.key(own) + ".aot.training"));

        assertThat(new StartCache(place, notices::add).options(own, Map.of())).isEmpty();
        assertThat(files()).containsExactly(mark);
    }

    /** Eleven minutes ago; or while the clock was wrong. */
    @ParameterizedTest
    @ValueSource(longs = {-11, 11, 1_000_000})
    void options_markOfATrainingThatWasKilled_isRemovedSoThatTheNextRunTrains(long minutes) throws Exception {
        Files.createDirectories(caches);
        Path mark = Files.createFile(caches.resolve(StartCache.key(own) + ".aot.training"));
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now().plus(Duration.ofMinutes(minutes))));

        assertThat(new StartCache(place, notices::add).options(own, Map.of())).isEmpty();
        assertThat(mark).doesNotExist();
    }

    /** The JVM does not start with our cache and one of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xshare:off",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=other.jsa",
                "-XX:AOTCache=other.aot",
                "-XX:AOTCacheOutput=other.aot",
                "-XX:AOTMode=off",
                "-Dx=1 \"-Xshare:off\""
            })
    void options_userThatSaysWhichCache_haveNoneOfOurs(String theirs) throws Exception {
        Files.createDirectories(caches);
        Files.writeString(caches.resolve(StartCache.key(own) + ".aot"), "");
        StartCache cache = new StartCache(place, notices::add);

        assertThat(cache.options(own, Map.of("UNRELATED", theirs))).isNotEmpty();
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            assertThat(cache.options(own, Map.of(variable, theirs))).isEmpty();
        }
    }

    /** What the user wants to hear is heard, and what is wrong with our cache is not. */
    @Test
    void options_logOfTheUser_isWritten() throws Exception {
        Files.createDirectories(caches);
        Files.writeString(caches.resolve(StartCache.key(own) + ".aot"), "broken");
        for (String theirs : List.of("-Xlog:gc*", "-Xlog:gc:file=" + folder.resolve("gc.log"), "-Xlog:gc:stderr")) {
            Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", theirs);
            String log = hello(new StartCache(place, notices::add).options(own, environment), environment);

            assertThat(log).contains("out\n", "err\n").doesNotContain("[aot", "[cds");
            if (!theirs.contains("file")) {
                assertThat(log).contains("[gc");
            }
        }
        assertThat(folder.resolve("gc.log")).content().contains("[gc");
        Map<String, String> all = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:aot");
        assertThat(hello(new StartCache(place, notices::add).options(own, all), all))
                .contains("[aot");
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
        return hello(options, Map.of());
    }

    private String hello(List<String> options, Map<String, String> environment) throws Exception {
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
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        assertThat(exitCode).as(Files.readString(err, StandardCharsets.UTF_8)).isZero();
        return Files.readString(out) + Files.readString(err);
    }
}
