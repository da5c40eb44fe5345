package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.base.process.EnvironmentVariable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretVariablesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WANDB_API_KEY",
                "HF_TOKEN",
                "hf_token",
                "PGPASSWORD",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_ACCESS_KEY_ID",
                "DB_PASSWD2",
                "MYSQL_PWD",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "CLIENT_SECRET"
            })
    void shown_nameOfASecret_hidesTheValue(String name) {
        assertThat(SecretVariables.shown(name, "s3cret")).isEqualTo("(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OMP_NUM_THREADS",
                "TOKENIZERS_PARALLELISM",
                "MAX_TOKENS",
                "KEYBOARD",
                "PATH",
                "LD_PRELOAD",
                "AUTHOR"
            })
    void shown_anotherName_isTheValue(String name) {
        assertThat(SecretVariables.shown(name, "4")).isEqualTo("4");
    }

    @Test
    void shown_passed_isSaid() {
        assertThat(SecretVariables.shown("HF_TOKEN", EnvironmentVariable.PASSED))
                .isEqualTo("(passed)");
    }

    @Test
    void show_secretsOfFilesAndOverrides_areHiddenAndReachTheJobs() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("debug.yaml"), "class: a.Plan\nenv:\n  HF_TOKEN: s3cret-1\n  THREADS: 4\n");

        ExperimentFile file = ExperimentFile.read(yaml, List.of("env.API_KEY=s3cret-2", "env.THREADS=8"));

        assertThat(file.show()).isEqualTo("""
                class: a.Plan
                env:
                  HF_TOKEN: (hidden)
                  THREADS: 8 # -c env.THREADS=8
                  API_KEY: (hidden) # -c env.API_KEY=(hidden)
                """);
        assertThat(file.variablePlaces().toString()).doesNotContain("s3cret");
        assertThat(file.environment()).containsEntry("HF_TOKEN", "s3cret-1").containsEntry("API_KEY", "s3cret-2");
    }

    @Test
    void show_wholeEnvironmentAsAnOverride_isHiddenInItsPlace() throws IOException {
        Path yaml = Files.writeString(folder.resolve("debug.yaml"), "class: a.Plan\n");

        ExperimentFile file = ExperimentFile.read(yaml, List.of("env={HF_TOKEN: s3cret}"));

        assertThat(file.show()).contains("HF_TOKEN: (hidden)").doesNotContain("s3cret");
        assertThat(file.variablePlaces().toString()).doesNotContain("s3cret");
    }
}
