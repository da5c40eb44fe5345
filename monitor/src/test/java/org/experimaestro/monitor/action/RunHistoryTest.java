package org.experimaestro.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of old runs, of which some did not wait for their jobs. */
class RunHistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private Workspace workspace;

    @BeforeEach
    void make() {
        workspace = Workspace.open(folder);
    }

    private JobFolder job(String digit) throws IOException {
        JobFolder job = workspace.job("a.learn", ConfigId.parse(digit.repeat(32)));
        job.write("{}", "");
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        return job;
    }

    private RunFolder run(int second, String outcome, JobFolder... submitted) throws IOException {
        RunFolder run = workspace.experiment("grid").newRun(NOW.plusSeconds(second));
        run.describe(Map.of("ended", NOW.plusSeconds(second).toString(), "outcome", outcome));
        try (RunFolder.JobList jobs = run.openJobs()) {
            for (JobFolder job : submitted) {
                jobs.add(new RunFolder.SubmittedJob(job.typeId(), job.id(), Map.of(), List.of(), "", NOW));
            }
        }
        return run;
    }

    private List<String> old(int done, int failed) {
        return RunHistory.old(
                        WorkspaceIndex.open(workspace).view(), "grid", OptionalInt.of(done), OptionalInt.of(failed))
                .stream()
                .map(RunFolder::name)
                .toList();
    }

    @Test
    void old_runsThatDidNotWait_countAsTheirJobsEnded_andStayWhileTheyGoOn() throws IOException {
        JobFolder done = job("0");
        done.attempt(1).done(1, Map.of(), null);
        JobFolder failed = job("1");
        failed.attempt(1).failed(FailureCause.EXCEPTION, "no luck", null, null);
        JobFolder running = job("2");
        RunFolder first = run(0, "DONE", done);
        RunFolder second = run(1, "FAILED", failed);
        run(2, "NOT_RUN", running);
        run(3, "SUBMITTED", done, running);
        RunFolder ill = run(4, "SUBMITTED", done, failed);
        RunFolder well = run(5, "SUBMITTED", done);

        assertThat(old(1, 1)).containsExactly(first.name(), second.name());
        assertThat(old(0, 0)).containsExactly(first.name(), second.name(), ill.name(), well.name());
    }
}
