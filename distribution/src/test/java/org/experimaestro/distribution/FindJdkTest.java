package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.distribution.Scripts.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code find-jdk.sh} in each shell of this machine, with folders that only look like JDKs. */
@ParameterizedClass
@MethodSource("org.experimaestro.distribution.Scripts#shells")
class FindJdkTest {
    /** Searches the folders below {@code usual} in place of those of this machine. */
    private static final String IN_USUAL = """
            set -eu
            . "$1"
            jdk_each_usual_place() {
              for candidate in "$USUAL"/*; do if [ -d "$candidate" ]; then "$1" "$candidate" || :; fi; done
            }
            """;

    private static final String FIND_JDK =
            IN_USUAL + "find_jdk || exit 1\nprintf '%s\\n' \"$JDK_HOME\" \"$JDK_VERSION\"";
    private static final String FIND_JAVA_17 = IN_USUAL + "find_java_17 || exit 1\nprintf '%s\\n' \"$JAVA_17_HOME\"";

    @Parameter
    private String shell;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path usual;

    @BeforeEach
    void emptyMachine() throws IOException {
        usual = Files.createDirectories(folder.resolve("usual folder"));
        environment.put("USUAL", usual.toString());
        environment.put("PATH", Scripts.toolsIn(folder.resolve("tools")).toString());
    }

    @Test
    void findJdk_allPlacesSuitable_takesExperimaestroJavaHome() throws IOException {
        var chosen = Scripts.jdk(folder.resolve("chosen jdk"), "26.0.1");
        environment.put("EXPERIMAESTRO_JAVA_HOME", chosen.toString());
        environment.put("JAVA_HOME", Scripts.jdk(folder.resolve("home"), "25").toString());
        Scripts.jdk(usual.resolve("a"), "25.0.3");

        assertThat(run(FIND_JDK).lines()).containsExactly(chosen.toString(), "26.0.1");
    }

    @Test
    void findJdk_experimaestroJavaHomeTooOld_isAnErrorThoughOthersSuit() throws IOException {
        environment.put(
                "EXPERIMAESTRO_JAVA_HOME",
                Scripts.jdk(folder.resolve("old"), "21.0.2").toString());
        environment.put("JAVA_HOME", Scripts.jdk(folder.resolve("home"), "25").toString());

        var outcome = run(FIND_JDK);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("EXPERIMAESTRO_JAVA_HOME does not name a JDK 25 or newer")
                .contains("EXPERIMAESTRO_JAVA_HOME=" + folder.resolve("old") + ": Java 21.0.2, older than 25")
                .contains("or unset it");
    }

    @Test
    void findJdk_javaHomeSuitable_winsOverPathAndLowerVersions() throws IOException {
        var home = Scripts.jdk(folder.resolve("home of java"), "27-ea");
        environment.put("JAVA_HOME", home.toString());
        putOnPath(Scripts.jdk(folder.resolve("on path"), "26"));
        Scripts.jdk(usual.resolve("a"), "25");

        assertThat(run(FIND_JDK).lines()).containsExactly(home.toString(), "27-ea");
    }

    @Test
    void findJdk_javaHomeTooOld_takesJavaOnPathThroughLinks() throws IOException {
        environment.put(
                "JAVA_HOME", Scripts.jdk(folder.resolve("home"), "17.0.15").toString());
        var onPath = Scripts.jdk(folder.resolve("on path"), "26");
        putOnPath(onPath);
        Scripts.jdk(usual.resolve("a"), "25");

        assertThat(run(FIND_JDK).lines()).containsExactly(onPath.toRealPath().toString(), "26");
    }

    @Test
    void findJdk_onlyUsualFolders_takesTheLowestSufficient() throws IOException {
        Scripts.jdk(usual.resolve("a jdk"), "26.0.1");
        var lowest = Scripts.jdk(usual.resolve("b jdk"), "25.0.3");
        Scripts.jdk(usual.resolve("c jdk"), "17.0.15");
        Scripts.jdk(usual.resolve("d jdk"), "100");
        Scripts.jre(usual.resolve("e jre"), "25");

        assertThat(run(FIND_JDK).lines()).containsExactly(lowest.toString(), "25.0.3");
    }

    @Test
    void findJdk_nothingSuitable_tellsEachFindingAndWhatToInstall() throws IOException {
        environment.put("JAVA_HOME", folder.resolve("gone").toString());
        putOnPath(Scripts.jdk(folder.resolve("on path"), "17.0.15"));
        Scripts.jdk(usual.resolve("eight"), "1.8.0_392");
        Scripts.jre(usual.resolve("no compiler"), "25.0.3");
        Scripts.program(usual.resolve("unknown/bin/java"), "exit 1");
        Files.createDirectories(usual.resolve("sources"));

        var outcome = run(FIND_JDK);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("it needs a JDK 25 or newer")
                .contains("JAVA_HOME=" + folder.resolve("gone") + ": no such folder")
                .containsPattern("java on the PATH, .*on path: Java 17.0.15, older than 25")
                .contains(usual.resolve("eight") + ": Java 1.8.0_392, older than 25")
                .contains(usual.resolve("no compiler") + ": Java 25.0.3, but without a compiler (bin/javac)")
                .contains(usual.resolve("unknown") + ": no Java version in its file 'release'")
                .doesNotContain("sources:")
                .contains("apt-get install openjdk-25-jdk-headless", "brew install", "EXPERIMAESTRO_JAVA_HOME=FOLDER");
    }

    @Test
    void findJdk_noJavaAnywhere_saysSo() throws IOException {
        var outcome = run(FIND_JDK);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("JAVA_HOME: not set", "java on the PATH: none", "the usual folders", "no Java there");
    }

    @ParameterizedTest
    @CsvSource({
        "25,true",
        "25.0.3,true",
        "25-ea,true",
        "25+36,true",
        "24.0.2,false",
        "1.8.0_25,false",
        "9,false",
        "''" + ",false"
    })
    void findJdk_versionText_isReadByItsFeatureNumber(String version, boolean suitable) throws IOException {
        Scripts.jdk(usual.resolve("a"), version);

        assertThat(run(FIND_JDK).exitCode()).isEqualTo(suitable ? 0 : 1);
    }

    @Test
    void findJdk_releaseWithoutLastLineEnd_isRead() throws IOException {
        var home = Scripts.jdk(usual.resolve("a"), "25");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.9\"");

        assertThat(run(FIND_JDK).lines()).containsExactly(home.toString(), "25.0.9");
    }

    @Test
    void findJava17_jreAmongOthers_isFound() throws IOException {
        Scripts.jdk(usual.resolve("a"), "25");
        var seventeen = Scripts.jre(usual.resolve("java seventeen"), "17.0.15");

        assertThat(run(FIND_JAVA_17).lines()).containsExactly(seventeen.toString());
    }

    @Test
    void findJava17_none_failsSilently() throws IOException {
        Scripts.jdk(usual.resolve("a"), "25");
        Scripts.jdk(usual.resolve("b"), "18");

        assertThat(run(FIND_JAVA_17)).isEqualTo(new Outcome(1, "", ""));
    }

    @Test
    void usualPlaces_homeWithSpacesAndGlobbingOff_holdsTheFoldersOfVersionManagers() throws IOException {
        var home = folder.resolve("a home");
        environment.put("HOME", home.toString());
        var sdkman = Scripts.jdk(home.resolve(".sdkman/candidates/java/25.0.3 tem"), "25.0.3");
        var jdks = Scripts.jdk(home.resolve(".jdks/temurin 25"), "25.0.3");
        var mise = Scripts.jdk(home.resolve(".local/share/mise/installs/java/25"), "25.0.3");

        var outcome = run("""
                set -euf
                . "$1"
                show() { printf '%s\\n' "$1"; }
                jdk_each_usual_place show
                case $- in *f*) echo "globbing still off" ;; esac
                """);

        assertThat(outcome.lines()).contains(sdkman.toString(), jdks.toString(), mise.toString(), "globbing still off");
    }

    private void putOnPath(Path jdk) throws IOException {
        var alternatives = Files.createDirectories(folder.resolve("alternatives"));
        Files.createSymbolicLink(alternatives.resolve("java"), jdk.resolve("bin/java"));
        var bin = Files.createDirectories(folder.resolve("path bin"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("../alternatives/java"));
        environment.merge("PATH", bin.toString(), (tools, java) -> java + ":" + tools);
    }

    private Outcome run(String text) throws IOException {
        return Scripts.run(
                folder,
                environment,
                shell,
                "-c",
                text,
                shell,
                Scripts.SOURCES.resolve("find-jdk.sh").toString());
    }
}
