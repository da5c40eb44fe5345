package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LifeSign;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTextsTest {
    private static final JobStatus SUBMITTED = new JobStatus.Starting(1, Instant.EPOCH, ProcessIdentity.current());
    private static final JobStatus RUNNING =
            new JobStatus.Running(1, Instant.EPOCH, ProcessIdentity.current(), null, new LifeSign(true, ""));

    @TempDir
    private Path place;

    private SubmittedTask task;

    @BeforeEach
    void submit() throws Exception {
        task = new SampleWorkspace(place).submit(1, null);
    }

    @Test
    void stopped_jobsThatGoOn_sayWhatIsKnownOfThem() {
        assertThat(headline(1, 0)).isEqualTo("1 job keeps running; run the same command again to wait for it.");
        assertThat(headline(2, 0)).isEqualTo("2 jobs keep running; run the same command again to wait for them.");
        assertThat(headline(0, 1))
                .isEqualTo("1 job is submitted and not known to run; run the same command again to wait for it.");
        assertThat(headline(1, 2))
                .isEqualTo("1 job keeps running, and 2 are submitted and not known to run; "
                        + "run the same command again to wait for them.");
    }

    @Test
    void stopped_jobThatIsLeft_isNamed() {
        assertThat(stopped(1, 1).subList(1, 4))
                .containsExactly(
                        "2 jobs: 0 executed, 0 done before; 2 left.",
                        "    left         " + RunConsole.name(task),
                        "    left         " + RunConsole.name(task));
    }

    private String headline(int running, int submitted) {
        return stopped(running, submitted).getFirst().replace("Stopped before the end. ", "");
    }

    private List<String> stopped(int running, int submitted) {
        return AccountTexts.stopped(account(running, submitted), "grid", Path.of("/w"));
    }

    private RunAccount account(int running, int submitted) {
        List<RunAccount.Job> jobs = new ArrayList<>(Collections.nCopies(running, left(RUNNING)));
        jobs.addAll(Collections.nCopies(submitted, left(SUBMITTED)));
        return new RunAccount(jobs, false);
    }

    private RunAccount.Job left(JobStatus status) {
        return new RunAccount.Job(task, JobCount.LEFT, new JobResult(status), true);
    }
}
