package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsLogCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private SampleWorkspace sample;
    private JobFolder job;

    @BeforeEach
    void makeJob() throws IOException {
        sample = new SampleWorkspace(folder);
        job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
    }

    @Test
    void log_byDefault_hasBothUnderHeadings() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardOutput(1), "one\ntwo");
        Files.writeString(job.standardError(1), "bad\n");

        assertThat(log("--lines=1").exitCode()).isZero();

        assertThat(output).hasToString("==> stdout <==\ntwo\n\n==> stderr <==\nbad\n");
    }

    @Test
    void log_one_isAsItIs() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardOutput(1), "one\ntwo");
        Files.writeString(job.standardError(1), "bad\n");

        log("--out");

        assertThat(output).hasToString("one\ntwo");
    }

    @Test
    void log_follow_endsWithTheJob() throws IOException {
        SampleWorkspace.done(job);
        Files.writeString(job.standardError(1), "bad\n");

        SampleWorkspace.Result result = log("--follow", "--err");

        assertThat(output).hasToString("bad\n");
        assertThat(result.err()).startsWith(job.name() + " is done after ");
    }

    @Test
    void log_unknownAttempt_saysWhichIsTheLast() throws IOException {
        SampleWorkspace.done(job);

        SampleWorkspace.Result result = log("--attempt=2");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("has no log of an attempt 2; its last attempt is 1");
        assertThat(log("--attempt=0").exitCode()).isEqualTo(2);
        assertThat(log("--lines=-1").exitCode()).isEqualTo(2);
    }

    @Test
    void log_neverStarted_saysSo() {
        SampleWorkspace.Result result = log();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("was never started");
    }

    @Test
    void log_unknownOrAmbiguous_namesCandidates() throws IOException {
        String id = job.id().toString();
        String wrong = id.substring(0, 7) + (id.charAt(7) == '0' ? '1' : '0');
        sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16));

        SampleWorkspace.Result unknown = sample.execute(new JobsLogCommand(output), wrong);
        SampleWorkspace.Result ambiguous = sample.execute(new JobsLogCommand(output), "sample.learn/");

        assertThat(unknown.err())
                .contains("There is no job \"" + wrong + "\"", "did you mean sample.learn/" + id.substring(0, 8) + "?");
        assertThat(ambiguous.err()).contains("is the beginning of 2 jobs", "give more digits: sample.learn/");
    }

    private SampleWorkspace.Result log(String... options) {
        String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[0] = "sample.learn/" + job.id().toString().substring(0, 6).toUpperCase(java.util.Locale.ROOT);
        return sample.execute(new JobsLogCommand(output), arguments);
    }
}
