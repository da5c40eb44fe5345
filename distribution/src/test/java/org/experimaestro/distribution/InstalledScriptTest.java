package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/experimaestro} in a folder as the archive has it, with a {@code java} that tells how it was called. */
class InstalledScriptTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path home;
    private Path jdk;

    @BeforeEach
    void install() throws IOException {
        jdk = Scripts.jdk(folder.resolve("a jdk"), "25.0.3");
        environment.put("EXPERIMAESTRO_JAVA_HOME", jdk.toString());
        environment.put("PATH", Scripts.toolsIn(folder.resolve("tools")).toString());
        home = installIn(folder.resolve("experimaestro of mine"));
    }

    @Test
    void experimaestro_arguments_reachTheMainClassUnchanged() throws IOException {
        var outcome = run(home.resolve("bin/experimaestro"), "run-experiment", "a plan.yaml", "*", "");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.lines()).startsWith(jdk.toString());
        assertThat(outcome.lines())
                .containsSubsequence(
                        "-cp",
                        home.resolve("lib/a.jar") + ":" + home.resolve("lib/b.jar"),
                        "-Dexperimaestro.home=" + home,
                        "org.experimaestro.cli.Main",
                        "run-experiment",
                        "a plan.yaml",
                        "*",
                        "")
                .endsWith("");
    }

    @Test
    void experimaestro_calledThroughLinks_findsItsOwnFolder() throws IOException {
        var direct = run(home.resolve("bin/experimaestro"), "--help");
        var bin = Files.createDirectories(folder.resolve("my bin"));
        Files.createSymbolicLink(bin.resolve("absolute"), home.resolve("bin/experimaestro"));
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));

        assertThat(run(bin.resolve("relative"), "--help")).isEqualTo(direct);
    }

    @Test
    void experimaestro_calledByRelativeName_findsItsOwnFolder() throws IOException {
        var direct = run(home.resolve("bin/experimaestro"), "--help");

        assertThat(Scripts.run(home.resolve("bin"), environment, "sh", "experimaestro", "--help"))
                .isEqualTo(direct);
    }

    @Test
    void experimaestro_optionsOfTheUser_comeAfterOursAndBeforeTheMainClass() throws IOException {
        environment.put("EXPERIMAESTRO_OPTS", "-Xmx4g  -Dpattern=*");

        assertThat(run(home.resolve("bin/experimaestro"), "--help").lines())
                .containsSubsequence("-XX:+UseSerialGC", "-Xmx4g", "-Dpattern=*", "-cp", "org.experimaestro.cli.Main");
    }

    /** Ours would undo the user's, or the JVM would not start with both. */
    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -XX:+UseG1GC, -XX:+UseSerialGC",
        "JDK_JAVA_OPTIONS, -XX:+UseZGC, -XX:+UseSerialGC",
        "EXPERIMAESTRO_OPTS, -XX:+UseParallelGC, -XX:+UseSerialGC",
        "JAVA_TOOL_OPTIONS, -XX:TieredStopAtLevel=4, -XX:TieredStopAtLevel=1",
        "JAVA_TOOL_OPTIONS, -XX:-TieredCompilation, -XX:TieredStopAtLevel=1",
        "_JAVA_OPTIONS, -Xmx16m, -Xms24m",
        "JAVA_TOOL_OPTIONS, -Xms1g, -Xms24m",
        "JAVA_TOOL_OPTIONS, -XX:+UsePerfData, -XX:-UsePerfData",
        "JDK_JAVA_OPTIONS, -XX:-UseCompactObjectHeaders, -XX:+UseCompactObjectHeaders",
        "JDK_JAVA_OPTIONS, --sun-misc-unsafe-memory-access=deny, --sun-misc-unsafe-memory-access=allow"
    })
    void experimaestro_optionOfTheUser_takesThePlaceOfOurs(String variable, String theirs, String ours)
            throws IOException {
        assertThat(run(home.resolve("bin/experimaestro"), "--help").lines()).contains(ours);
        environment.put(variable, "-Dbefore=1 " + theirs + " -Dbehind=2");

        var lines = run(home.resolve("bin/experimaestro"), "--help").lines();
        assertThat(lines).doesNotContain(ours);
        assertThat(lines.stream().filter(line -> line.startsWith("-X") || line.startsWith("--s")))
                .hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("org.experimaestro.distribution.Scripts#shells")
    void experimaestro_startCacheOfThisUser_isUsedInSilence(String shell) throws IOException {
        Path cache = startCache(folder.resolve("my caches"));
        assertThat(run(shell).lines())
                .contains("-Dexperimaestro.start.cache=" + cache)
                .noneMatch(line -> line.contains("AOTCache") || line.startsWith("-Xlog"));
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "a cache");

        assertThat(run(shell).lines()).contains("-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off");

        environment.put("EXPERIMAESTRO_OPTS", "-Xlog:gc");
        assertThat(run(shell).lines())
                .contains("-XX:AOTCache=" + cache)
                .filteredOn(line -> line.startsWith("-Xlog"))
                .containsExactly("-Xlog:gc");
    }

    /** The JVM does not start with both, or makes a cache of its own. */
    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -XX:AOTMode=off",
        "JDK_JAVA_OPTIONS, -Xshare:off",
        "EXPERIMAESTRO_OPTS, -XX:AOTCache=mine.aot",
        "_JAVA_OPTIONS, -XX:SharedArchiveFile=mine.jsa",
        "EXPERIMAESTRO_OPTS, -XX:+AutoCreateSharedArchive"
    })
    void experimaestro_cacheOfTheUsersOptions_isTheOnlyOne(String variable, String option) throws IOException {
        Path cache = startCache(folder.resolve("caches"));
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "a cache");
        environment.put(variable, option);

        assertThat(run("sh").lines()).contains("-Dexperimaestro.start.cache=").doesNotContain("-XX:AOTCache=" + cache);
    }

    @Test
    void experimaestro_startCacheInAFolderWithAColon_isNotUsed() throws IOException {
        Path cache = startCache(folder.resolve("a:b"));
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "a cache");

        assertThat(run("sh").lines()).contains("-Dexperimaestro.start.cache=");
    }

    @Test
    void experimaestro_startCacheOfAnotherUser_isNotUsed() throws IOException {
        Path cache = startCache(folder.resolve("caches"));
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "a cache");
        try {
            Files.setAttribute(cache, "unix:uid", NOBODY);
        } catch (IOException refused) {
            assumeTrue(false, "Only root gives a file to another user: " + refused);
        }

        assertThat(run("sh").lines()).noneMatch(line -> line.contains("AOTCache"));
    }

    private Path startCache(Path caches) {
        environment.put("XDG_CACHE_HOME", caches.toString());
        return Path.of(caches + "/experimaestro/aot/command" + jdk + home + "/start.aot");
    }

    private Scripts.Outcome run(String shell) throws IOException {
        return Scripts.run(
                folder, environment, shell, home.resolve("bin/experimaestro").toString());
    }

    @ParameterizedTest
    @MethodSource("org.experimaestro.distribution.Scripts#shells")
    void experimaestro_withoutALocale_runsInUtf8(String shell) throws IOException {
        environment.put("PATH", "/usr/bin:/bin");
        Scripts.program(
                jdk.resolve("bin/java"), "locale charmap; echo \"LC_ALL=$LC_ALL LC_CTYPE=$LC_CTYPE LANG=$LANG\"");

        assertThat(charmap(shell)).isEqualTo("UTF-8\nLC_ALL= LC_CTYPE=C.UTF-8 LANG=\n");
        environment.put("LANG", "xx_XX.UTF-8");
        assertThat(charmap(shell)).isEqualTo("UTF-8\nLC_ALL=C.UTF-8 LC_CTYPE= LANG=xx_XX.UTF-8\n");
        environment.put("LC_ALL", "POSIX");
        assertThat(charmap(shell)).isEqualTo("UTF-8\nLC_ALL=C.UTF-8 LC_CTYPE= LANG=xx_XX.UTF-8\n");
        environment.put("LC_ALL", "");
        environment.put("LANG", "C.utf8");
        assertThat(charmap(shell)).isEqualTo("UTF-8\nLC_ALL= LC_CTYPE= LANG=C.utf8\n");
        environment.put("LC_CTYPE", "C");
        assertThat(charmap(shell)).isEqualTo("UTF-8\nLC_ALL= LC_CTYPE=C.UTF-8 LANG=C.utf8\n");
    }

    private String charmap(String shell) throws IOException {
        var outcome = Scripts.run(
                folder, environment, shell, home.resolve("bin/experimaestro").toString());
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }

    /** A host that has neither the command nor the usual names: a {@code locale} that knows one name only. */
    @ParameterizedTest
    @ValueSource(strings = {"en_US.UTF-8", "de_DE.utf8", "C.UTF-8"})
    void experimaestro_hostWithOneLocaleInUtf8_takesIt(String known) throws IOException {
        Scripts.program(folder.resolve("tools/locale"), """
                case "$1 ${LC_ALL:-${LC_CTYPE:-$LANG}}" in
                  "-a "*) printf '%%s\\n' C POSIX '%1$s' ;;
                  "charmap %1$s") echo UTF-8 ;;
                  *) echo ANSI_X3.4-1968 ;;
                esac""".formatted(known));
        Files.createSymbolicLink(folder.resolve("tools/env"), Path.of("/usr/bin/env"));
        Scripts.program(jdk.resolve("bin/java"), "echo \"$LC_CTYPE\"");

        assertThat(run(home.resolve("bin/experimaestro")).out()).isEqualTo(known + "\n");
    }

    @Test
    void experimaestro_hostWithoutTheCommandLocale_takesC() throws IOException {
        Scripts.program(jdk.resolve("bin/java"), "echo \"$LC_CTYPE\"");

        var outcome = run(home.resolve("bin/experimaestro"));
        assertThat(outcome.out()).isEqualTo("C.UTF-8\n");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void experimaestro_exitCodeOfJava_isItsOwn() throws IOException {
        Scripts.program(jdk.resolve("bin/java"), "exit 7");

        assertThat(run(home.resolve("bin/experimaestro")).exitCode()).isEqualTo(7);
    }

    @Test
    void experimaestro_unsuitableJdk_isExplained() throws IOException {
        Scripts.jdk(jdk, "21");

        var outcome = run(home.resolve("bin/experimaestro"), "--help");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("EXPERIMAESTRO_JAVA_HOME=" + jdk + ": Java 21, older than 25");
    }

    @Test
    void experimaestro_folderWithColon_isRefused() throws IOException {
        var outcome = run(installIn(folder.resolve("a:b")).resolve("bin/experimaestro"), "--help");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("a:b: a class path cannot hold a folder with a colon", "Move it");
    }

    @ParameterizedTest
    @MethodSource("org.experimaestro.distribution.Scripts#shells")
    void experimaestro_version_isPrintedWithoutAJvm(String shell) throws IOException {
        Files.createFile(home.resolve("lib/experimaestro-cli-1.2.0-rc1.jar"));
        Files.writeString(jdk.resolve("release"), """
                IMPLEMENTOR="Some Body, Inc."
                JAVA_RUNTIME_VERSION="25.0.3+9-LTS"
                JAVA_VERSION="25.0.3"
                """);
        String[] command = {shell, home.resolve("bin/experimaestro").toString(), "--version"};

        assertThat(Scripts.run(folder, environment, command).out()).isEqualTo("""
                experimaestro 1.2.0-rc1
                Java 25.0.3+9-LTS (Some Body, Inc.) in %s
                """.formatted(jdk.toRealPath()));

        environment.put("EXPERIMAESTRO_OPTS", "-Dx=y");
        assertThat(Scripts.run(folder, environment, command).lines())
                .contains("-Dx=y", "org.experimaestro.cli.Main", "--version");
    }

    /** A JDK whose file says less, or words that are more than the version. */
    @ParameterizedTest
    @ValueSource(strings = {"--version", "--versions", "--version --help"})
    void experimaestro_versionThatTheScriptCannotPrint_isLeftToTheJvm(String words) throws IOException {
        Files.createFile(home.resolve("lib/experimaestro-cli-1.2.jar"));

        assertThat(run(home.resolve("bin/experimaestro"), words.split(" ")).lines())
                .contains("org.experimaestro.cli.Main");
    }

    private static Path installIn(Path home) throws IOException {
        Scripts.copy(Scripts.SOURCES.resolve("experimaestro"), home.resolve("bin/experimaestro"));
        Scripts.copy(Scripts.SOURCES.resolve("find-jdk.sh"), home.resolve("lib/find-jdk.sh"));
        Scripts.copy(Scripts.ROOT.resolve(Scripts.LOCALE), home.resolve("lib/utf8-locale.sh"));
        Files.createDirectories(home.resolve("lib/processor"));
        for (var jar : new String[] {"b.jar", "a.jar", "processor/c.jar"}) {
            Files.createFile(home.resolve("lib").resolve(jar));
        }
        return home.toRealPath();
    }

    private Scripts.Outcome run(Path script, String... arguments) throws IOException {
        var command = new String[arguments.length + 1];
        command[0] = script.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Scripts.run(folder, environment, command);
    }
}
