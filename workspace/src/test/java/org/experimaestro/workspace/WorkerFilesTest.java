package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.experimaestro.ConfigId;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of workers, and what they say of the attempts that workers execute. */
class WorkerFilesTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    private Path root;

    private WorkerFiles files;
    private JobFolder job;
    private Attempt attempt;

    @BeforeEach
    void claim() throws Exception {
        job = Workspace.open(root).job("test.job", ConfigId.parse("00000000000000030000000000000004"));
        attempt = ((Claim.Granted) job.claim(SELF, "run")).attempt();
        files = WorkerFiles.of(root, "w-1");
        files.makeFolder();
    }

    @Test
    void present_taskAfterTask_isTheOneThatBegan() throws Exception {
        assertThat(files.present()).isEmpty();
        assertThat(files.findDoubt()).contains("there is no file " + files.sequenceFile());
        try (WorkerFiles.PresentTask present = files.create(SELF)) {
            assertThat(files.present()).hasValue(0);
            present.begin(17);
            assertThat(files.present()).hasValue(17);
            present.begin(Long.MAX_VALUE);
            assertThat(files.present()).hasValue(Long.MAX_VALUE);
            present.end();
            assertThat(files.present()).hasValue(0);
        }
        assertThat(Files.readString(files.sequenceFile())).startsWith("0000000000000000000\n{\"host\":");
        assertThat(files.findDoubt()).isEmpty();
        Files.setPosixFilePermissions(files.sequenceFile(), PosixFilePermissions.fromString("rw-r--rw-"));
        assertThat(files.findDoubt())
                .contains("others can write the file " + files.sequenceFile() + ": all users of this machine");
        assertThatThrownBy(() -> files.create(SELF)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void status_taskOfALivingWorker_runsUntilTheWorkerGoesOn() throws Exception {
        try (WorkerFiles.PresentTask present = files.create(SELF)) {
            present.begin(17);
            assertThat(attempt.begin(SELF, new WorkerTask("w-1", 17), 5_000)).isTrue();
            assertThat(job.status())
                    .isInstanceOfSatisfying(
                            JobStatus.Running.class,
                            running -> assertThat(running.worker()).isEqualTo(new WorkerTask("w-1", 17)));

            present.begin(18);
            assertThat(job.status().findCause()).contains(FailureCause.VANISHED);
            assertThat(job.status().message())
                    .isEqualTo("task 17 of worker w-1, " + SELF + ", ended without writing how it ended");
            present.end();
            assertThat(job.status().findCause()).contains(FailureCause.VANISHED);

            attempt.done(5_000, java.util.Map.of(), null);
            assertThat(job.status().state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void status_workerWithoutItsFile_isThatOfItsProcess() throws Exception {
        attempt.begin(SELF, new WorkerTask("w-1", 17), 5_000);
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        Files.writeString(files.sequenceFile(), "no number\n");
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void status_workerThatIsGone_hasVanished() throws Exception {
        attempt.begin(gone(), new WorkerTask("w-1", 17), 5_000);
        try (WorkerFiles.PresentTask present = files.create(gone())) {
            present.begin(17);
        }
        assertThat(job.status().findCause()).contains(FailureCause.VANISHED);
    }

    @Test
    void delete_emptyLog_leavesNothing() throws Exception {
        files.create(SELF).close();
        Files.createFile(files.log());
        files.delete();
        assertThat(WorkspaceLayout.workers(root)).isEmptyDirectory();

        files.create(SELF).close();
        Files.writeString(files.log(), "a word of native code");
        files.delete();
        assertThat(files.sequenceFile()).doesNotExist();
        assertThat(files.log()).exists();
    }

    @Test
    void deleteLeft_workersThatAreGone_goWithOldLogs() throws Exception {
        Instant now = Instant.now();
        WorkerFiles.deleteLeft(root.resolve("nowhere"), now);
        files.create(SELF).close();
        WorkerFiles killed = WorkerFiles.of(root, "w-2");
        killed.create(gone()).close();
        Files.writeString(killed.log(), "a crash");
        WorkerFiles former = WorkerFiles.of(root, "w-3");
        Files.writeString(former.log(), "a former crash");
        Files.setLastModifiedTime(former.log(), FileTime.from(now.minus(Duration.ofDays(8))));
        Files.writeString(WorkspaceLayout.workers(root).resolve("a note.sequence"), "mine");

        WorkerFiles.deleteLeft(root, now);

        assertThat(Workspace.listNames(WorkspaceLayout.workers(root)))
                .containsExactlyInAnyOrder("w-1.sequence", "w-2.log", "a note.sequence");
    }

    private static ProcessIdentity gone() {
        return new ProcessIdentity(
                SELF.host(), SELF.boot(), SELF.pid(), SELF.start() + 1_000_000, SELF.machine(), SELF.processes());
    }

    @Test
    void present_anyFile_isANumberOrUnknown() throws Exception {
        files.create(SELF).close();
        byte[] written = Files.readAllBytes(files.sequenceFile());
        Fuzz.of("worker-sequence")
                .seed(written)
                .words("0000000000000000017\n", "\n", "-", "{}")
                .bytes(bytes -> {
                    Files.write(files.sequenceFile(), bytes);
                    assertThat(files.present().orElse(0)).isNotNull();
                    WorkerFiles.deleteLeft(root, Instant.EPOCH);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a b", "ü", "a.b", "\0"})
    void requireName_textThatNamesOtherFiles_isRefused(String name) {
        assertThatThrownBy(() -> WorkerFiles.of(root, name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WorkerTask(name, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void status_plantedNameOfAWorker_makesTheFileCorrupt() throws Exception {
        attempt.begin(SELF, new WorkerTask("w-1", 17), 5_000);
        String text = Files.readString(job.processFile(1));
        for (String planted : List.of("../../x", "", "a b")) {
            Files.write(job.processFile(1), text.replace("w-1", planted).getBytes(StandardCharsets.UTF_8));
            assertThat(job.status().state()).isEqualTo(JobState.CORRUPT);
        }
        Files.writeString(job.processFile(1), text.replace("17", "0"));
        assertThat(job.status().state()).isEqualTo(JobState.CORRUPT);
    }
}
