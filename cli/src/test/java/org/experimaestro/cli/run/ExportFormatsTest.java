package org.experimaestro.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code runs export} for other tools. */
class ExportFormatsTest {
    @TempDir
    private Path folder;

    private SampleWorkspace sample;
    private JobFolder three;
    private JobFolder five;
    private Path out;

    @BeforeEach
    void writeRun() throws IOException {
        sample = new SampleWorkspace(folder.resolve("work"));
        out = folder.resolve("out");
        three = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
        five = sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16));
        SampleWorkspace.done(three);
        SampleWorkspace.done(five);
        Map<JobFolder, Map<String, Object>> tags = new LinkedHashMap<>();
        tags.put(three, Map.of("layers", 3L));
        tags.put(five, Map.of("layers", 5L));
        sample.run("grid", tags);
    }

    @Test
    void tensorboard_jobsOfTheFilter_areRunsOfTheFolder() throws IOException {
        SampleWorkspace.Result result = export("--format", "tensorboard", "--jobs", "layers=5");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith(out + ": 1 job of grid/");
        assertThat(files().stream().filter(file -> file.toString().contains("tfevents")))
                .singleElement()
                .asString()
                .contains("/layers=5-" + five.id().toString().substring(0, 8));
    }

    @Test
    void mlflow_run_hasParametersAndTags() throws IOException {
        SampleWorkspace.Result result = export("--format", "mlflow");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith(out + ": 2 jobs of grid/");
        assertThat(files().stream().filter(file -> file.endsWith("tags/layers")))
                .hasSize(2);
        assertThat(files().stream().filter(file -> file.toString().contains("/params/")))
                .isNotEmpty();
    }

    @Test
    void unreadableParameters_areAWarning_andTheRestIsWritten() throws IOException {
        sample.corrupt(three.parametersFile());
        SampleWorkspace.Result result = export("--format", "mlflow");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains(three.parametersFile().toString());
        assertThat(files().stream().filter(file -> file.endsWith("tags/layers")))
                .hasSize(2);
    }

    @Test
    void format_mistyped_namesTheFormats() {
        SampleWorkspace.Result result = export("--format", "tensorbord");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).containsIgnoringCase("tensorboard");
    }

    private SampleWorkspace.Result export(String... options) {
        String[] words = Stream.concat(Stream.of("export", "grid", "--output", out.toString()), Stream.of(options))
                .toArray(String[]::new);
        return sample.execute(new RunsCommand(), words);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
