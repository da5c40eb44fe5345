package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with jobs on a host that has a copy of the workspace, over a real ssh. No job is run twice. */
@NeedsSshd
@Timeout(240)
class SshErrorClassifierIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final TestSshServer server = TestSshServer.ssh();
    private RemotePlan plan;

    @BeforeEach
    void copyPlan() throws IOException {
        plan = new RemotePlan(folder).direct(RemotePlan.copiedTo(hostFolder()));
    }

    private Path hostFolder() {
        return folder.resolve("files of the host");
    }

    private int countOnHost(String name) {
        try (Stream<Path> files = Files.walk(hostFolder())) {
            return (int) files.filter(file -> file.endsWith(name)).count();
        } catch (IOException | UncheckedIOException moved) {
            return 0;
        }
    }

    @Test
    void kill9_ofThePlan_nextRunWaitsForTheSameJobs() throws IOException {
        try (Running driver = plan.start()) {
            plan.awaitExecutions(2);
            driver.kill();
        }
        plan.release();
        assertIsTakenUp(plan.run());
    }

    @Test
    void kill9_beforeItIsStoredWhoHasTheJob_nextRunWaitsForTheJobThatRuns() throws IOException {
        try (Running driver = plan.start()) {
            plan.awaitExecutions(2);
            driver.kill();
        }
        plan.delete("remote.write", "handed-1.json");
        plan.delete("remote.write", "process-1.json");
        try (Running next = plan.start()) {
            next.awaitText("still runs on remote on gate (test-ssh), whose answer was lost", PATIENCE);
            plan.release();
            ProgramOutcome outcome = next.finish(PATIENCE);
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
        assertIsRunOnce();
    }

    @Test
    void interrupt_ofThePlan_nextRunWaitsForTheSameJobs() throws IOException {
        try (Running driver = plan.start()) {
            plan.awaitExecutions(2);
            driver.interrupt();
            ProgramOutcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.exitCode()).isEqualTo(130);
            assertThat(outcome.out())
                    .contains("Stopped before the end. 2 jobs ", "; run the same command again to wait for them.");
        }
        plan.release();
        assertIsTakenUp(plan.run());
    }

    @Test
    void connection_cutForAWhile_jobsGoOnAndAreFetchedWhenItIsBack() throws IOException {
        try (Running driver = plan.start()) {
            Await.until(
                    "the logs of both jobs",
                    PATIENCE,
                    () -> plan.read("remote.write", ".experimaestro/stdout-1.log")
                            .containsAll(List.of("job 0 writes\n", "job 1 writes\n")));
            assertThat(plan.call("jobs", "list").out()).contains("running", "50 % half of 0", "50 % half of 1");
            server.stop();
            server.cutConnections();
            driver.awaitText("jobs go on, and are asked for again until it answers", PATIENCE);
            server.start();
            driver.awaitText("answers again", PATIENCE);

            server.stop();
            server.cutConnections();
            plan.release();
            Await.until("both jobs to end while nobody can see it", PATIENCE, () -> countOnHost("done.json") == 2);
            server.start();
            ProgramOutcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("3 jobs: 3 executed, 0 done before.");
            assertThat(outcome.exitCode()).isZero();
        }
        assertIsRunOnce();
    }

    @Test
    void connection_awayBeforeTheFirstJob_jobsWait() {
        server.stop();
        try (Running driver = plan.startFree()) {
            driver.awaitText("2 jobs wait to be submitted, and will be when it answers", PATIENCE);
            server.start();
            ProgramOutcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
        assertIsRunOnce();
    }

    @Test
    void hostKey_changedDuringARun_runEndsAndTheNextOneTakesTheJobsUp() throws IOException {
        try (Running driver = plan.start()) {
            plan.awaitExecutions(2);
            server.changeHostKey();
            server.cutConnections();
            ProgramOutcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out())
                    .contains("it has shown another host key than the one that is known for it", "ssh-keygen -")
                    .contains("1 skipped, 2 left");
        }
        plan.release();
        server.restoreHostKey();
        assertIsTakenUp(plan.run());
    }

    @Test
    void hostKey_changedBeforeARun_isTheJobsRefusalAndThoseElsewhereAreDone() throws IOException {
        server.changeHostKey();
        ProgramOutcome refused = plan.run("here=1");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out())
                .contains("was refused by its launcher: Refused to connect to gate (test-ssh)")
                .contains("4 jobs: 1 executed, 0 done before; 2 FAILED, 1 skipped.");
        assertThat(plan.executions()).containsExactly("write 100");

        server.restoreHostKey();
        assertThat(plan.run("here=1").out()).contains("4 jobs: 3 executed, 1 done before.");
        assertThat(plan.executions()).containsExactly("join", "write 0", "write 1", "write 100");
    }

    @Test
    void disk_fullWhenFilesAreSent_isTheJobsRefusalAndThoseElsewhereAreDone() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 2)) {
            plan.direct(RemotePlan.copiedTo(disk.folder()));
            Path other = Files.write(disk.folder().resolve("of others"), new byte[1_900_000]);
            ProgramOutcome refused = plan.run("jobs=1", "here=1");
            assertThat(refused.out())
                    .contains("was refused by its launcher: gate (test-ssh) cannot store the files of the workspace in "
                            + disk.folder())
                    .contains("No space left on device")
                    .contains("3 jobs: 1 executed, 0 done before; 1 FAILED, 1 skipped.");
            assertThat(plan.executions()).containsExactly("write 100");

            Files.delete(other);
            assertThat(plan.run("jobs=1", "here=1").out()).contains("3 jobs: 2 executed, 1 done before.");
            assertThat(plan.executions()).containsExactly("join", "write 0", "write 100");
        }
    }

    @Test
    void disk_filledByTheJobItself_isSaidWithHostAndFolder() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 4)) {
            plan.direct(RemotePlan.copiedTo(disk.folder()));
            ProgramOutcome failed = plan.run("jobs=1", "here=1", "megabytes=8");
            assertThat(failed.out())
                    .contains("nothing can be written in " + disk.folder(), "of remote on gate (test-ssh)")
                    .contains("No space left on device")
                    .contains("3 jobs: 1 executed, 0 done before; 1 FAILED, 1 skipped.");

            disk.resize(64);
            ProgramOutcome next = plan.run("jobs=1", "here=1", "megabytes=8");
            assertThat(next.out()).as(next.toString()).contains("3 jobs: 2 executed, 1 done before.");
            assertThat(plan.executions()).containsExactly("join", "write 0", "write 0", "write 100");
        }
    }

    @Test
    void jobsKill_ofAJobThere_endsItAndItsLogIsHere() {
        try (Running driver = plan.start("jobs=1")) {
            plan.awaitExecutions(1);
            String id = plan.read("remote.write", ".experimaestro/params.json")
                    .getFirst()
                    .replaceAll("(?s).*\"id\": \"(\\w+)\".*", "$1");
            ProgramOutcome kill = plan.call("jobs", "kill", id);
            assertThat(kill.out()).as(kill.toString()).contains("was cancelled");
            assertThat(kill.exitCode()).isZero();
            ProgramOutcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.out()).contains("was cancelled", "1 FAILED, 1 skipped");
            assertThat(plan.call("jobs", "log", id).out()).contains("job 0 writes");
        }
    }

    /** The next run, after one that was lost while two jobs ran. */
    private void assertIsTakenUp(ProgramOutcome next) {
        assertThat(next.out())
                .as(next.toString())
                .contains("3 jobs: 1 executed, ")
                .doesNotContain("FAILED");
        assertThat(next.exitCode()).isZero();
        assertThat(plan.read("remote.write", ".experimaestro/attempt-2.json")).isEmpty();
        assertIsRunOnce();
    }

    private void assertIsRunOnce() {
        assertThat(plan.executions()).containsExactly("join", "write 0", "write 1");
        assertThat(plan.read("remote.join", "joined.txt")).containsExactly("<0><1>");
    }
}
