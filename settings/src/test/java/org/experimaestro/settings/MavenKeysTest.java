package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenKeysTest {
    @TempDir
    Path folder;

    @Test
    void maven_profilesAndProperties_areRead() throws IOException {
        MavenOptions options = read("""
                class: acme.Plan
                maven:
                  profiles: [cuda, "!cpu", -old]
                  properties: {revision: 2, words.dir: ../words, empty: ""}
                """);

        assertThat(options.profiles()).containsExactly("cuda", "!cpu", "-old");
        assertThat(options.properties()).hasToString("{empty=, revision=2, words.dir=../words}");
    }

    @Test
    void maven_oneProfileOrAnOverride_isRead() throws IOException {
        assertThat(read("class: acme.Plan\nmaven: {profiles: cuda}\n").profiles())
                .containsExactly("cuda");
        assertThat(read("class: acme.Plan\nmaven: {profiles: cuda}\n", "maven.profiles=[a, b]", "maven.properties.x=1"))
                .isEqualTo(new MavenOptions(List.of("a", "b"), new TreeMap<>(Map.of("x", "1"))));
    }

    @Test
    void maven_nothingSaid_isNone() throws IOException {
        assertThat(read("class: acme.Plan\n")).isEqualTo(MavenOptions.NONE);
        assertThat(read("class: acme.Plan\nmaven:\n  profiles:\n  properties:\n"))
                .isEqualTo(MavenOptions.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            maven: [a]                    | "maven" must be a map, found a list
            maven: {profile: a}           | unknown key "maven.profile"; did you mean "profiles"?
            maven: {goals: a}             | unknown key "maven.goals"; write "maven: {profiles: [NAME], properties
            maven: {profiles: {a: b}}     | "maven.profiles" must be a list of the names of profiles, found a map
            maven: {profiles: ["a,b"]}    | "maven.profiles" must be a list of the names of profiles, found the text "a,b"
            maven: {properties: [a]}      | "maven.properties" must be a map to texts, found a list
            maven: {properties: {a: [b]}} | "maven.properties.a" must be a text, found a list
            maven: {properties: {a b: c}} | "a b" cannot be the name of a property of Maven
            """)
    void maven_wrong_isToldWithItsLine(String line, String problem) {
        assertThatThrownBy(() -> read("class: acme.Plan\n" + line + "\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("debug.yaml:2: ")
                .hasMessageContaining(problem);
    }

    @Test
    void maven_withASourceFile_isRefused() throws IOException {
        Files.writeString(folder.resolve("experiment.java"), "");

        assertThatThrownBy(() -> read("file: experiment\nmaven: {profiles: [a]}\n"))
                .hasMessageContaining("debug.yaml:2: \"maven\" is for the project of a \"class\"");
    }

    private MavenOptions read(String yaml, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("debug.yaml"), yaml);
        return ExperimentFile.read(file, List.of(overrides)).maven();
    }
}
