package org.experimaestro.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.experimaestro.spi.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, as the shell of this machine runs them. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class HostScriptsTest {
    private static final String CONTENT = "content";

    /** The first one has the digest of {@value #CONTENT}. */
    private static final List<String> JARS = List.of(
            "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73.jar",
            "0000000000000000000000000000000000000000000000000000000000000000.jar");

    @TempDir
    private Path folder;

    private CommandRun.Result<String> run(String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "umask 000\n" + script);
        builder.environment()
                .put("XDG_CACHE_HOME", folder.resolve("it's a cache").toString());
        return CommandRun.run(builder, CommandRun.text(""), CommandRun::readText, Duration.ofSeconds(30));
    }

    private Path jars() {
        return folder.resolve("it's a cache/experimaestro/jars");
    }

    @Test
    void look_hostWithoutJars_missesAllAndHasAFolder() throws Exception {
        CommandRun.Result<String> result = run(HostScripts.look(JARS, Optional.empty()));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .contains("folder " + jars().toRealPath(), "missing " + JARS.get(0), "missing " + JARS.get(1))
                .anySatisfy(line -> assertThat(line).startsWith("java ").endsWith("/bin/java"));
    }

    @Test
    void look_folderOfJars_isClosedToOthers() throws Exception {
        Files.createDirectories(jars());
        Files.setPosixFilePermissions(jars(), PosixFilePermissions.fromString("rwxrwxrwx"));

        run(HostScripts.look(JARS, Optional.empty()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jars())))
                .isEqualTo("rwx------");
    }

    @Test
    void look_jarsThatAreThere_areKeptAndOthersGoAfterAWhile() throws Exception {
        Files.createDirectories(jars());
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(100)));
        for (String name : List.of(JARS.getFirst(), "old.jar", "new.jar")) {
            Files.writeString(jars().resolve(name), CONTENT);
        }
        Files.setLastModifiedTime(jars().resolve(JARS.getFirst()), longAgo);
        Files.setLastModifiedTime(jars().resolve("old.jar"), longAgo);

        CommandRun.Result<String> result = run(HostScripts.look(JARS, Optional.empty()));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("missing " + JARS.getLast()).doesNotContain("missing " + JARS.getFirst());
        assertThat(jars()).isDirectoryContaining("glob:**/" + JARS.getFirst()).isDirectoryContaining("glob:**/new.jar");
        assertThat(jars().resolve("old.jar")).doesNotExist();
    }

    @Test
    void look_jarsOfAnotherContentOrBehindLinks_areMissingAndGo() throws Exception {
        Files.createDirectories(jars());
        Path real = Files.writeString(folder.resolve("real.jar"), CONTENT);
        Files.createSymbolicLink(jars().resolve(JARS.getFirst()), real);
        Files.writeString(jars().resolve(JARS.getLast()), "half of it");

        CommandRun.Result<String> result = run(HostScripts.look(JARS, Optional.empty()));

        assertThat(result.out()).contains("missing " + JARS.getFirst(), "missing " + JARS.getLast());
        assertThat(jars()).isEmptyDirectory();
        assertThat(real).hasContent(CONTENT);
    }

    @Test
    void look_folderAboveThatOthersCanChange_isRefusedOrClosed() throws Exception {
        Files.createDirectories(jars());
        Files.setPosixFilePermissions(jars().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(run(HostScripts.look(JARS, Optional.empty())).exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jars().getParent())))
                .isEqualTo("rwxr-xr-x");

        Path base = jars().getParent().getParent();
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxrwxrwx"));
        CommandRun.Result<String> refused = run(HostScripts.look(JARS, Optional.empty()));
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.err()).contains("others can change " + base);
    }

    @Test
    void look_cacheThatIsALink_isThatOfItsTarget() throws Exception {
        Path real = Files.createDirectories(folder.resolve("scratch"));
        Files.createSymbolicLink(folder.resolve("it's a cache"), real);

        CommandRun.Result<String> result = run(HostScripts.look(JARS, Optional.empty()));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(real.resolve("experimaestro/jars")).isDirectory();
    }

    @Test
    void look_noSuchJava_tellsWhatItHasFound() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(run(HostScripts.look(JARS, Optional.of(old.toString()))).out())
                .contains("too-old 17 in " + old)
                .doesNotContain("java ");
    }

    @Test
    void start_words_areThoseOfTheProgram() throws Exception {
        Path java = Files.writeString(folder.resolve("it's java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        String script = HostScripts.start(java.toString(), "/the jars", JARS, List.of("host", "/it's $work"));

        assertThat(run(script).out().lines())
                .containsSubsequence(
                        "-cp",
                        "/the jars/" + JARS.getFirst() + ":/the jars/" + JARS.getLast(),
                        FarMain.class.getName(),
                        "host")
                .endsWith("/it's $work");
    }
}
