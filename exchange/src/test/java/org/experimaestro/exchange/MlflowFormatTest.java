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
        Map<?, ?> ofRun = yaml(run().resolve("meta.yaml"));

        assertThat(ofExperiment.get("name")).isEqualTo("grid: 1");
        assertThat(ofExperiment.get("experiment_id"))
                .isEqualTo(experiment.getFileName().toString());
        assertThat(ofExperiment.get("lifecycle_stage")).isEqualTo("active");
        assertThat(String.valueOf(ofExperiment.get("artifact_location"))).startsWith("file:///");
        assertThat(ofRun.get("run_id"))
                .isEqualTo(run().getFileName().toString())
                .isEqualTo(ofRun.get("run_uuid"));
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

        assertThat(yaml(run().resolve("meta.yaml")).get("status")).isEqualTo(status);
    }

    @Test
    void write_experimentOfThatName_isUsed() throws IOException {
        Path theirs = Files.createDirectories(folder.resolve("427"));
        Files.writeString(theirs.resolve("meta.yaml"), "experiment_id: '427'\nname: \"grid\\x3a 1\"\n");
        write(State.DONE, Map.of());

        assertThat(yaml(run().resolve("meta.yaml")).get("experiment_id")).isEqualTo("427");
    }

    @Test
    void write_again_replacesOurFiles_andKeepsThoseOfPeople() throws IOException {
        write(State.RUNNING, Map.of("lr", 0.1));
        Files.writeString(run().resolve("tags/mlflow.note.content"), "the best one");
        Files.writeString(run().resolve("artifacts/plot.png"), "x");
        Path meta = run().resolve("meta.yaml");
        Files.writeString(meta, Files.readString(meta).replace("\"active\"", "\"deleted\""));
        write(State.DONE, Map.of("width", 8L));

        assertThat(run().resolve("tags/lr")).doesNotExist();
        assertThat(file("tags/width")).isEqualTo("8");
        assertThat(file("tags/mlflow.note.content")).isEqualTo("the best one");
        assertThat(file("artifacts/plot.png")).isEqualTo("x");
        assertThat(yaml(meta).get("lifecycle_stage")).isEqualTo("deleted");
        assertThat(yaml(meta).get("status")).isEqualTo(3);
    }

    @Test
    void write_runOfSomebodyElseInItsPlace_isRefusedAndKept() throws IOException {
        write(State.DONE, Map.of("lr", 0.1));
        Files.delete(run().resolve(".exported-files"));
        assertThatThrownBy(() -> write(State.DONE, Map.of()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("something else is in its place");
        assertThat(file("tags/lr")).isEqualTo("0.1");
    }

    /** MLflow cannot open an experiment that has a run without a start. */
    @Test
    void write_jobThatWaits_hasAStartAllTheSame() throws IOException {
        format.write("grid: 1", List.of(SampleJobs.waiting()), folder);

        Map<?, ?> meta = yaml(run().resolve("meta.yaml"));
        assertThat(meta.get("start_time")).isEqualTo(0);
        assertThat(meta.get("status")).isEqualTo(2);
    }

    @Test
    void write_jobOfTwoExperiments_isTwoRuns() throws IOException {
        write(State.DONE, Map.of());
        String first = run().getFileName().toString();
        format.write("other", List.of(SampleJobs.learn(State.DONE, Map.of())), folder);

        try (Stream<Path> all = Files.walk(folder, 2)) {
            assertThat(all.filter(path -> path.getFileName().toString().equals(first)))
                    .hasSize(1);
        }
    }

    @Test
    void write_experimentThatWasRenamed_keepsItsName() throws IOException {
        write(State.DONE, Map.of());
        Path meta = experiment().resolve("meta.yaml");
        Files.writeString(meta, Files.readString(meta).replace("grid: 1", "renamed"));
        write(State.DONE, Map.of());

        assertThat(yaml(experiment().resolve("meta.yaml")).get("name")).isEqualTo("renamed");
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

    private Path run() throws IOException {
        try (Stream<Path> all = Files.list(experiment())) {
            List<Path> runs = all.filter(Files::isDirectory).toList();
            assertThat(runs).hasSize(1);
            return runs.getFirst();
        }
    }

    private String file(String name) throws IOException {
        return Files.readString(run().resolve(name));
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }
}
