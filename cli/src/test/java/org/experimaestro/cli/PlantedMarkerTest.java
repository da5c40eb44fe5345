package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.cli.job.JobsCommand;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a workspace that name processes which are no jobs: nothing is ever sent to these. */
@EnabledOnOs(OS.LINUX)
class PlantedMarkerTest {
    private static final String SLEEP = "sleep 1000; true";

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private SampleWorkspace sample;
    private JobFolder job;

    @BeforeEach
    void makeJob() throws IOException {
        sample = new SampleWorkspace(folder.resolve("workspace"));
        job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
    }

    @AfterEach
    void endProcesses() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -4711, Integer.MAX_VALUE + 1L, Long.MAX_VALUE, Long.MIN_VALUE})
    void kill_numberOfManyOrNone_isACorruptFile(long pid) throws Exception {
        ProcessIdentity self = ProcessIdentity.current();
        plant(new ProcessIdentity(self.host(), self.boot(), pid, 1, self.machine(), self.processes()));

        assertThat(job.status().state()).isEqualTo(JobState.CORRUPT);
        assertThat(refusal())
                .contains("process-1.json", "the number of a process", Long.toString(pid), "nothing was sent");
    }

    @Test
    void kill_firstProcess_isRefused() throws Exception {
        plant(ProcessIdentity.find(1).orElseThrow());

        assertThat(refusal()).contains("process 1 on", "it is the first of the system", "nothing was sent to it");
    }

    @Test
    void kill_thisCommandItself_isRefused() throws Exception {
        plant(ProcessIdentity.current());
        assertThat(refusal()).contains("it is this command itself, or has started it", "nothing was sent to it");
    }

    @Test
    void kill_parentOfThisCommand_isRefused() throws Exception {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        assumeTrue(parent.isPresent() && parent.get().pid() > 1, "nothing has started this process");
        plant(ProcessIdentity.find(parent.get().pid()).orElseThrow());

        assertThat(refusal()).contains("it is this command itself, or has started it", "nothing was sent to it");
    }

    @Test
    void kill_processThatWorksElsewhere_isRefusedAndLivesOn() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Process process = start(elsewhere, List.of("setsid", "sleep", "1000"));
        plant(ProcessIdentity.find(process.pid()).orElseThrow());

        assertThat(refusal())
                .contains(
                        "process " + process.pid() + " on",
                        "it works in " + elsewhere.toRealPath(),
                        "nothing was sent");
        assertThat(process.isAlive()).isTrue();
    }

    /** Moved there by somebody who may write in both folders. */
    @Test
    void kill_markerOfAnotherJob_isRefusedAndThatLivesOn() throws Exception {
        JobFolder other = sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16));
        Process process = start(other.path(), List.of("setsid", "sleep", "1000"));
        plant(ProcessIdentity.find(process.pid()).orElseThrow());

        assertThat(refusal()).contains("it works in " + other.path().toRealPath(), "nothing was sent");
        assertThat(process.isAlive()).isTrue();
    }

    /** Such as a shell or an editor; or this job's process, of another attempt. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.experimaestro.runtime.JobMain|2|FOLDER",
                "org.experimaestro.runtime.JobMain|11|FOLDER",
                "org.experimaestro.runtime.JobMain|1|FOLDER/sub",
                "org.experimaestro.runtime.JobMain|1|FOLDER0",
                "org.experimaestro.runtime.JobMain|1",
                "1|FOLDER",
                "my.org.experimaestro.runtime.JobMain|1|FOLDER",
                "org.experimaestro.runtime.JobMain|1|/work/jobs/other/0123456789abcdef0123456789abcdef",
                "FOLDER",
                "-f|org.experimaestro.runtime.JobMain 1 FOLDER",
                ""
            })
    void kill_processInTheFolderThatIsNotTheJobs_isRefusedAndLivesOn(String words) throws Exception {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", SLEEP));
        for (String word : words.split("\\|")) {
            command.add(word.replace("FOLDER", job.path().toString()));
        }
        Process process = start(job.path(), command);
        plant(ProcessIdentity.find(process.pid()).orElseThrow());

        assertThat(refusal())
                .contains("its command line does not say that it is attempt 1 of this job", "nothing was sent to it");
        assertThat(process.isAlive()).isTrue();
    }

    /** Moved there with its marker by somebody who may write above both folders. */
    @Test
    void kill_folderOfAnotherJobInItsPlace_isRefusedAndThatLivesOn() throws Exception {
        JobFolder other = sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16));
        Process process = start(other.path(), FakeJob.command(SLEEP, other.attempt(1)));
        SampleWorkspace.begin(other, ProcessIdentity.find(process.pid()).orElseThrow(), Instant.now());
        Files.move(job.path(), folder.resolve("aside"));
        Files.move(other.path(), job.path());

        assertThat(refusal()).contains("its command line does not say", "nothing was sent");
        assertThat(process.isAlive()).isTrue();
    }

    /** rename(2) keeps the owner. */
    @Test
    void kill_folderBehindAMovedLinkOfThisUser_isRefusedAndTheProcessLivesOn() throws Exception {
        Process process = start(job.path(), FakeJob.command(SLEEP, job.attempt(1)));
        plant(ProcessIdentity.find(process.pid()).orElseThrow());
        Path elsewhere = Files.move(job.path(), folder.resolve("elsewhere"));
        Files.createSymbolicLink(job.path(), elsewhere);
        Files.setPosixFilePermissions(job.path().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(refusal())
                .contains(
                        "behind " + job.path() + ", which may have been moved there by all users of this machine",
                        "nothing was sent");
        assertThat(process.isAlive()).isTrue();
    }

    /** The workspace was moved while the job runs, and the job is on another disk. */
    @Test
    void kill_folderOfAnotherPathSince_endsTheJob() throws Exception {
        Process process = start(job.path(), FakeJob.command(SLEEP, job.attempt(1)));
        plant(ProcessIdentity.find(process.pid()).orElseThrow());
        Path moved = Files.move(sample.workspace().root(), folder.resolve("moved"));
        Path place = moved.resolve("jobs").resolve(job.name());
        Files.createSymbolicLink(place, Files.move(place, folder.resolve("big")));

        SampleWorkspace.Result result =
                SampleWorkspace.executeIn(new JobsCommand(), "kill", digits(), "--workdir=" + moved);
        assertThat(result.exitCode()).as(result.err()).isZero();
        process.onExit().join();
    }

    /** A member of the group makes a job of any folder in which this user works. */
    @Test
    void kill_folderBehindALinkOfAnotherUser_isRefusedAndTheProcessLivesOn() throws Exception {
        OtherUser other = otherUser();
        Process process = start(job.path(), FakeJob.command(SLEEP, job.attempt(1)));
        plant(ProcessIdentity.find(process.pid()).orElseThrow());
        Path elsewhere = Files.move(job.path(), folder.resolve("elsewhere"));
        other.own(Files.createSymbolicLink(job.path(), elsewhere));

        assertThat(refusal())
                .contains("the job's folder is behind " + job.path() + ", which belongs to ", "nothing was sent");
        assertThat(process.isAlive()).isTrue();
    }

    /** Where jobs cannot have a session of their own, they are in the plan's group. */
    @Test
    void kill_processThatLeadsNoGroup_endsAlone() throws Exception {
        List<String> command = new ArrayList<>(
                List.of("setsid", "sh", "-c", "sleep 1000 & shift; \"$@\" & echo $!; wait; wait", "sh"));
        command.addAll(FakeJob.command("trap 'kill $!; exit' TERM; sleep 1000 & wait", job.attempt(1)));
        Process leader = start(job.path(), command);
        long pid = Long.parseLong(leader.inputReader().readLine());
        plant(ProcessIdentity.find(pid).orElseThrow());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();

        assertThat(sample.execute(new JobsCommand(), "kill", digits()).exitCode())
                .isZero();

        process.onExit().join();
        assertThat(leader.isAlive()).isTrue();
        assertThat(leader.descendants()).hasSize(1);
    }

    @Test
    void kill_processOfAnotherUser_isRefusedAndLivesOn() throws Exception {
        Process process = start(job.path(), otherUser().command(FakeJob.command("echo yes; " + SLEEP, job.attempt(1))));
        process.inputReader().readLine();
        plant(ProcessIdentity.find(process.pid()).orElseThrow());

        assertThat(refusal()).contains("process " + process.pid() + " on", "it belongs to ", "nothing was sent to it");
        assertThat(process.isAlive()).isTrue();
    }

    /** A member of the group may write in the workspace; a colleague's own job looks the same. */
    @Test
    void kill_markerOfAnotherUser_namesThemAndEndsNothing() throws Exception {
        OtherUser other = otherUser();
        Process process = start(job.path(), FakeJob.command(SLEEP, job.attempt(1)));
        plant(ProcessIdentity.find(process.pid()).orElseThrow());
        other.own(job.processFile(1));
        String name = Files.getOwner(job.processFile(1)).getName();

        assertThat(refusal())
                .contains(job.name() + ": it belongs to " + name + ", so nothing was sent; only " + name
                        + " can stop it");
        assertThat(process.isAlive()).isTrue();
    }

    private static OtherUser otherUser() {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        return other.orElseThrow();
    }

    private void plant(ProcessIdentity process) throws IOException {
        SampleWorkspace.begin(job, process, Instant.now());
    }

    private Process start(Path where, List<String> command) throws IOException {
        Process process = FakeJob.awaitSession(
                new ProcessBuilder(command).directory(where.toFile()).start());
        processes.add(process);
        return process;
    }

    /** What {@code jobs kill --force} complains about. */
    private String refusal() {
        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", "--force", digits());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        return result.err();
    }

    private String digits() {
        return job.id().toString().substring(0, 8);
    }
}
