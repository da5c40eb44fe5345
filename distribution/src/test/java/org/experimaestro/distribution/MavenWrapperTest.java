package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.distribution.Scripts.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./mvnw}: the JDK and the Maven that it chooses, and what it says after Maven. Both Mavens are stand-ins that tell how they were called. */
class MavenWrapperTest {
    private static final String CHECKS =
            "- the checks of Error Prone but those for null: -Dthorough.tests or CI=true makes them, with clean";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path clone;
    private Path jdk;

    @BeforeEach
    void cloneRepository() throws IOException {
        clone = folder.resolve("a clone");
        jdk = Scripts.jdk(folder.resolve("a jdk"), "25.0.3");
        environment.put("EXPERIMAESTRO_JAVA_HOME", jdk.toString());
        // The only Java 17 that comes first in the search is the one of JAVA_HOME.
        environment.put(
                "JAVA_HOME",
                Scripts.jre(folder.resolve("java seventeen"), "17.0.15").toString());
        environment.put("PATH", Scripts.toolsIn(folder.resolve("tools")).toString());
        Scripts.copy(Scripts.ROOT.resolve("mvnw"), clone.resolve("mvnw"));
        Scripts.copy(
                Scripts.SOURCES.resolve("find-jdk.sh"), clone.resolve("distribution/src/main/scripts/find-jdk.sh"));
        Files.createDirectories(clone.resolve(".mvn/wrapper"));
        Files.writeString(
                clone.resolve(".mvn/wrapper/apache-mvnw.sh"),
                "printf '%s\\n' \"downloaded for $0\" \"$JAVA_HOME\" \"$@\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.7", "3.9.16", "3.10.0"})
    void mvnw_mavenOnPathSuffices_runsItOnTheJdk(String version) throws IOException {
        putMavenOnPath(version);
        environment.put("CI", "true");

        assertThat(mvnw("verify", "-Dname=a b").lines())
                .containsExactly(
                        "Maven " + version,
                        jdk.toString(),
                        "-Djdk17.home=" + folder.resolve("java seventeen"),
                        "verify",
                        "-Dname=a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "3.0", "4.0.0-rc-5", "2.2.1"})
    void mvnw_mavenOnPathIsOfAnotherAge_downloads(String version) throws IOException {
        putMavenOnPath(version);

        assertThat(mvnw("verify").lines()).startsWith("downloaded for " + clone.resolve("mvnw"), jdk.toString());
    }

    @Test
    void mvnw_noMavenOnPath_downloads() throws IOException {
        assertThat(mvnw("verify").lines()).startsWith("downloaded for " + clone.resolve("mvnw"), jdk.toString());
    }

    @Test
    void mvnw_calledThroughLink_findsItsClone() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("my mvnw"), Path.of("a clone/mvnw"));

        assertThat(Scripts.run(folder, environment, link.toString(), "verify").lines())
                .startsWith("downloaded for " + clone.resolve("mvnw"));
    }

    @Test
    void mvnw_java17NamedByTheUser_isLeftAlone() throws IOException {
        assertThat(mvnw("test", "-Djdk17.home=").lines()).endsWith(jdk.toString(), "test", "-Djdk17.home=");
    }

    @Test
    void mvnw_noSuitableJdk_explainsAndRunsNothing() throws IOException {
        putMavenOnPath("3.9.16");
        environment.put(
                "EXPERIMAESTRO_JAVA_HOME", folder.resolve("java seventeen").toString());

        var outcome = mvnw("verify");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("does not name a JDK 25 or newer", "java seventeen: Java 17.0.15, older than 25");
    }

    @Test
    void mvnw_verifyThatSkippedTests_tellsThemByReasonAtTheEnd() throws IOException {
        Path reports = Files.createDirectories(clone.resolve("core/target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-Old.xml"), skipped("org.x.OldTest", "<skipped message=\"long ago\"/>"));
        Files.setLastModifiedTime(reports.resolve("TEST-Old.xml"), FileTime.from(Instant.EPOCH));
        mavenThatReports(
                reports,
                skipped("org.x.OneTest", "<skipped message=\"&quot;a&quot; &amp; b: c&#10;more\"/>")
                        + skipped("org.x.OneTest", aborted("Assumption failed: only root can"))
                        + skipped("org.x.TwoTest$Inner", aborted("Assumption failed: only root can"))
                        + skipped("org.x.TwoTest", aborted("Assumption failed: only root can"))
                        + skipped("org.x.RunTest", ""));

        assertThat(mvnw("-q", "verify").lines())
                .containsExactly(
                        "",
                        "Left out:",
                        CHECKS,
                        "- the second run of the tests of the release-17 modules, on a Java 17: -Djdk17.home="
                                + folder.resolve("java seventeen") + " or CI=true runs it",
                        "- 1 test of OneTest: \"a\" & b: c",
                        "- 3 tests of OneTest, TwoTest: only root can");
    }

    @Test
    void mvnw_verifyWithoutJava17_tellsThatAtTheEnd() throws IOException {
        mavenThatReports(Files.createDirectories(clone.resolve("core/target/surefire-reports")), "");

        assertThat(mvnw("verify", "-Djdk17.home=").out()).endsWith("""

                Left out:
                %s
                - the second run of the tests of the release-17 modules, on a Java 17: -Djdk17.home= says so
                """.formatted(CHECKS));
        assertThat(mvnw("test", "-Djdk17.home=").out()).isEmpty();
    }

    @Test
    void mvnw_verifyThatFails_endsWithWhatMavenTells() throws IOException {
        Files.writeString(clone.resolve(".mvn/wrapper/apache-mvnw.sh"), "set -e\nfalse\necho further\n");

        var outcome = mvnw("verify", "-Djdk17.home=");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
    }

    /** The Maven that is downloaded tells nothing, and leaves a report. */
    private void mavenThatReports(Path reports, String text) throws IOException {
        Files.writeString(
                clone.resolve(".mvn/wrapper/apache-mvnw.sh"),
                "cat >'" + reports.resolve("TEST-New.xml") + "' <<'END'\n" + text + "END\n");
    }

    private static String skipped(String className, String how) {
        return "  <testcase name=\"x\" classname=\"" + className + "\" time=\"0.0\">\n    " + how + "\n  </testcase>\n";
    }

    private static String aborted(String message) {
        String exception = "org.opentest4j.TestAbortedException";
        return "<skipped type=\"" + exception + "\"><![CDATA[" + exception + ": " + message
                + "\n\tat org.x.OneTest.x(OneTest.java:1)\n]]></skipped>";
    }

    private void putMavenOnPath(String version) throws IOException {
        Scripts.program(folder.resolve("maven/mvn"), """
                if [ "$1" = --version ]; then
                  printf '\\033[1mApache Maven %s\\033[m\\n'
                else
                  printf '%%s\\n' 'Maven %s' "$JAVA_HOME" "$@"
                fi
                """.formatted(version, version));
        environment.merge("PATH", folder.resolve("maven").toString(), (tools, maven) -> maven + ":" + tools);
    }

    private Outcome mvnw(String... arguments) throws IOException {
        var command = new String[arguments.length + 1];
        command[0] = clone.resolve("mvnw").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Scripts.run(folder, environment, command);
    }
}
