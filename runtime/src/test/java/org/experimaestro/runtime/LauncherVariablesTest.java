package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.runtime.JobTasks.Waits;
import org.experimaestro.runtime.JobTasks.Waits.Reaction;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job's process makes of the variables that its launcher sets. */
@Tag("thorough")
class LauncherVariablesTest {
    private static final BatchJobReference HANDOVER =
            new BatchJobReference("cluster", "slurm", "12", "", Instant.EPOCH);

    @TempDir
    Path temporary;

    @Test
    void remainingTime_commandThatPrintsTheEnd_isTheTimeUntilThen() throws Exception {
        long end = Instant.now().getEpochSecond() + 1_000;
        JobProcess job = job(config(JobTasks.AsksTime.class)).with(JobVariables.END_COMMAND, "echo " + end);
        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(((JobStatus.Done) job.status()).metrics().get("left")).isBetween(900.0, 1_000.0);
    }

    @Test
    void remainingTime_withoutACommandOrAnAnswer_isEmpty() throws Exception {
        for (String command : new String[] {"", "exit 3", "echo soon", "true"}) {
            JobProcess job = JobProcess.of(
                            temporary.toRealPath().resolve("w" + command.hashCode()), config(JobTasks.AsksTime.class))
                    .with(JobVariables.END_COMMAND, command);
            assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
            assertThat(((JobStatus.Done) job.status()).metrics()).isEqualTo(Map.of("asked", 1.0));
        }
    }

    @Test
    void onLimitNear_margin_runsTheActionThatLongBefore() throws Exception {
        long end = Instant.now().getEpochSecond() + 20;
        JobProcess job = job(config(RetryTasks.AwaitsLimit.class, "marginSeconds", 15))
                .with(JobVariables.END_COMMAND, "echo " + end);
        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(((JobStatus.Done) job.status()).metrics().get("left")).isBetween(0.0, 15.0);
    }

    @Test
    void signal_launcherThatKnowsTheCause_isThatCause() throws Exception {
        JobProcess job = job(config(Waits.class, "reaction", Reaction.CLEANS_UP))
                .with(JobVariables.STATE_COMMAND, "echo TIME_LIMIT");
        job.start().awaitFile(JobTasks.READY).terminate();
        job.exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.TIME_LIMIT);
    }

    @Test
    void rank_ofAFollower_runsTheTaskAndSaysNothing() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3)).with("SLURM_PROCID", "2");
        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.file("out.txt")).exists();
        assertThat(job.status().state()).isEqualTo(JobState.STARTING);
        assertThat(job.folder().events(1)).doesNotExist();

        JobProcess first = job.with("SLURM_PROCID", "0").with("RANK", "not a number");
        assertThat(first.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void rank_variableThatTheUserHasSet_isNone() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3))
                .with("RANK", "1")
                .with("LOCAL_RANK", "2")
                .with(JobVariables.NO_RANKS, "LOCAL_RANK RANK");
        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void rank_generatedPathsOfAFollower_areThoseOfTheFirst() throws Exception {
        JobProcess job = job(config(JobTasks.Makes.class, "file", false, "folder", false))
                .with("RANK", "1");
        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
    }

    @Test
    void rank_ofAFollowerThatFails_isItsExitCodeOnly() throws Exception {
        JobProcess job = job(config(JobTasks.Throws.class, "anError", false)).with("RANK", "1");
        assertThat(job.start().exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.error()).contains("Rank 1:", "an exception");
        assertThat(job.status().state()).isEqualTo(JobState.STARTING);
    }

    @Test
    void restart_processStartedAgain_isTheNextAttempt() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        job.attempt().recordBatchJob(HANDOVER);
        ProcessIdentity self = ProcessIdentity.current();
        job.attempt().begin(new ProcessIdentity(self.host(), self.boot(), self.pid(), 1, "", ""), 1);
        assertThat(job.start().exitCode()).isEqualTo(Attempt.SUPERSEDED_EXIT_CODE);
        job.with(JobVariables.RESTARTS, "1");
        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(job.status().lastAttempt()).hasValue(2);
        assertThat(job.folder().standardOutput(2)).isSymbolicLink().hasContent("no newline at the end");
    }

    @Test
    void restart_whileTheFormerProcessLives_waitsForItsEnd() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        job.attempt().recordBatchJob(HANDOVER);
        Process former = new ProcessBuilder("cat").start();
        try {
            job.attempt().begin(ProcessIdentity.find(former.pid()).orElseThrow(), 1);
            job.with(JobVariables.RESTARTS, "1").start();
            job.awaitError("shows that it lives");
            assertThat(job.status().lastAttempt()).hasValue(1);
            assertThat(job.file("out.txt")).doesNotExist();
        } finally {
            former.destroyForcibly().waitFor();
        }
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().lastAttempt()).hasValue(2);
    }

    @Test
    void isGone_formerProcessGoesOn_isFalseAfterSomePatience() throws Exception {
        JobProcess job = job(config(JobTasks.Works.class, "steps", 3));
        assertThat(PreviousProcess.isGone(job.folder(), 0)).isTrue();
        job.attempt().begin(ProcessIdentity.current(), 1);
        assertThat(PreviousProcess.isGone(job.folder(), 0)).isFalse();
    }

    @Test
    void needs_jobThatIsNotDone_isNotRun() throws Exception {
        JobProcess needed = job(config(JobTasks.Works.class, "steps", 1));
        JobProcess job = job(config(JobTasks.Works.class, "steps", 2))
                .with(JobVariables.NEEDS, needed.folder().name() + " job.works/" + "0".repeat(32));
        needed.attempt().failed(FailureCause.EXCEPTION, "failed", 1);
        assertThat(job.start().exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.DEPENDENCY);
        assertThat(job.status().message())
                .isEqualTo("not done: " + needed.folder().name() + ", job.works/" + "0".repeat(32));
        assertThat(job.file("out.txt")).doesNotExist();
    }

    @Test
    void needs_jobsThatAreDone_areNoObstacle() throws Exception {
        JobProcess needed = job(config(JobTasks.Works.class, "steps", 1));
        assertThat(needed.start().exitCode()).isEqualTo(JobMain.DONE);
        JobProcess job = job(config(JobTasks.Works.class, "steps", 2))
                .with(JobVariables.NEEDS, needed.folder().name());
        assertThat(job.start().exitCode()).as(job::error).isEqualTo(JobMain.DONE);
    }

    private JobProcess job(Config<?> task) throws IOException {
        return JobProcess.of(temporary.toRealPath(), task);
    }
}
