package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Config;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    Path folder;

    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder.resolve("workspace"));
    }

    @Test
    void explain_describedTypes_tellsWhatCounts() throws IOException {
        Config<?> learn = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16);
        Config<?> other = SampleWorkspace.learn(3, SampleWorkspace.adam(0.25), 16);
        sample.store(learn);
        sample.store(other);
        sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.125), 32));

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(learn));

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                        sample.learn/%s, version 2
                          model: sample.model/%s, version 1
                            layers = 3
                            tags layers=3                               (does not count: tags)
                          optimizer: sample.adam/%s, version 1
                            lr = 0.5
                            eps = 1e-8                                  (does not count: the default)
                          epochs = 16
                          gpus = 2                                      (does not count: meta)
                          modelPath                                     (does not count: generated, model.bin)

                        The nearest other job is sample.learn/%s:
                          PARAMETER     HERE  THERE
                          optimizer.lr  0.5   0.25
                        """.formatted(
                        learn.id(),
                        SampleWorkspace.model(3).id(),
                        SampleWorkspace.adam(0.5).id(),
                        other.id()));
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void explain_producedParameter_comparesWhatMadeIt() throws IOException {
        Config<?> learn = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16);
        Config<?> longer = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 32);
        sample.store(learn);
        sample.store(longer);
        JobFolder job = sample.store(sample.evaluate(learn));
        sample.store(sample.evaluate(longer));

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), "sample.evaluate/" + prefix(job));

        assertThat(result.out())
                .contains("version 1, made by sample.learn/" + learn.id())
                .contains("path = \"jobs/sample.learn/" + learn.id() + "/model.bin\"")
                .contains("cutoffs = [1,10]", "mode = \"fast\"")
                .contains("""
                          PARAMETER                   HERE  THERE
                          model(sample.learn).epochs  16    32
                        """);
    }

    @Test
    void explain_otherType_namesTheTypes() throws IOException {
        Config<?> learn = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16);
        Config<?> descent =
                Config.builder(SampleTypes.type("Descent")).set("lr", 0.5).build();
        JobFolder other = sample.store(SampleWorkspace.learn(3, descent, 16));
        sample.store(learn);

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(learn), "--other", prefix(other));

        assertThat(result.out())
                .contains("optimizer  \"sample.adam/" + prefix(SampleWorkspace.adam(0.5)) + "\"  \"sample.descent/"
                        + prefix(descent) + "\"");
    }

    @Test
    void explain_codeIsGone_saysWhatIsNotKnown() throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
        Files.delete(job.classPathFile());

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(job));

        assertThat(result.out())
                .contains("  gpus = 2\n")
                .contains("does not describe sample.adam, sample.learn, sample.model")
                .contains("There is no other job of the type sample.learn");
    }

    @Test
    void explain_corruptParameters_namesTheFile() throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
        JobFolder other = sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16));
        sample.corrupt(job.parametersFile());

        SampleWorkspace.Result corrupt = sample.execute(new ExplainCommand(), prefix(job));
        SampleWorkspace.Result neighbor = sample.execute(new ExplainCommand(), prefix(other));

        assertThat(corrupt.exitCode()).isEqualTo(1);
        assertThat(corrupt.err()).contains(job.parametersFile().toString(), "Cannot read the parameters");
        assertThat(neighbor.exitCode()).isZero();
        assertThat(neighbor.err()).contains("Warning: " + job.parametersFile());
    }

    private static String prefix(Config<?> config) {
        return config.id().toString().substring(0, 8);
    }

    private static String prefix(JobFolder job) {
        return job.id().toString().substring(0, 8);
    }
}
