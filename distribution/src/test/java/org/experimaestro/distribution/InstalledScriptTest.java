package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/experimaestro} in a folder as the archive has it, with a {@code java} that tells how it was called. */
class InstalledScriptTest {
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

    private static Path installIn(Path home) throws IOException {
        Scripts.copy(Scripts.SOURCES.resolve("experimaestro"), home.resolve("bin/experimaestro"));
        Scripts.copy(Scripts.SOURCES.resolve("find-jdk.sh"), home.resolve("lib/find-jdk.sh"));
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
