package org.experimaestro.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerTest {
    @TempDir
    private Path folder;

    /** The run waits for the cleaning that has claimed the job, and runs the new job when the former one was moved. */
    @Test
    void run_jobThatACleaningHas_runsTheNewJobAfterwards() throws Exception {
        Workspace workspace = Workspace.open(folder);
        JobFolder job = workspace.job("a.step", ConfigId.parse("0".repeat(32)));
        job.claim(ProcessIdentity.current(), "a cleaning");
        Execution execution = (attempt, spec) -> {
            try {
                attempt.done(Instant.now().toEpochMilli(), Map.of(), null);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return spec.folder().status();
        };
        JobRunner runner = new JobRunner("grid/1", execution, execution, (waited, listener) -> {
            try {
                Files.move(job.path(), folder.resolve("moved"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return waited.status();
        });

        JobResult result = runner.run(new JobSpec(
                job,
                "{}",
                List.of(),
                List.of(),
                Placement.on(LauncherDefinition.local()),
                AttemptOrigin.UNKNOWN,
                count -> false,
                new JobSpec.Listener() {
                    @Override
                    public void statusChanged(String state) {}

                    @Override
                    public void warned(String text) {}
                }));

        assertThat(result.status().state()).isEqualTo(JobState.DONE);
    }
}
