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
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.process.EnvironmentVariable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {
    @TempDir
    private Path folder;

    private static final UserSettings NOBODY = UserSettings.none("settings.yaml");

    record Settings(int epochs) {}

    @Test
    void environment_importsAndOverrides_areMerged() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), "env: {A: base, B: base, C: base}\nepochs: 1\n");
        Path yaml = Files.writeString(
                folder.resolve("debug.yaml"), "imports: base\nenv:\n  OMP_NUM_THREADS: 4\n  A: own\n  B: own\n");

        ExperimentFile file = ExperimentFile.read(yaml, List.of("env.B=given"));

        assertThat(file.environment()).hasToString("{A=own, B=given, C=base, OMP_NUM_THREADS=4}");
        assertThat(file.variablePlaces())
                .hasToString("{A=debug.yaml:4, B=-c env.B=given, C=base.yaml:1, OMP_NUM_THREADS=debug.yaml:3}");
        assertThat(file.bind(Settings.class)).isEqualTo(new Settings(1));
    }

    @Test
    void environment_absent_isEmpty() throws IOException {
        assertThat(read("epochs: 1\n").environment()).isEmpty();
        assertThat(read("epochs: 1\nenv:\n").environment()).isEmpty();
    }

    @Test
    void environment_wrong_tellsAllProblems() {
        assertThatThrownBy(() -> read("env:\n  1A: x\n  B:\n  C: [1]\n"))
                .isInstanceOf(PlanException.class)
                .hasMessage("""
                        debug.yaml: 3 problems:
                          debug.yaml:2: "1A" cannot be the name of a variable; use letters, digits and "_", and no digit \
                        first
                          debug.yaml:3: "env.B" must be a text, found nothing (null); write "" for an empty text
                          debug.yaml:4: "env.C" must be a text, found a list; write "" for an empty text""");
        assertThatThrownBy(() -> read("env:\n  A: \"x\\0\"\n  B-C: \"\\0\"\n")).hasMessage("""
                        debug.yaml: 3 problems:
                          debug.yaml:2: the value of the variable A has the character 0, which ends values; leave that \
                        character out
                          debug.yaml:3: "B-C" cannot be the name of a variable; use letters, digits and "_", and no digit \
                        first
                          debug.yaml:3: the value of the variable B-C has the character 0, which ends values; leave that \
                        character out""");
        assertThatThrownBy(() -> read("env: 3\n")).hasMessageContaining("\"env\" must be a map to texts");
    }

    @Test
    void pass_names_areVariablesWithoutAValue() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), "env: {A: base}\npass: [TOKEN]\n");
        Path yaml = Files.writeString(folder.resolve("debug.yaml"), "imports: base\npass: [KEY, KEY]\n");
        ExperimentFile file = ExperimentFile.read(yaml, List.of());
        assertThat(file.environment()).isEqualTo(Map.of("A", "base", "KEY", EnvironmentVariable.PASSED));
        assertThat(file.show()).contains("pass").contains("KEY");
        assertThat(read("pass:\n").environment()).isEmpty();

        Files.writeString(folder.resolve("settings.yaml"), "pass: [TOKEN]\n");
        assertThat(WorkspaceSettings.read(folder, NOBODY).environment())
                .isEqualTo(Map.of("TOKEN", EnvironmentVariable.PASSED));
    }

    @Test
    void pass_wrong_tellsAllProblems() {
        assertThatThrownBy(() -> read("env: {A: x}\npass:\n- A\n- A-B\n- [C]\n-\n"))
                .hasMessage("""
                        debug.yaml: 4 problems:
                          debug.yaml:3: the variable A has a value in "env", and is in "pass" too; keep one of both: with \
                        "pass", jobs have the value that the plan's process has
                          debug.yaml:4: "A-B" cannot be the name of a variable; use letters, digits and "_", and no digit \
                        first
                          debug.yaml:5: "pass" must have names of variables, found a list; write "pass: [NAME]"
                          debug.yaml:6: "pass" must have names of variables, found nothing (null); write "pass: [NAME]\"""");
        assertThatThrownBy(() -> read("pass: TOKEN\n"))
                .hasMessageContaining(
                        "\"pass\" must be a list of names, found the text \"TOKEN\"; write \"pass: [NAME]\"");
    }

    @Test
    void environment_severalLines_areKept() throws IOException {
        assertThat(read("env:\n  A: |\n    one\n    two\n  B: \"one\\r\\ntwo\"\n")
                        .environment())
                .isEqualTo(new TreeMap<>(Map.of("A", "one\ntwo\n", "B", "one\r\ntwo")));
    }

    @Test
    void workspaceSettings_wrongVariables_areAllTold() throws IOException {
        Files.writeString(folder.resolve("settings.yaml"), "env: {A.B: 1, 2: x}\n");
        assertThatThrownBy(() -> WorkspaceSettings.read(folder, NOBODY))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("settings.yaml:1: \"A.B\" cannot be the name of a variable")
                .hasMessageContaining("settings.yaml:1: \"2\" cannot be the name of a variable");
    }

    @Test
    void workspaceSettings_file_isReadIfItIsThere() throws IOException {
        assertThat(WorkspaceSettings.read(folder, NOBODY).environment()).isEmpty();
        Path file = Files.writeString(folder.resolve("settings.yaml"), "env: {A: 1}\n");
        assertThat(WorkspaceSettings.read(folder, NOBODY).environment()).hasToString("{A=1}");

        Files.writeString(file, "evn: {A: 1}\n");
        assertThatThrownBy(() -> WorkspaceSettings.read(folder, NOBODY))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("settings.yaml:1: unknown key \"evn\" for a workspace; did you mean \"env\"?");
    }

    private ExperimentFile read(String text) throws IOException {
        return ExperimentFile.read(Files.writeString(folder.resolve("debug.yaml"), text), List.of());
    }
}
