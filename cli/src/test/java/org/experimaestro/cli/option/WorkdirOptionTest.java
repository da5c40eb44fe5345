package org.experimaestro.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkspaceChoice.Origin;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkdirOptionTest {
    private static final Map<String, String> VARIABLE = Map.of(WorkspaceChoice.VARIABLE, "/variable");

    @TempDir
    Path folder;

    @Test
    void choose_everythingSaid_takesTheFirstThatSpeaks() throws Exception {
        Workspace.open(folder.resolve("here"));
        Path current = Files.createDirectories(folder.resolve("here/jobs/deep"));
        ExperimentFile file = experiment(folder, "named.yaml", "workdir: /file\n");
        ExperimentFile silent = experiment(folder, "silent.yaml", "");

        assertThat(choose(Path.of("/option"), file, VARIABLE, current))
                .isEqualTo(new WorkspaceChoice(Path.of("/option"), Origin.OPTION, "--workdir"));
        assertThat(choose(null, file, VARIABLE, current))
                .isEqualTo(new WorkspaceChoice(Path.of("/file"), Origin.FILE, "workdir: in named.yaml"));
        assertThat(choose(null, silent, VARIABLE, current).origin()).isEqualTo(Origin.VARIABLE);
        assertThat(choose(null, null, VARIABLE, current))
                .isEqualTo(new WorkspaceChoice(Path.of("/variable"), Origin.VARIABLE, "EXPERIMAESTRO_WORKDIR"));
        assertThat(choose(null, null, settings(), current))
                .isEqualTo(new WorkspaceChoice(
                        folder.resolve("here"), Origin.CURRENT_FOLDER, "the current folder is in it"));
        experiment(current, "here.yaml", "workdir: /of/here\n");
        assertThat(choose(null, null, VARIABLE, current))
                .isEqualTo(new WorkspaceChoice(Path.of("/of/here"), Origin.FILE_HERE, "workdir: in here.yaml"));
        assertThat(choose(null, silent, VARIABLE, current).origin()).isEqualTo(Origin.VARIABLE);
        assertThat(WorkspaceChoice.of(null, null, silent, settings(), folder, () -> folder))
                .isEqualTo(new WorkspaceChoice(folder.resolve("experimaestro"), Origin.HOME, "the default"));
    }

    @Test
    void choose_namedWorkspaces_areFoundByNameByTriggerAndLast() throws Exception {
        Files.writeString(folder.resolve("settings.yaml"), """
                workspaces:
                  trec: {path: /data/trec, triggers: [trec-*]}
                  local: {path: /data/local}
                """);
        ExperimentFile trec = experiment(folder, "trec-1.yaml", "");
        ExperimentFile other = experiment(folder, "other.yaml", "");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(named("local", trec, empty))
                .isEqualTo(new WorkspaceChoice(Path.of("/data/local"), Origin.OPTION, "--workspace local"));
        assertThat(named(null, trec, empty)).satisfies(choice -> {
            assertThat(choice.folder()).isEqualTo(Path.of("/data/trec"));
            assertThat(choice.origin()).isEqualTo(Origin.TRIGGER);
            assertThat(choice.reason()).startsWith("trec in ").endsWith("settings.yaml, by a trigger");
        });
        assertThat(named(null, other, empty).folder()).isEqualTo(Path.of("/data/local"));
        assertThat(named(null, null, empty).origin()).isEqualTo(Origin.USUAL);
        assertThat(named(null, null, folder).folder()).isEqualTo(Path.of("/data/trec"));
        experiment(folder, "unset.yaml", "id: trec-2\nepochs: ${env:NONE_OF_THIS_NAME}\n");
        assertThat(named(null, null, folder).folder()).isEqualTo(Path.of("/data/trec"));
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> named("locl", null, empty))
                .withMessageContainingAll("There is no workspace \"locl\"", "local");
    }

    private WorkspaceChoice named(@Nullable String name, @Nullable ExperimentFile file, Path current) {
        return WorkspaceChoice.of(null, name, file, settings(), current, () -> folder);
    }

    @Test
    void choose_filesThatAreNoExperiments_areLeftOut() throws Exception {
        Files.writeString(folder.resolve("broken.yaml"), "workdir: [\n");
        Files.writeString(folder.resolve("imported.yaml"), "workdir: /imported\n");
        Files.writeString(folder.resolve("list.yml"), "- 1\n");
        Files.writeString(folder.resolve("experiment.txt"), "file: experiment\nworkdir: /text\n");
        Files.createDirectory(folder.resolve("folder.yaml"));
        assertThat(choose(null, null, VARIABLE, folder).origin()).isEqualTo(Origin.VARIABLE);

        experiment(folder, "without.yaml", "");
        experiment(folder, "a.yml", "workdir: w\n");
        experiment(folder, "b.yaml", "workdir: ./w/../w\n");
        assertThat(choose(null, null, VARIABLE, folder).folder()).isEqualTo(folder.resolve("w"));
    }

    @Test
    void choose_twoWorkspacesOfTheCurrentFolder_areAnErrorThatNamesBoth() throws Exception {
        experiment(folder, "debug.yaml", "workdir: small\n");
        ExperimentFile full = experiment(folder, "full.yaml", "workdir: large\n");

        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> choose(null, null, VARIABLE, folder))
                .withMessageContainingAll(
                        "debug.yaml: " + folder.resolve("small"),
                        "full.yaml: " + folder.resolve("large"),
                        "jobs list debug.yaml",
                        "--workdir");
        assertThat(choose(null, full, VARIABLE, folder).folder()).isEqualTo(folder.resolve("large"));
    }

    @Test
    void choose_optionThatIsTheFileOfAnExperiment_saysWhereItStands() throws Exception {
        Path file = experiment(folder, "debug.yaml", "workdir: w\n").path();

        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> choose(file, null, settings(), folder))
                .withMessageContainingAll(file.toString(), "give the experiment's file as the first argument");
    }

    @Test
    void choose_relativeFolder_startsFromTheCurrentOne() {
        assertThat(choose(Path.of("../w"), null, settings(), folder.resolve("a"))
                        .folder())
                .isEqualTo(folder.resolve("w"));
    }

    @Test
    void takeFile_firstArgument_isTakenIfItIsTheNameOfAYamlFile() throws Exception {
        Path yaml = experiment(folder, "debug.yaml", "id: grid\n").path();
        WorkdirOption option = new WorkdirOption();

        assertThat(option.takeFile(List.of("3c4b"))).containsExactly("3c4b");
        assertThat(option.file()).isEmpty();
        assertThat(option.takeFile(List.of(yaml.toString(), "3c4b"))).containsExactly("3c4b");
        assertThat(option.file())
                .hasValueSatisfying(file -> assertThat(file.id()).isEqualTo("grid"));
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> option.takeFile(List.of(folder + "/debgu.yaml")))
                .withMessageContaining("debug.yaml");
    }

    private static ExperimentFile experiment(Path place, String name, String more) throws IOException {
        return ExperimentFile.read(Files.writeString(place.resolve(name), "class: a.Plan\n" + more), List.of());
    }

    private static WorkspaceChoice choose(
            @Nullable Path option, @Nullable ExperimentFile file, Map<String, String> environment, Path current) {
        Supplier<Path> noHome = () -> {
            throw new AssertionError("asked for the home folder");
        };
        return WorkspaceChoice.of(option, null, file, environment, current, noHome);
    }

    /** Returns an environment in which the user's settings are in the folder of the test. */
    private Map<String, String> settings() {
        return Map.of("EXPERIMAESTRO_CONFIG", folder.toString());
    }
}
