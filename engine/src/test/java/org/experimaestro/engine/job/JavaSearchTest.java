package org.experimaestro.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Java a job gets on a host, as its shell finds it. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class JavaSearchTest {
    /** A release that no host of ours has. */
    private static final int FUTURE = 901;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void script_nothingAsked_isTheJavaOfThePlan() throws Exception {
        assertThat(search(placement(OptionalInt.empty(), Optional.empty(), Map.of())))
                .isEqualTo(System.getProperty("java.home") + "/bin/java");
    }

    @Test
    void script_launcherNamesAJava_isThat() throws Exception {
        assertThat(search(placement(OptionalInt.empty(), Optional.of("/opt/it's my/java"), Map.of(17, "/opt/17/java"))))
                .isEqualTo("/opt/it's my/java");
    }

    @Test
    void script_jdkAskedThatTheLauncherNames_isThat() throws Exception {
        assertThat(search(placement(OptionalInt.of(17), Optional.of("/opt/java"), Map.of(17, "/opt/17/bin/java"))))
                .isEqualTo("/opt/17/bin/java");
    }

    @Test
    void script_jdkAskedThatTheLauncherDoesNotName_isSearched_notTheGeneralOne() throws Exception {
        Path home = jdk("jdk", "17.0.9");
        environment.put("JAVA_HOME", home.toString());
        environment.put("EXPERIMAESTRO_JAVA_HOME", jdk("newer", "21.0.1").toString());
        assertThat(search(placement(OptionalInt.of(17), Optional.of("/opt/java"), Map.of(21, "/opt/21/java"))))
                .isEqualTo(home + "/bin/java");
    }

    @ParameterizedTest
    @CsvSource({"901, 901", "901.0.2, 901", "901-ea, 901", "1.8.0_402, 8"})
    void script_releaseInAnyForm_isRead(String version, int feature) throws Exception {
        Path home = jdk("a JDK's $HOME", version);
        environment.put("EXPERIMAESTRO_JAVA_HOME", home.toString());
        assertThat(search(placement(OptionalInt.of(feature), Optional.empty(), Map.of())))
                .isEqualTo(home + "/bin/java");
    }

    @Test
    void script_olderAndNewerReleases_onlyTheOneThatWasAskedForIsTaken() throws Exception {
        environment.put(
                "EXPERIMAESTRO_JAVA_HOME", jdk("older", FUTURE - 1 + ".0.1").toString());
        environment.put("JAVA_HOME", jdk("newer", FUTURE + 1 + ".0.1").toString());
        Path right = jdk("right", FUTURE + ".0.1");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        // As distributions do it: the command is a link to a link.
        Files.createSymbolicLink(bin.resolve("middle"), right.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), bin.resolve("middle"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        assertThat(search(placement(OptionalInt.of(FUTURE), Optional.empty(), Map.of())))
                .isEqualTo(right + "/bin/java");
    }

    @Test
    void script_foldersWithoutAReleaseOrAJava_areLeftOut() throws Exception {
        Path bare = jdk("bare", "1");
        Files.delete(bare.resolve("release"));
        Path empty = jdk("empty", FUTURE + ".0.1");
        Files.delete(empty.resolve("bin/java"));
        Path right = Files.createDirectories(folder.resolve(".sdkman/candidates/java"));
        Path home = jdk(folder.relativize(right.resolve(FUTURE + ".0.1-tem")).toString(), FUTURE + ".0.1");
        environment.put("EXPERIMAESTRO_JAVA_HOME", bare.toString());
        environment.put("JAVA_HOME", empty.toString());
        environment.put("HOME", folder.toString());
        assertThat(search(placement(OptionalInt.of(FUTURE), Optional.empty(), Map.of())))
                .isEqualTo(home + "/bin/java");
    }

    @Test
    void script_variablesOfTheJob_areNotChanged() throws Exception {
        List.of("java", "home", "release", "on_path").forEach(name -> environment.put(name, "mine"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                "sh",
                "-c",
                JavaSearch.script(placement(OptionalInt.empty(), Optional.empty(), Map.of()))
                        + "printf %s \"$java $home $release $on_path\""));
        builder.environment().putAll(environment);
        assertThat(CommandRun.run(builder, CommandRun.text(""), CommandRun::readText, java.time.Duration.ofSeconds(30))
                        .out())
                .isEqualTo("mine mine mine mine");
    }

    @Test
    void script_noSuchJava_saysWhatIsMissing_andWhatToDo() throws Exception {
        CommandRun.Result<String> result = run(placement(OptionalInt.of(FUTURE), Optional.empty(), Map.of()));
        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("This job needs Java 901, which ", " has not", "jdks:", "launcher my-farm", "JAVA_HOME")
                .doesNotContain("or newer");
    }

    @Test
    void script_ofAProgram_takesANewerJavaAndListsTheOthers() throws Exception {
        Path older = jdk("older", "17.0.9");
        environment.put("EXPERIMAESTRO_JAVA_HOME", older.toString());
        environment.put("JAVA_HOME", jdk("newer", FUTURE + 1 + ".0.1").toString());

        assertThat(found(JavaSearch.script(FUTURE, Optional.empty())))
                .isEqualTo(folder.resolve("newer/bin/java") + " | 17 in " + older);
    }

    @Test
    void script_ofAProgramWithANamedJava_looksAtNoOther() throws Exception {
        jdk("it's old", "17.0.9");
        environment.put("JAVA_HOME", jdk("newer", FUTURE + ".0.1").toString());
        environment.put("HOME", folder.toString());

        assertThat(found(JavaSearch.script(FUTURE, Optional.of("~/it's old/bin/java"))))
                .isEqualTo(" | 17 in " + folder.resolve("it's old"));
        assertThat(found(JavaSearch.script(
                        17, Optional.of(folder.resolve("it's old").toString()))))
                .isEqualTo(folder.resolve("it's old/bin/java") + " | ");
    }

    private String found(String script) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("sh", "-c", script + "printf '%s | %s' \"$xpm_java\" \"$xpm_found\""));
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        return CommandRun.run(builder, CommandRun.text(""), CommandRun::readText, java.time.Duration.ofSeconds(30))
                .out();
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private static Placement placement(OptionalInt jdk, Optional<String> java, Map<Integer, String> jdks) {
        LauncherDefinition plain = LauncherDefinition.local();
        LauncherDefinition launcher = new LauncherDefinition(
                "my-farm",
                plain.type(),
                plain.connector(),
                plain.capacity(),
                plain.limit(),
                plain.environment(),
                java,
                new TreeMap<>(jdks),
                0,
                plain.options(),
                plain.directives());
        return TestLaunchers.placement(launcher, Resources.NONE, jdk);
    }

    private String search(Placement placement) throws Exception {
        CommandRun.Result<String> result = run(placement);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.out();
    }

    private CommandRun.Result<String> run(Placement placement) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("sh", "-c", JavaSearch.script(placement) + "printf %s \"$xpm_java\""));
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        return CommandRun.run(builder, CommandRun.text(""), CommandRun::readText, java.time.Duration.ofSeconds(30));
    }
}
