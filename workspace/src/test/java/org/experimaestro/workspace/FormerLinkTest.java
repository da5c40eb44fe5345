package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.base.file.Folders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that refers to its result under a former name, and other processes meanwhile. */
class FormerLinkTest {
    @TempDir
    Path folder;

    private JobFolder old;
    private JobFolder job;

    @BeforeEach
    void make() throws IOException {
        Workspace workspace = Workspace.open(folder);
        old = workspace.job("a.fit", ConfigId.parse("0".repeat(32)));
        job = workspace.job("a.learn", ConfigId.parse("1".repeat(32)));
        old.write("{}", "");
        done(old);
    }

    private static void done(JobFolder job) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        job.attempt(1).done(1, Map.of(), null);
    }

    @Test
    void referTo_doneJob_hasItsStateAndFiles_andNobodyGetsIt() throws IOException {
        assertThat(job.findFormer()).isEmpty();

        assertThat(job.referTo(old)).isTrue();
        assertThat(job.referTo(old)).isTrue();

        assertThat(job.status()).isEqualTo(old.status());
        assertThat(job.findFormer().orElseThrow().name()).isEqualTo(old.name());
        assertThat(old.findFormer()).isEmpty();
        assertThat(job.parametersFile()).hasContent("{}");
        assertThat(job.findDoubtfulLink()).isEmpty();
        assertThat(job.claim(ProcessIdentity.current(), "test")).isInstanceOf(Claim.Refused.class);
    }

    @Test
    void referTo_jobThatAnotherRunHasTaken_leavesIt() throws IOException {
        job.claim(ProcessIdentity.current(), "another");

        assertThat(job.referTo(old)).isFalse();

        assertThat(job.findFormer()).isEmpty();
        assertThat(job.status().state()).isEqualTo(JobState.STARTING);
    }

    @Test
    void claim_resultWasDeleted_takesTheNewPlace() throws IOException {
        job.referTo(old);
        Folders.delete(old.path());

        assertThat(job.status()).isEqualTo(new JobStatus.New());
        assertThat(job.claim(ProcessIdentity.current(), "test")).isInstanceOf(Claim.Granted.class);

        assertThat(job.findFormer()).isEmpty();
        assertThat(old.path()).doesNotExist();
    }

    @Test
    void claim_resultWasCleanedAndItsJobRunsAgain_leavesThatJobAlone() throws IOException {
        job.referTo(old);
        Folders.delete(old.path());
        old.claim(ProcessIdentity.current(), "old code");

        assertThat(job.status()).isEqualTo(new JobStatus.New());
        assertThat(job.findFormer()).isEmpty();
        assertThat(job.claim(ProcessIdentity.current(), "test")).isInstanceOf(Claim.Granted.class);

        assertThat(Files.isSymbolicLink(job.path())).isFalse();
        assertThat(old.attempts()).containsExactly(1);
        assertThat(old.status().state()).isEqualTo(JobState.STARTING);
    }

    @Test
    void remove_anotherProcessHasBegunTheJob_leavesItsFolder() throws IOException {
        job.referTo(old);
        JobFolder other = old.other("a.other/" + "2".repeat(32));

        assertThat(FormerLink.remove(job, other)).isFalse();
        assertThat(job.findFormer()).isPresent();
        assertThat(FormerLink.remove(job, old)).isTrue();
        assertThat(old.path()).exists();
        job.write("{}", "");
        assertThat(FormerLink.remove(job, old)).isFalse();
        assertThat(job.parametersFile()).exists();
    }

    @Test
    void referTo_brokenLinkOfBefore_isReplaced() throws IOException {
        Files.createDirectories(job.path().getParent());
        Files.createSymbolicLink(job.path(), Path.of("..", "a.gone", "2".repeat(32)));

        assertThat(job.referTo(old)).isTrue();

        assertThat(job.status()).isEqualTo(old.status());
    }

    @Test
    void findFormer_linkToAnotherDisk_isNone() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk/1"));
        Files.createDirectories(job.path().getParent());
        Files.createSymbolicLink(job.path(), disk);

        assertThat(job.findFormer()).isEmpty();
    }

    @Test
    void claim_filesOfTheFormerJobAreElsewhereAndCannotBeReached_keepsTheLink() throws IOException {
        job.referTo(old);
        Path disk = folder.resolve("disk");
        JobFolder moved = JobFolder.at(disk.resolve("jobs").resolve(old.name()));
        Files.createDirectories(moved.path().getParent());
        Files.move(old.path(), moved.path());
        ElsewhereLink.create(old, moved);
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        Path away = Files.move(disk, folder.resolve("away"));

        assertThatThrownBy(() -> job.claim(ProcessIdentity.current(), "test"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(moved.path() + ", which cannot be reached");
        assertThat(job.path()).isSymbolicLink();

        Files.move(away, disk);
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        Folders.delete(moved.path());
        assertThat(job.claim(ProcessIdentity.current(), "test")).isInstanceOf(Claim.Granted.class);
    }
}
