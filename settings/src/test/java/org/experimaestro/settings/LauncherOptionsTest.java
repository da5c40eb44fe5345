package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.Isolation;
import org.experimaestro.PlanException;
import org.experimaestro.RetryCause;
import org.experimaestro.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys {@code launcher_options} and {@code retries} of an experiment's file. */
class LauncherOptionsTest {
    @TempDir
    private Path folder;

    private Map<String, String> read(String text, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("debug.yaml"), "class: acme.Plan\n" + text);
        return ExperimentFile.read(file, List.of(overrides)).launcherOptions();
    }

    @Test
    void options_values_areTakenAsWritten() throws IOException {
        assertThat(read("launcher_options: {account: abc, time: 0090, requeue: true, nodes: null}\n"))
                .hasToString("{account=abc, requeue=true, time=0090}");
        assertThat(read("launcher_options: {qos: low}\n", "launcher_options.qos=high"))
                .hasToString("{qos=high}");
        assertThat(read("launcher_options:\n")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void isolation_ofAFileOrOverride_isRead() throws IOException {
        Path file = Files.writeString(folder.resolve("debug.yaml"), "class: acme.Plan\nisolation: auto\n");

        assertThat(ExperimentFile.read(file, List.of()).isolation()).contains(Isolation.AUTO);
        assertThat(ExperimentFile.read(file, List.of("isolation=worker")).isolation())
                .contains(Isolation.WORKER);
        assertThat(ExperimentFile.read(file, List.of("isolation=null")).isolation())
                .isEmpty();
    }

    @Test
    void isolation_asKeyAndAsOption_isRefused() throws IOException {
        String option = "launcher_options: {isolation: auto}\n";

        assertThat(read(option)).hasToString("{isolation=auto}");
        assertThat(read(option + "isolation: null\n")).hasToString("{isolation=auto}");
        assertThatThrownBy(() -> read(option + "isolation: worker\n"))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "debug.yaml:2: both \"launcher_options.isolation\" and \"isolation\" (debug.yaml:3) are given;"
                                + " keep \"isolation\"");
    }

    @Test
    void retries_ofAFileOrOverride_areRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("debug.yaml"), "class: acme.Plan\nretries: memory_limit 3 x2, preempted 20\n");

        assertThat(ExperimentFile.read(file, List.of()).retries())
                .contains(RetryPolicy.none().on(RetryCause.MEMORY_LIMIT, 3, 2).on(RetryCause.PREEMPTED, 20));
        assertThat(ExperimentFile.read(file, List.of("retries=none")).retries()).contains(RetryPolicy.none());
        assertThat(ExperimentFile.read(file, List.of("retries=null")).retries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            launcher_options: [a]      | "launcher_options" must be a map to texts, found a list
            launcher_options: {a: [b]} | "launcher_options.a" must be a text, found a list
            retries: [heap 3]          | "retries" must be a text, found a list
            retries: heep 3            | Cannot read the retries "heep 3"
            isolation: [worker]        | "isolation" must be a text, found a list
            isolation: workers         | Cannot read the isolation "workers": expected process, worker or auto; did you mean "worker"?
            launcher_options: {isolation: workers} | Cannot read the isolation "workers": expected process, worker or auto; did you mean "worker"?
            """)
    void options_wrong_areToldWithTheirLine(String line, String problem) {
        assertThatThrownBy(() -> read(line + "\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("debug.yaml:2: ")
                .hasMessageContaining(problem);
    }
}
