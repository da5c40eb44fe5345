package org.experimaestro.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.exchange.ExchangedJob.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** By the layout that MLflow's {@code FileStore} reads. */
class MlflowFormatTest {
    @TempDir
    private Path folder;

    private final MlflowFormat format = new MlflowFormat();

    @Test
    void write_job_isARunOfTheExperiment() throws IOException {
        write(State.DONE, Map.of("lr", 0.1));
        Path experiment = experiment();
        Map<?, ?> ofExperiment = yaml(experiment.resolve("meta.yaml"));
        Map<?, ?> ofRun = yaml(experiment.resolve(SampleJobs.ID).resolve("meta.yaml"));

        assertThat(ofExperiment.get("name")).isEqualTo("grid: 1");
        assertThat(ofExperiment.get("experiment_id"))
                .isEqualTo(experiment.getFileName().toString());
        assertThat(ofExperiment.get("lifecycle_stage")).isEqualTo("active");
        assertThat(String.valueOf(ofExperiment.get("artifact_location"))).startsWith("file:///");
        assertThat(ofRun.get("run_id")).isEqualTo(SampleJobs.ID).isEqualTo(ofRun.get("run_uuid"));
        assertThat(ofRun.get("experiment_id")).isEqualTo(ofExperiment.get("experiment_id"));
        assertThat(ofRun.get("start_time")).isEqualTo(SampleJobs.START.toEpochMilli());
        assertThat(ofRun.get("end_time")).isEqualTo(SampleJobs.START.toEpochMilli() + 10_000);
        assertThat(ofRun.get("run_name")).isEqualTo("a.learn lr=0.1");
        assertThat(file("tags/mlflow.runName")).isEqualTo("a.learn lr=0.1");
        assertThat(file("tags/experimaestro.job")).isEqualTo("a.learn/" + SampleJobs.ID);
        assertThat(file("tags/lr")).isEqualTo("0.1");
    }

    @Test
    void write_values_haveNamesThatMlflowTakes() throws IOException {
        write(State.DONE, Map.of());

        assertThat(file("params/optimizer.lr")).isEqualTo("0.001");
        assertThat(file("params/name")).isEqualTo("a: {b}\n\u00e9 \"c\" #d");
        assertThat(file("params/a_b")).isEqualTo("slash");
        assertThat(file("params/a_b_2")).isEqualTo("underscore");
        long start = SampleJobs.START.toEpochMilli();
        assertThat(file("metrics/train_loss"))
                .isEqualTo((start + 500) + " 2.5 0\n" + (start + 1_000) + " nan 100\n" + (start + 2_000)
                        + " 1.0E-300 4000000000\n");
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, 1", "WAITING, 2", "DONE, 3", "FAILED, 4", "CANCELLED, 5"})
    void write_state_isTheNumberOfMlflow(State state, int status) throws IOException {
        write(state, Map.of());

        assertThat(yaml(experiment().resolve(SampleJobs.ID).resolve("meta.yaml"))
                        .get("status"))
                .isEqualTo(status);
    }

    @Test
    void write_experimentOfThatName_isUsed() throws IOException {
        Path theirs = Files.createDirectories(folder.resolve("427"));
        Files.writeString(theirs.resolve("meta.yaml"), "experiment_id: '427'\nname: 'grid: 1'\n");
        write(State.DONE, Map.of());

        assertThat(theirs.resolve(SampleJobs.ID).resolve("meta.yaml")).content().contains("\"427\"");
    }

    @Test
    void write_again_replacesOurRunsOnly() throws IOException {
        write(State.RUNNING, Map.of("lr", 0.1));
        write(State.DONE, Map.of("width", 8L));
        assertThat(experiment().resolve(SampleJobs.ID).resolve("tags/lr")).doesNotExist();

        Files.delete(experiment().resolve(SampleJobs.ID).resolve("tags/experimaestro.job"));
        assertThatThrownBy(() -> write(State.DONE, Map.of()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("something else is in its place");
        assertThat(file("tags/width")).isEqualTo("8");
    }

    private void write(State state, Map<String, Object> tags) {
        format.write("grid: 1", List.of(SampleJobs.learn(state, tags)), folder);
    }

    private Path experiment() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> experiments = all.toList();
            assertThat(experiments).hasSize(1);
            return experiments.getFirst();
        }
    }

    private String file(String name) throws IOException {
        return Files.readString(experiment().resolve(SampleJobs.ID).resolve(name));
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }
}
