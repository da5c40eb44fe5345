package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.experimaestro.launcher.contract.ScriptedShell;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statuses from the answers of squeue, sacct and scancel. */
class SlurmPollTest {
    private static final Instant SINCE = Instant.ofEpochSecond(1_795_000_000);
    private static final String UNKNOWN = "slurm_load_jobs error: Invalid job id specified\n";
    private static final String NO_ACCOUNTING = "Slurm accounting storage is disabled\n";

    private final AtomicReference<Instant> now = new AtomicReference<>(SINCE);
    private final ScriptedShell shell = new ScriptedShell();
    private final Slurm slurm = new Slurm(LauncherDefinition.local(), shell, now::get);

    @Test
    void poll_manyTasks_asksOnceForTheirArrays() throws Exception {
        StringBuilder lines = new StringBuilder();
        List<String> jobIds =
                IntStream.range(0, 500).mapToObj(task -> "77_" + task).toList();
        jobIds.forEach(jobId -> lines.append(SqueueReaderTest.line(jobId, "PENDING", "0", "Priority")));
        shell.answer(0, lines.toString(), "");

        assertThat(slurm.poll(jobIds, SINCE)).hasSize(500);
        assertThat(shell.scripts())
                .singleElement()
                .asString()
                .endsWith(
                        "squeue -a -h -r -t all -O 'JobArrayID:40,State:20,exit_code:12,Reason:100,StartTime:20' -j 77\n");
    }

    @Test
    void poll_jobsTheControllerForgot_asksTheAccounting() throws Exception {
        shell.answer(0, SqueueReaderTest.line("7", "RUNNING", "0", "None"), "");
        shell.answer(0, "8|COMPLETED|0:0\n9|RUNNING|0:0\n", "");

        Map<String, BatchStatus> statuses = slurm.poll(List.of("7", "8", "9", "10"), SINCE);

        assertThat(statuses).containsOnlyKeys("7", "8", "9");
        assertThat(statuses.get("8").end()).contains(End.COMPLETED);
        assertThat(shell.scripts().getLast())
                .contains("SLURM_BITSTR_LEN=0 sacct -nXP -o JobID,State,ExitCode"
                        + " -S now-$(( $(date +%s) - 1794913600 )) -j 8,9,10\n");
    }

    @Test
    void poll_controllerShowsNothing_jobIsAliveWhileTheAccountingSaysSo() throws Exception {
        shell.answer(0, "", "");
        shell.answer(0, "7|RUNNING|0:0\n8|PENDING|0:0\n9|SUSPENDED|0:0\n10|REQUEUED|0:0\n11|NEWWORD|0:0\n", "");

        Map<String, BatchStatus> statuses = slurm.poll(List.of("7", "8", "9", "10", "11", "12"), SINCE);

        assertThat(statuses).containsOnlyKeys("7", "8", "9", "10", "11");
        assertThat(statuses.values()).noneMatch(status -> status.phase() == BatchStatus.Phase.ENDED || status.stuck());
        assertThat(statuses.get("8")).hasToString("PENDING (by the accounting; squeue does not show it)");
    }

    @Test
    void poll_controllerShowsNothingOfAnArray_waitingTasksAreAlive() throws Exception {
        shell.answer(0, SqueueReaderTest.line("8", "RUNNING", "0", "None"), "");
        shell.answer(0, "9_0|RUNNING|0:0\n9_[1-3%1]|PENDING|0:0\n", "");

        Map<String, BatchStatus> statuses = slurm.poll(List.of("8", "9_0", "9_1", "9_3", "9_4"), SINCE);

        assertThat(statuses.get("9_0").phase()).isEqualTo(BatchStatus.Phase.RUNNING);
        assertThat(statuses.get("9_1").phase()).isEqualTo(BatchStatus.Phase.PENDING);
        assertThat(statuses.get("9_3").phase()).isEqualTo(BatchStatus.Phase.PENDING);
        assertThat(statuses.get("9_4")).hasToString("CANCELLED (before it started)");
    }

    @Test
    void poll_onlyUnknownJob_isLeftOut() throws Exception {
        shell.answer(1, "", UNKNOWN).answer(0, "", "");

        assertThat(slurm.poll(List.of("99"), SINCE)).isEmpty();
    }

    @Test
    void poll_vanishedTask_wasCancelledBeforeItStarted() throws Exception {
        // 22.05 still reports task 1 as waiting after it was cancelled by itself.
        String queue = SqueueReaderTest.line("9_0", "RUNNING", "0", "None")
                + SqueueReaderTest.line("9_2", "PENDING", "0", "JobArrayTaskLimit");
        shell.answer(0, queue, "");
        shell.answer(0, "9_0|RUNNING|0:0\n9_[1-9%1]|PENDING|0:0\n", "");

        Map<String, BatchStatus> statuses = slurm.poll(List.of("9_0", "9_1", "9_2", "10_0"), SINCE);

        assertThat(statuses).containsOnlyKeys("9_0", "9_1", "9_2");
        assertThat(statuses.get("9_1")).hasToString("CANCELLED (before it started)");
        assertThat(statuses.get("9_2").state()).isEqualTo("PENDING");
    }

    @Test
    void poll_withoutAccounting_remembersThatForAWhile() throws Exception {
        shell.answer(1, "", UNKNOWN).answer(1, "", NO_ACCOUNTING);
        assertThat(slurm.poll(List.of("9_1"), SINCE)).isEmpty();

        shell.answer(1, "", UNKNOWN);
        now.set(SINCE.plus(Duration.ofMinutes(9)));
        assertThat(slurm.poll(List.of("9_1"), SINCE)).isEmpty();
        assertThat(shell.scripts()).hasSize(3);

        shell.answer(1, "", UNKNOWN).answer(127, "", "sh: 1: sacct: not found");
        now.set(SINCE.plus(Duration.ofMinutes(11)));
        assertThat(slurm.poll(List.of("9_1"), SINCE)).isEmpty();
        assertThat(shell.scripts()).hasSize(5);
    }

    @Test
    void poll_accountingIsAway_isAskedAgain() throws Exception {
        String complaint = "sacct: error: slurm_persist_conn_open_without_init: failed to open persistent connection"
                + " to host:127.0.0.1:16801: Connection refused\nsacct: error: Problem talking to the database";
        shell.answer(1, "", UNKNOWN).answer(1, "", complaint);
        assertThat(slurm.poll(List.of("9"), SINCE)).isEmpty();

        shell.answer(1, "", UNKNOWN).answer(0, "9|TIMEOUT|0:0\n", "");
        assertThat(slurm.poll(List.of("9"), SINCE).get("9").end()).contains(End.TIME_LIMIT);
    }

    @Test
    void poll_controllerIsAway_isUnreachable() {
        shell.answer(1, "", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n");

        assertThatThrownBy(() -> slurm.poll(List.of("9"), SINCE))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("Unable to contact slurm controller");
    }

    @Test
    void poll_moreThanAThousandJobs_asksForTheUser() throws Exception {
        List<String> jobIds =
                IntStream.rangeClosed(1, 1001).mapToObj(Integer::toString).toList();
        shell.answer(0, "", "").answer(0, "", "");

        slurm.poll(jobIds, SINCE);

        assertThat(shell.scripts()).hasSize(2).allMatch(script -> script.endsWith(" -u \"$(id -un)\"\n"));
    }

    @Test
    void poll_twoClusters_asksEach() throws Exception {
        shell.answer(0, SqueueReaderTest.line("7", "RUNNING", "0", "None"), "");
        shell.answer(0, SqueueReaderTest.line("7", "PENDING", "0", "Priority"), "");

        Map<String, BatchStatus> statuses = slurm.poll(List.of("7", "7;big"), SINCE);

        assertThat(statuses.get("7").state()).isEqualTo("RUNNING");
        assertThat(statuses.get("7;big").state()).isEqualTo("PENDING");
        assertThat(shell.scripts().getLast()).contains("squeue -M 'big' -a -h");
    }

    @Test
    void cancel_jobsAndTasks_areNamedShortly() throws Exception {
        shell.answer(
                0,
                "user=1000\n" + owned("5", 1000, "learn") + owned("9_1", 1000, "learn") + owned("9_2", 1000, "learn")
                        + owned("9_3", 1000, "learn") + owned("9_4", 1000, "learn") + owned("9_7", 1000, "learn"),
                "");
        shell.answer(0, "user=1000\n" + owned("6", 1000, "learn"), "").answer(0, "", "");

        slurm.cancel("learn", List.of("5", "9_3", "9_1", "9_2", "9_7", "6;big"));

        assertThat(shell.scripts().getFirst())
                .endsWith("echo \"user=$(id -u)\"\nsqueue -a -h -r -t all -O "
                        + "'JobArrayID:40,UserID:12,UserName:60,Name:250' -j 5,9\n");
        assertThat(shell.scripts().get(1)).contains("squeue -M 'big' -a");
        assertThat(shell.scripts().getLast())
                .contains("scancel 5 '9_[1-3,7]' || code=$?", "scancel -M 'big' 6 || code=$?");
    }

    @Test
    void cancel_endedJobs_isNoError() throws Exception {
        shell.answer(0, "user=1000\n" + owned("5", 1000, "learn") + owned("6", 1000, "learn"), "");
        shell.answer(
                1,
                "",
                "scancel: error: Kill job error on job id 5: Invalid job id specified\n"
                        + "scancel: error: Kill job error on job id 6: Job/step already completing or completed\n");

        slurm.cancel("learn", List.of("5", "6"));
        slurm.cancel("learn", List.of());

        assertThat(shell.scripts()).hasSize(2);
    }

    @Test
    void cancel_jobsThatSlurmHasForgotten_sendsNothing() throws Exception {
        shell.answer(1, "user=1000\n", UNKNOWN).answer(0, "user=1000\n", "");

        slurm.cancel("learn", List.of("5"));
        slurm.cancel("learn", List.of("5", "6"));

        assertThat(shell.scripts()).hasSize(2).noneMatch(script -> script.contains("scancel"));
    }

    /** Wrong job ids from a file of the workspace: if one is named, no job of the call is cancelled. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1000, other.learn",
        "1000, 1000, lear",
        "1000, 1000, ''",
        "1000, 1001, learn",
        "1000, 0, learn",
        "'', 1000, learn",
    })
    void cancel_jobOfAnotherNameOrUser_isRefusedWithWhatWasFound(String self, int owner, String name) {
        shell.answer(0, "user=" + self + "\n" + owned("5", 1000, "learn") + owned("6", owner, name), "");

        assertThatThrownBy(() -> slurm.cancel("learn", List.of("5", "6")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("\"" + name + "\" of user" + owner)
                .hasMessageContaining("and not learn of this user: nothing was cancelled");
        assertThat(shell.scripts()).hasSize(1);
    }

    /** The last word of a job's name may be anything, even a line break. */
    @Test
    void cancel_nameThatForgesLines_countsOnce() {
        String forged =
                owned("5", 1001, "x\nuser=1001\n" + owned("5", 1000, "learn").strip());
        shell.answer(0, "user=1000\n" + forged, "");

        assertThatThrownBy(() -> slurm.cancel("learn", List.of("5"))).isInstanceOf(RefusedException.class);
    }

    /** A number without a task, of an array, is not one job. */
    @Test
    void cancel_wholeArray_isNoJob() throws Exception {
        shell.answer(0, "user=1000\n" + owned("9_0", 1000, "learn") + owned("9_1", 1000, "learn"), "");

        slurm.cancel("learn", List.of("9"));

        assertThat(shell.scripts()).hasSize(1);
    }

    @Test
    void cancel_slurmRefuses_isRefused() {
        shell.answer(0, "user=1000\n" + owned("5", 1000, "learn"), "");
        shell.answer(1, "", "scancel: error: Kill job error on job id 5: Access/permission denied\n");

        assertThatThrownBy(() -> slurm.cancel("learn", List.of("5")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Access/permission denied");
    }

    @Test
    void cancel_controllerIsAway_isUnreachable() {
        shell.answer(1, "user=1000\n", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n");
        shell.answer(0, "user=1000\n" + owned("5", 1000, "learn"), "");
        shell.answer(1, "", "scancel: error: Unable to contact slurm controller (connect failure)\n");

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> slurm.cancel("learn", List.of("5"))).isInstanceOf(UnreachableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5; rm -rf ~",
                "--me",
                "-u root",
                "",
                " 5",
                "5 6",
                "5,6",
                "5_",
                "5_1,2",
                "5_[1-3]",
                "5_*",
                "5.0",
                "0",
                "05",
                "5_01",
                "5;all",
                "5;ALL",
                "5;-x",
                "5;a,b",
                "5\n",
                "+5",
                "\u0665"
            })
    void anyCall_textThatIsNoHandle_reachesNoShell(String text) throws Exception {
        assertThat(slurm.poll(List.of(text), SINCE)).isEmpty();
        assertThatThrownBy(() -> slurm.cancel("learn", List.of("5", text)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("\"" + text + "\": nothing was cancelled");
        assertThat(shell.scripts()).isEmpty();
    }

    /** Returns a line of squeue with the owner and the name. */
    private static String owned(String id, int owner, String name) {
        return "%-40s%-12s%-60s%-250s%n".formatted(id, owner, "user" + owner, name);
    }
}
