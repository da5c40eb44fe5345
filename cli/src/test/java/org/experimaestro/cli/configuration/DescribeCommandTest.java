package org.experimaestro.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.cli.SampleTypes;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeCommandTest {
    @TempDir
    Path folder;

    private static DescribeCommand command() {
        return new DescribeCommand(plan -> List.of());
    }

    @Test
    void describe_typeOfAJob_hasParametersAndDocumentation() throws IOException {
        SampleWorkspace sample = new SampleWorkspace(folder);
        sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));

        SampleWorkspace.Result result = sample.execute(command(), "Learn");

        assertThat(result.out()).isEqualTo("""
                sample.learn, version 2: the task sample.Learn

                Learns a model.

                Parameters:
                  model: Model (required)
                      the model to learn
                  optimizer: Optimizer (required)
                      the optimizer
                  epochs: int (required)
                      number of times to go through the examples
                      at least 1
                  gpus: int = 2 (meta: never counts in the identifier)
                      number of GPUs: changes how fast the model is learned, not what is learned
                  modelPath: Path (generated: model.bin in the job's folder)
                      the file to write the weights to
                """);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void describe_classPathWithoutWorkspace_isEnough() {
        String nowhere = folder.resolve("nowhere").toString();

        SampleWorkspace.Result result = SampleWorkspace.executeIn(
                command(),
                "sample.Evaluate",
                "--class-path",
                SampleTypes.folder().toString(),
                "--workdir",
                nowhere);

        assertThat(result.out())
                .contains("cutoffs: List<Integer> = [1, 10]", "mode: String = fast", "one of fast, exact");
    }

    @Test
    void describe_defaultsThatHaveChanged_tellsTheFirstOnes() {
        String[] arguments = {
            "sample.schedule",
            "--class-path",
            SampleTypes.folder().toString(),
            "--workdir",
            folder.resolve("nowhere").toString()
        };
        assertThat(SampleWorkspace.executeIn(command(), arguments).out())
                .contains("rate: double = 0.75 (at first 0.4, which does not count in the identifier)")
                .contains("limit: Optional<Integer> = 3 (at first absent, which does not count in the identifier)")
                .contains("patience: Optional<Integer> (at first 5, which does not count in the identifier)")
                .contains("adam: Adam = what fast() makes (at first what slow() makes, which does not count in the"
                        + " identifier)");

        String[] asJson = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        asJson[arguments.length] = "--json";
        assertThat(SampleWorkspace.executeIn(command(), asJson).out())
                .contains("\"default\":\"0.75\",\"defaultFrom\":null,\"was\":\"0.4\"")
                .contains("\"default\":\"3\",\"defaultFrom\":null,\"was\":null");
    }

    @Test
    void describe_relativeDefaultPath_saysThatItCountsAndWhereItStarts() {
        SampleWorkspace.Result result = SampleWorkspace.executeIn(
                command(), "Search", "--class-path", SampleTypes.folder().toString());

        assertThat(result.out())
                .contains("  words: Path = data/words.txt"
                        + " (starts from the plan's folder, and so counts in the identifier)\n");
    }

    @Test
    void describe_plan_asksForItsClassPath() {
        DescribeCommand command = new DescribeCommand(
                plan -> plan.equals(Path.of("debug.yaml")) ? List.of(SampleTypes.folder()) : List.of());

        SampleWorkspace.Result result = SampleWorkspace.executeIn(
                command, "sample.adam", "--plan=debug.yaml", "--json", "--workdir", folder.toString());

        JsonObject json = JsonObject.of(Json.parse(result.out()), "out");
        assertThat(json.string("class")).isEqualTo("sample.Adam");
        assertThat(JsonObject.of(json.list("parameters").get(0), "out").string("default"))
                .isEqualTo("1e-3");
    }

    @Test
    void describe_withoutType_listsAll() throws IOException {
        SampleWorkspace.Result result = new SampleWorkspace(folder).execute(command());

        assertThat(result.out()).startsWith("""
                TYPE                  KIND           CLASS                DESCRIPTION
                sample.adam           configuration  sample.Adam          The Adam optimizer.
                sample.descent        configuration  sample.Descent
                sample.evaluate       task           sample.Evaluate      Measures how good a model is.
                """);
    }

    @Test
    void describe_unknownType_suggestsTheNearest() throws IOException {
        SampleWorkspace.Result result = new SampleWorkspace(folder).execute(command(), "sample.lern");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(
                        "Error: There is no description of a type \"sample.lern\"; did you mean \"sample.learn\"?\n");
    }

    @Test
    void describe_corruptDescription_warnsAndGoesOn() throws IOException {
        Path types = Files.createDirectories(folder.resolve("classes/META-INF/experimaestro/types"));
        Files.writeString(types.resolve("broken.json"), "{");
        String classPath = folder.resolve("classes") + ":" + SampleTypes.folder();

        SampleWorkspace.Result result =
                SampleWorkspace.executeIn(command(), "Adam", "--class-path", classPath, "--workdir", folder.toString());

        assertThat(result.out()).contains("The Adam optimizer.");
        assertThat(result.err()).contains("Warning: Cannot read a type");
    }

    @Test
    void describe_noWorkspace_saysWhereItLooked() {
        Path nowhere = folder.resolve("nowhere");

        SampleWorkspace.Result result = SampleWorkspace.executeIn(command(), "Adam", "--workdir", nowhere.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("There is no workspace in " + nowhere + " (--workdir)");
    }
}
