package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell sees in a job's folder what {@link JobFolder} has written there. */
class JobScriptsTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    private Path folder;

    private JobFolder job;
    private Attempt attempt;

    @BeforeEach
    void claim() throws IOException {
        job = Workspace.open(folder.resolve("it's a workspace"))
                .job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
        attempt = ((Claim.Granted) job.claim(SELF, "test")).attempt();
    }

    @Test
    void look_attempt_isSeenWhileItRunsAndOnceItIsOver() throws Exception {
        assertThat(look(0)).isEmpty();
        attempt.begin(SELF, 1);
        assertThat(look(0)).containsExactly("job 1");
        attempt.failed(FailureCause.EXCEPTION, "failed", 1);
        assertThat(look(0)).isEmpty();
        assertThat(look(1)).containsExactly("job over");
        Attempt next = ((Claim.Granted) job.claim(SELF, "test")).attempt();
        next.begin(SELF, 1);
        assertThat(look(0)).containsExactly("job 2");
        next.done(1, Map.of(), null);
        assertThat(look(0)).containsExactly("job over");
    }

    @Test
    void look_silentProcess_isGoneWhenItsLeaseIs() throws Exception {
        attempt.begin(SELF, 1);
        age(LifeSign.LEASE.minusMinutes(1).toSeconds());
        assertThat(look(0)).containsExactly("job 1");
        age(LifeSign.LEASE.plusMinutes(1).toSeconds());
        assertThat(look(0)).isEmpty();
    }

    @Test
    void timeLimit_processThatEndsOnSigterm_isRecordedBefore() throws Exception {
        Process process = limited(
                1, 60, "trap 'cp .experimaestro/stop-1.json asked; exit 7' TERM\n" + "while :; do sleep 0.05; done");
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(attempt.stop().find()).contains(FailureCause.TIME_LIMIT);
        assertThat(job.path().resolve("asked")).hasSameTextualContentAs(job.stopFile(1));
        destroy(process);
    }

    @Test
    void timeLimit_processesThatIgnoreSigterm_areKilledWithTheirChildren() throws Exception {
        Process process = limited(1, 1, "trap '' TERM; sleep 600 & echo $! >child; while :; do sleep 0.05; done");
        assertThat(process.waitFor()).isEqualTo(128 + 9);
        long child =
                Long.parseLong(Files.readString(job.path().resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
        assertThat(attempt.stop().find()).contains(FailureCause.TIME_LIMIT);
    }

    @Test
    void timeLimit_processThatEndsInTime_isNotRecordedAndKnowsItsEnd() throws Exception {
        Process process = limited(1000, 1, "sh -c \"$EXPERIMAESTRO_END_COMMAND\" >end");
        assertThat(process.waitFor()).isZero();
        long end = Long.parseLong(Files.readString(job.path().resolve("end")).strip());
        assertThat(end - Instant.now().getEpochSecond()).isBetween(900L, 1000L);
        assertThat(attempt.stop().find()).isEmpty();
        destroy(process);
    }

    private Process limited(int seconds, int grace, String command) throws IOException {
        String script = JobScripts.timeLimit("1", Duration.ofSeconds(seconds), Duration.ofSeconds(grace), true);
        return new ProcessBuilder("setsid", "sh", "-c", script + "exec sh -c \"$1\"", "sh", command)
                .directory(job.path().toFile())
                .start();
    }

    /** Ends the process that looks whether the time is over, before the folder is deleted. */
    private static void destroy(Process leader) throws Exception {
        new ProcessBuilder("sh", "-c", "kill -s KILL -- -" + leader.pid())
                .start()
                .waitFor();
    }

    @Test
    void look_voidAttempt_doesNotRun() throws Exception {
        attempt.giveUp(SELF, "stopped");
        assertThat(look(0)).isEmpty();
    }

    @Test
    void look_linkOrStrangeName_isNoProcess() throws Exception {
        attempt.begin(SELF, 1);
        Path process = job.processFile(1);
        Files.move(process, job.internalFolder().resolve("process-x.json"));
        assertThat(look(0)).isEmpty();
        Files.createSymbolicLink(process, Path.of("process-x.json"));
        assertThat(look(0)).isEmpty();
    }

    @Test
    void logs_ofAnAttempt_areThoseOfTheFolder() throws Exception {
        String script = "xpm_attempt=1 xpm_folder=here\n" + JobScripts.LOGS
                + "printf '%s\\n' \"$PWD/$xpm_output\" \"$PWD/$xpm_error\"\n";
        assertThat(run(job.path(), script))
                .containsExactly(
                        attempt.standardOutput().toString(),
                        attempt.standardError().toString());
        Files.createSymbolicLink(attempt.standardError(), Path.of("/etc/passwd"));
        assertThat(run(job.path(), script)).isEmpty();
    }

    @Test
    void probe_folderThatCanBeWritten_leavesNothing() throws Exception {
        String script = JobScripts.PROBE + "probe \"$1\" 2>/dev/null && echo written";
        assertThat(run(folder, script)).containsExactly("written");
        try (var files = Files.list(job.internalFolder())) {
            assertThat(files).containsExactly(job.attemptFile(1));
        }
        Files.delete(job.attemptFile(1));
        Files.delete(job.internalFolder());
        assertThat(run(folder, script)).isEmpty();
    }

    @Test
    void ended_marker_isSeenUnlessItIsKnown() throws Exception {
        assertThat(ended("")).isEmpty();
        attempt.begin(SELF, 1);
        attempt.failed(FailureCause.EXCEPTION, "failed", 1);
        assertThat(ended("")).containsExactly("ended");
        assertThat(ended("failed-1.json")).isEmpty();
        Attempt next = ((Claim.Granted) job.claim(SELF, "test")).attempt();
        next.begin(SELF, 1);
        assertThat(ended("failed-1.json")).isEmpty();
        next.done(1, Map.of(), null);
        assertThat(ended("failed-1.json")).containsExactly("ended");
        assertThat(ended("done.json failed-1.json")).isEmpty();
    }

    @Test
    void ended_linkInThePlaceOfAMarker_isNoEnd() throws Exception {
        Files.createSymbolicLink(job.internalFolder().resolve("done.json"), job.attemptFile(1));
        assertThat(ended("")).isEmpty();
    }

    private List<String> ended(String known) throws Exception {
        return run(folder, JobScripts.ENDED + "ended \"$1\" '" + known + "' && echo ended");
    }

    private List<String> look(int number) throws Exception {
        return run(folder, JobScripts.LOOK + "look job \"$1\" " + number + "\n");
    }

    private void age(long seconds) throws IOException {
        Files.setLastModifiedTime(
                job.processFile(1), FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    /** Runs a script whose first argument is the job's folder. */
    private List<String> run(Path place, String script) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", script, "sh", job.path().toString())
                .directory(place.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return text.lines().toList();
    }
}
