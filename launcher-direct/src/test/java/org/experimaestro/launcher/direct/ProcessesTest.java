package org.experimaestro.launcher.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@Tag("thorough")
class ProcessesTest {
    private final Shell shell = new LocalShell();
    private final Processes processes = new Processes(shell, 0, Duration.ofSeconds(1), Duration.ZERO);
    private final Instant since = Instant.now();
    private Path folder;
    private List<String> jobIds = List.of();
    /** Processes that are not jobs. */
    private final List<Process> others = new ArrayList<>();

    @BeforeEach
    void enter(@TempDir Path temporary) throws Exception {
        folder = Files.createDirectory(temporary.resolve("it's a földer"));
    }

    @AfterEach
    void endAll() throws Exception {
        for (Process other : others) {
            shell.run("kill -s KILL -- -" + other.pid(), Duration.ofSeconds(60));
        }
        for (String jobId : jobIds) {
            shell.run(
                    "kill -s KILL -- -" + DirectJobId.parse(jobId).orElseThrow().pid(), Duration.ofSeconds(60));
        }
    }

    @Test
    void submit_jobs_runEachWithItsNumberAndLog() throws Exception {
        submit(3, "echo \"job $task\"; echo trouble >&2; exit $task");
        Map<String, BatchStatus> states = awaitEnd();
        assertThat(states.get(jobIds.get(0)).end()).contains(BatchStatus.End.COMPLETED);
        assertThat(states.get(jobIds.get(2)).end()).contains(BatchStatus.End.FAILED);
        assertThat(states.get(jobIds.get(2)).exitCode()).hasValue(2);
        assertThat(folder.resolve("log-2.log")).hasContent("job 2\ntrouble");
    }

    @Test
    void submit_shellThatEnds_leavesTheJobInItsOwnSession() throws Exception {
        Path pipe = pipe("go");
        submit(1, "ps -o sid= -p $$ > sid; read line < " + pipe.getFileName() + "; exit 5");
        assertThat(state().phase()).isEqualTo(BatchStatus.Phase.RUNNING);
        Files.writeString(pipe, "go\n");
        assertThat(awaitEnd().get(jobIds.getFirst()).exitCode()).hasValue(5);
        assertThat(Files.readString(folder.resolve("sid")).strip()).isEqualTo(Long.toString(jobId().pid()));
    }

    @Test
    void submit_noFolderForLogs_isRefusedAndNothingStarts() throws Exception {
        Batch batch = batch(1, "echo ran > ran", folder.resolve("absent/log").toString());
        assertThatThrownBy(() -> processes.submit(batch))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Cannot start test")
                .hasMessageContaining("absent/log.sh");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void submit_hostThatPrintsItsOwnLines_isUnderstood() throws Exception {
        Shell talking = (script, limit) ->
                shell.run("echo 'Have a nice day'; echo started 5 minutes ago\n" + script + "\necho bye now\n", limit);
        Processes host = new Processes(talking, 0);
        jobIds = host.submit(batch(2, "exit 0", log()));
        assertThat(jobIds).hasSize(2);
        assertThat(awaitEnd()).hasSize(2);
        assertThat(host.poll(jobIds, since)).hasSize(2);
    }

    @Test
    void submit_notAllStarted_isRefusedOnceAndForAll() {
        Shell cut = (script, limit) -> new Shell.Output(0, "started 0 host 4000000 1 boot\nstarted 1 ho", "");
        Shell failed = (script, limit) -> new Shell.Output(2, "started 0 host 4000000 1 boot\n", "sh: Cannot fork\n");
        for (Shell each : List.of(cut, failed)) {
            assertThatThrownBy(() -> new Processes(each, 0).submit(batch(2, "exit 0", log())))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.isUnclear()).isTrue())
                    .hasMessageContaining("2 jobs of test: 1 have reported");
        }
    }

    @Test
    void submit_niceness_isAddedToOurs() throws Exception {
        // Another one than 0 where the whole build has been started by nice(1); 19 is the largest.
        int ours =
                Integer.parseInt(shell.run("nice", Duration.ofSeconds(60)).out().strip());
        jobIds = new Processes(shell, 7).submit(batch(1, "exit $(nice)", log()));
        assertThat(awaitEnd().get(jobIds.getFirst()).exitCode()).hasValue(Math.min(ours + 7, 19));
    }

    @Test
    void poll_jobKilledBySignal_tellsTheSignal() throws Exception {
        submit(1, "kill -9 $$");
        BatchStatus status = awaitEnd().get(jobIds.getFirst());
        assertThat(status)
                .isEqualTo(BatchStatus.ended(BatchStatus.End.FAILED, "ended", "signal 9", OptionalInt.of(137)));
    }

    @Test
    void poll_wholeSessionKilled_hasVanished() throws Exception {
        Path pipe = pipe("begun");
        submit(1, "echo yes > begun; exec sleep 1000");
        Files.readString(pipe);
        shell.run("kill -s KILL -- -" + jobId().pid(), Duration.ofSeconds(60));
        BatchStatus status = awaitEnd().get(jobIds.getFirst());
        assertThat(status.end()).contains(BatchStatus.End.FAILED);
        assertThat(status.state()).isEqualTo("vanished");
    }

    @Test
    void poll_leaderKilledAlone_jobStillRuns() throws Exception {
        Path pipe = pipe("begun");
        submit(1, "echo yes > begun; exec sleep 1000");
        Files.readString(pipe);
        long leader = jobId().pid();
        ProcessHandle.of(leader).orElseThrow().destroyForcibly();
        ProcessHandle.of(leader).ifPresent(process -> process.onExit().join());
        assertThat(state().phase()).isEqualTo(BatchStatus.Phase.RUNNING);
    }

    @Test
    void submit_somebodyHasPutALinkInThePlaceOfTheScript_writesToAFileOfItsOwn() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "theirs");
        Files.createSymbolicLink(folder.resolve("log.sh.tmp"), victim);
        Files.createSymbolicLink(folder.resolve("log.sh"), victim);
        submit(1, "exit 0");
        awaitEnd();
        assertThat(victim).hasContent("theirs");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("log.sh"))))
                .isEqualTo("rw-------");
    }

    @Test
    void poll_stoppedJob_isSuspended() throws Exception {
        Path pipe = pipe("begun");
        submit(1, "echo yes > begun; exec sleep 1000");
        Files.readString(pipe);
        shell.run("kill -s STOP -- -" + jobId().pid(), Duration.ofSeconds(60));
        BatchStatus status = state();
        while (status.phase() == BatchStatus.Phase.RUNNING) {
            status = state();
        }
        assertThat(status.phase()).isEqualTo(BatchStatus.Phase.SUSPENDED);
    }

    @Test
    void poll_numberTakenByAnotherProcess_isNotTakenForTheJob() throws Exception {
        submit(1, "exec sleep 1000");
        DirectJobId jobId = jobId();
        DirectJobId former = new DirectJobId(jobId.host(), jobId.pid(), "17", jobId.boot(), log() + "-former");
        assertThat(poll(former).end()).contains(BatchStatus.End.FAILED);
        processes.cancel("test", List.of(former.toString()));
        assertThat(state().phase()).isEqualTo(BatchStatus.Phase.RUNNING);
    }

    @Test
    void poll_hostRestarted_isFailureOfTheHost() throws Exception {
        submit(1, "exec sleep 1000");
        DirectJobId jobId = jobId();
        DirectJobId before = new DirectJobId(jobId.host(), jobId.pid(), jobId.start(), "another-boot", jobId.files());
        assertThat(poll(before).end()).contains(BatchStatus.End.NODE_FAILURE);
    }

    @Test
    void poll_processOfAnotherHost_isUnknown() throws Exception {
        submit(1, "exec sleep 1000");
        DirectJobId jobId = jobId();
        DirectJobId other = new DirectJobId("elsewhere", jobId.pid(), jobId.start(), jobId.boot(), jobId.files());
        assertThat(processes.poll(List.of(other.toString()), since)).isEmpty();
    }

    @Test
    void cancel_jobThatCleansUp_isAskedFirst() throws Exception {
        Path pipe = pipe("begun");
        submit(1, "trap 'echo clean > cleaned; exit 4' TERM; echo yes > begun; while :; do sleep 0.05; done");
        Files.readString(pipe);
        processes.cancel("test", jobIds);
        BatchStatus status = awaitEnd().get(jobIds.getFirst());
        assertThat(status.end()).contains(BatchStatus.End.CANCELLED);
        assertThat(status.exitCode()).hasValue(4);
        assertThat(folder.resolve("cleaned")).exists();
    }

    @Test
    void cancel_jobThatHandlesIt_findsTheFileThatSaysSo() throws Exception {
        Path pipe = pipe("begun");
        submit(
                1,
                "trap 'test -e \"$EXPERIMAESTRO_CANCELLED_FILE\" && exit 5; exit 6' TERM; "
                        + "test -e \"$EXPERIMAESTRO_CANCELLED_FILE\" && exit 7; echo yes > begun; "
                        + "while :; do sleep 0.05; done");
        Files.readString(pipe);
        processes.cancel("test", jobIds);
        assertThat(awaitEnd().get(jobIds.getFirst()).exitCode()).hasValue(5);
    }

    @Test
    void cancel_jobThatIgnoresIt_isKilledAfterItsGrace() throws Exception {
        Path pipe = pipe("begun");
        submit(1, "trap '' TERM; echo yes > begun; while :; do sleep 0.05; done");
        Files.readString(pipe);
        processes.cancel("test", jobIds);
        assertThat(awaitEnd().get(jobIds.getFirst()).end()).contains(BatchStatus.End.CANCELLED);
    }

    @Test
    void cancel_jobThatHasEnded_changesNothing() throws Exception {
        submit(1, "exit 3");
        awaitEnd();
        processes.cancel("test", jobIds);
        assertThat(state().end()).contains(BatchStatus.End.FAILED);
    }

    @Test
    void cancel_leaderKilledAlone_endsTheRest() throws Exception {
        Path pipe = pipe("begun");
        submit(1, "echo yes > begun; exec sleep 1000");
        Files.readString(pipe);
        ProcessHandle leader = ProcessHandle.of(jobId().pid()).orElseThrow();
        ProcessHandle job = leader.children().findFirst().orElseThrow();
        leader.destroyForcibly();
        leader.onExit().join();
        processes.cancel("test", jobIds);
        job.onExit().join();
        assertThat(awaitEnd().get(jobIds.getFirst()).end()).contains(BatchStatus.End.CANCELLED);
    }

    /**
     * A file may name any process of this user, which is distinguished from a job by its arguments and environment.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec sleep 1000",
                "EXPERIMAESTRO_DIRECT_JOB=\"test:$PWD/log-00;\" exec sleep 1000",
                "EXPERIMAESTRO_DIRECT_JOB=\"other:$PWD/log-0;\" exec sleep 1000",
                "EXPERIMAESTRO_DIRECT_JOB=\"test:$PWD/log-0\" exec sleep 1000",
                // A process that a job has started in a session of its own, such as a server, has the job's
                // environment.
                "EXPERIMAESTRO_DIRECT_JOB=\"test:$PWD/log-0;\" exec sleep 1000",
                "exec sh -c 'sleep 1000; true' sh script 0 \"$PWD/log-0\" \"my-test:$PWD/log-0;\"",
                "exec sh -c 'sleep 1000; true' sh script 0 \"$PWD/log-0\" \"test:$PWD/log-0;\" 1",
            })
    void cancel_processThatIsNoJob_isRefusedAndLivesOn(String script) throws Exception {
        Process process = session(script);
        assertThatThrownBy(() -> processes.cancel("test", List.of(planted(process))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("process " + process.pid() + " has not been started for this job")
                .hasMessageContaining("nothing was sent to it");
        assertThat(process.isAlive()).isTrue();
        assertThat(folder).isDirectoryNotContaining("glob:**cancelled");
    }

    @Test
    void cancel_groupWhoseLeaderHasEnded_thatIsNoJob_isRefusedAndLivesOn() throws Exception {
        Process process = session("sleep 1000 & echo $!; read line");
        ProcessHandle member = ProcessHandle.of(
                        Long.parseLong(process.inputReader().readLine()))
                .orElseThrow();
        String planted = planted(process);
        process.getOutputStream().close();
        process.waitFor();
        assertThatThrownBy(() -> processes.cancel("test", List.of(planted)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("process " + process.pid() + " has not been started for this job");
        assertThat(member.isAlive()).isTrue();
    }

    @Test
    void cancel_processOfAnotherUser_isRefusedAndLivesOn() throws Exception {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        // The other user may not enter the test's folder.
        Process process = start(new ProcessBuilder(other.get().command(command("exec sleep 1000"))));
        assertThatThrownBy(() -> processes.cancel("test", List.of(planted(process))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("process " + process.pid() + " belongs to another user: nothing was sent to it");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void cancel_anotherName_isRefusedAndTheJobGoesOn() throws Exception {
        submit(1, "exec sleep 1000");
        assertThatThrownBy(() -> processes.cancel("other", jobIds)).isInstanceOf(RefusedException.class);
        assertThat(state().phase()).isEqualTo(BatchStatus.Phase.RUNNING);
    }

    /** The empty file of a cancellation is made anew, and not through a link. */
    @Test
    void cancel_linkInThePlaceOfItsFile_leavesTheTarget() throws Exception {
        Path pipe = pipe("begun");
        submit(1, "echo yes > begun; exec sleep 1000");
        Files.readString(pipe);
        Path target = Files.writeString(folder.resolve("target"), "precious");
        Files.createSymbolicLink(Path.of(log() + "-0." + jobId().pid() + ".cancelled"), target);
        processes.cancel("test", jobIds);
        assertThat(awaitEnd().get(jobIds.getFirst()).end()).contains(BatchStatus.End.CANCELLED);
        assertThat(target).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "a:b",
                "box:0:1:b:/f",
                "box:1:1:b:/f",
                "box:-1:1:b:/f",
                "box:-4711:1:b:/f",
                "box:+12:1:b:/f",
                "box:012:1:b:/f",
                "box:99999999999999999999:1:b:/f",
                "box:12 -1:1:b:/f",
                "box:1\u0662:1:b:/f",
                "box:12:1:b:f",
                "box:12:1:b:/f:",
                "box:12:1:b:/f%",
                "box:12:1:b:/f%0",
                "box:12:1:b:/f%00",
                "box:12:1:b:/%66",
                "box:12:1:b:/f\n",
                "bo x:12:1:b:/f",
                ":12:1:b:/f",
                "box:12::b:/f",
                "box:12:$(a):b:/f",
                "box:12:1:'b:/f",
                "box:12:1:b:/$(touch a)"
            })
    void anyCall_textThatIsNoHandle_reachesNoScript(String text) throws Exception {
        Shell none = (script, limit) -> {
            assertThat(script).doesNotContain("\njob ");
            return new Shell.Output(0, "", "");
        };
        Processes host = new Processes(none, 0);
        assertThat(DirectJobId.parse(text)).isEmpty();
        assertThat(host.poll(List.of(text), since)).isEmpty();
        assertThatThrownBy(() -> host.cancel("test", List.of(text)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("\"" + text + "\": nothing was sent");
    }

    @Test
    void handle_anyPath_isOneWordAndReadBack() {
        DirectJobId jobId = new DirectJobId("node-1", 12, "34", "b00t", "/a b/ü:%/log-0");
        assertThat(jobId.toString()).doesNotContainAnyWhitespaces();
        assertThat(DirectJobId.parse(jobId.toString())).contains(jobId);
    }

    /** Returns a process that is not a job, in a session of its own and in the test's folder. */
    private Process session(String script) throws Exception {
        return start(new ProcessBuilder(command(script)).directory(folder.toFile()));
    }

    private Process start(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        others.add(process);
        process.inputReader().readLine();
        return process;
    }

    private static List<String> command(String script) {
        return List.of("setsid", "sh", "-c", "echo begun; " + script);
    }

    /**
     * Returns a well-formed job id for it, with its correct start: that of a job whose log would be in the test's
     * folder.
     */
    private String planted(Process process) throws Exception {
        String text = shell.run(
                        ProcessScripts.IDENTITY + "look " + process.pid() + "\necho \"$host:" + process.pid()
                                + ":$start:$boot\"\n",
                        Duration.ofSeconds(60))
                .out()
                .strip();
        String[] parts = text.split(":");
        return new DirectJobId(parts[0], process.pid(), parts[2], parts[3], log() + "-0").toString();
    }

    private Path pipe(String name) throws Exception {
        Path pipe = folder.resolve(name);
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        return pipe;
    }

    private String log() {
        return folder.resolve("log").toString();
    }

    private void submit(int size, String body) throws Exception {
        jobIds = processes.submit(batch(size, "cd '" + folder.toString().replace("'", "'\\''") + "'\n" + body, log()));
        assertThat(jobIds).hasSize(size);
    }

    private static Batch batch(int size, String body, String log) {
        return Batch.of("test", body, log, Placement.on(LauncherDefinition.local()))
                .size(size);
    }

    private BatchStatus state() throws Exception {
        return processes.poll(jobIds, since).get(jobIds.getFirst());
    }

    private BatchStatus poll(DirectJobId jobId) throws Exception {
        return processes.poll(List.of(jobId.toString()), since).get(jobId.toString());
    }

    private DirectJobId jobId() {
        return DirectJobId.parse(jobIds.getFirst()).orElseThrow();
    }

    private Map<String, BatchStatus> awaitEnd() throws Exception {
        while (true) {
            Map<String, BatchStatus> states = processes.poll(jobIds, since);
            if (states.values().stream().allMatch(state -> state.phase() == BatchStatus.Phase.ENDED)) {
                return states;
            }
        }
    }
}
