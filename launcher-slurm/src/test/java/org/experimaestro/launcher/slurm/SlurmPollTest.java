package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;

/** What is made of the answers of squeue, sacct and scancel. */
class SlurmPollTest {
    private static final Instant SINCE = Instant.ofEpochSecond(1_795_000_000);
    private static final String UNKNOWN = "slurm_load_jobs error: Invalid job id specified\n";
    private static final String NO_ACCOUNTING = "Slurm accounting storage is disabled\n";

    private final AtomicReference<Instant> now = new AtomicReference<>(SINCE);
    private final ScriptedShell shell = new ScriptedShell();
    private final Slurm slurm = new Slurm(LauncherDefinition.local(), now::get);

    @Test
    void poll_manyTasks_asksOnceForTheirArrays() throws Exception {
        StringBuilder lines = new StringBuilder();
        List<String> handles =
                IntStream.range(0, 500).mapToObj(task -> "77_" + task).toList();
        handles.forEach(handle -> lines.append(SqueueReaderTest.line(handle, "PENDING", "0", "Priority")));
        shell.answer(0, lines.toString(), "");

        assertThat(slurm.poll(shell, handles, SINCE)).hasSize(500);
        assertThat(shell.scripts())
                .singleElement()
                .asString()
                .endsWith("squeue -a -h -r -t all -O 'JobArrayID:40,State:20,exit_code:12,Reason:100' -j 77\n");
    }

    @Test
    void poll_jobsTheControllerForgot_asksTheAccounting() throws Exception {
        shell.answer(0, SqueueReaderTest.line("7", "RUNNING", "0", "None"), "");
        shell.answer(0, "8|COMPLETED|0:0\n9|RUNNING|0:0\n", "");

        Map<String, BatchStatus> statuses = slurm.poll(shell, List.of("7", "8", "9", "10"), SINCE);

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

        Map<String, BatchStatus> statuses = slurm.poll(shell, List.of("7", "8", "9", "10", "11", "12"), SINCE);

        assertThat(statuses).containsOnlyKeys("7", "8", "9", "10", "11");
        assertThat(statuses.values()).noneMatch(status -> status.phase() == BatchStatus.Phase.ENDED || status.stuck());
        assertThat(statuses.get("8")).hasToString("PENDING (by the accounting; squeue does not show it)");
    }

    @Test
    void poll_controllerShowsNothingOfAnArray_waitingTasksAreAlive() throws Exception {
        shell.answer(0, SqueueReaderTest.line("8", "RUNNING", "0", "None"), "");
        shell.answer(0, "9_0|RUNNING|0:0\n9_[1-3%1]|PENDING|0:0\n", "");

        Map<String, BatchStatus> statuses = slurm.poll(shell, List.of("8", "9_0", "9_1", "9_3", "9_4"), SINCE);

        assertThat(statuses.get("9_0").phase()).isEqualTo(BatchStatus.Phase.RUNNING);
        assertThat(statuses.get("9_1").phase()).isEqualTo(BatchStatus.Phase.PENDING);
        assertThat(statuses.get("9_3").phase()).isEqualTo(BatchStatus.Phase.PENDING);
        assertThat(statuses.get("9_4")).hasToString("CANCELLED (before it started)");
    }

    @Test
    void poll_onlyUnknownJob_isLeftOut() throws Exception {
        shell.answer(1, "", UNKNOWN).answer(0, "", "");

        assertThat(slurm.poll(shell, List.of("99"), SINCE)).isEmpty();
    }

    @Test
    void poll_vanishedTask_wasCancelledBeforeItStarted() throws Exception {
        // 22.05 goes on to tell of task 1 as waiting when it was cancelled by itself.
        String queue = SqueueReaderTest.line("9_0", "RUNNING", "0", "None")
                + SqueueReaderTest.line("9_2", "PENDING", "0", "JobArrayTaskLimit");
        shell.answer(0, queue, "");
        shell.answer(0, "9_0|RUNNING|0:0\n9_[1-9%1]|PENDING|0:0\n", "");

        Map<String, BatchStatus> statuses = slurm.poll(shell, List.of("9_0", "9_1", "9_2", "10_0"), SINCE);

        assertThat(statuses).containsOnlyKeys("9_0", "9_1", "9_2");
        assertThat(statuses.get("9_1")).hasToString("CANCELLED (before it started)");
        assertThat(statuses.get("9_2").state()).isEqualTo("PENDING");
    }

    @Test
    void poll_withoutAccounting_remembersThatForAWhile() throws Exception {
        shell.answer(1, "", UNKNOWN).answer(1, "", NO_ACCOUNTING);
        assertThat(slurm.poll(shell, List.of("9_1"), SINCE)).isEmpty();

        shell.answer(1, "", UNKNOWN);
        now.set(SINCE.plus(Duration.ofMinutes(9)));
        assertThat(slurm.poll(shell, List.of("9_1"), SINCE)).isEmpty();
        assertThat(shell.scripts()).hasSize(3);

        shell.answer(1, "", UNKNOWN).answer(127, "", "sh: 1: sacct: not found");
        now.set(SINCE.plus(Duration.ofMinutes(11)));
        assertThat(slurm.poll(shell, List.of("9_1"), SINCE)).isEmpty();
        assertThat(shell.scripts()).hasSize(5);
    }

    @Test
    void poll_accountingIsAway_isAskedAgain() throws Exception {
        String complaint = "sacct: error: slurm_persist_conn_open_without_init: failed to open persistent connection"
                + " to host:127.0.0.1:16801: Connection refused\nsacct: error: Problem talking to the database";
        shell.answer(1, "", UNKNOWN).answer(1, "", complaint);
        assertThat(slurm.poll(shell, List.of("9"), SINCE)).isEmpty();

        shell.answer(1, "", UNKNOWN).answer(0, "9|TIMEOUT|0:0\n", "");
        assertThat(slurm.poll(shell, List.of("9"), SINCE).get("9").end()).contains(End.TIME_LIMIT);
    }

    @Test
    void poll_controllerIsAway_isUnreachable() {
        shell.answer(1, "", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n");

        assertThatThrownBy(() -> slurm.poll(shell, List.of("9"), SINCE))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("Unable to contact slurm controller");
    }

    @Test
    void poll_moreThanAThousandJobs_asksForTheUser() throws Exception {
        List<String> handles =
                IntStream.range(0, 1001).mapToObj(Integer::toString).toList();
        shell.answer(0, "", "").answer(0, "", "");

        slurm.poll(shell, handles, SINCE);

        assertThat(shell.scripts()).hasSize(2).allMatch(script -> script.endsWith(" -u \"$(id -un)\"\n"));
    }

    @Test
    void poll_twoClusters_asksEach() throws Exception {
        shell.answer(0, SqueueReaderTest.line("7", "RUNNING", "0", "None"), "");
        shell.answer(0, SqueueReaderTest.line("7", "PENDING", "0", "Priority"), "");

        Map<String, BatchStatus> statuses = slurm.poll(shell, List.of("7", "7;big"), SINCE);

        assertThat(statuses.get("7").state()).isEqualTo("RUNNING");
        assertThat(statuses.get("7;big").state()).isEqualTo("PENDING");
        assertThat(shell.scripts().getLast()).contains("squeue -M 'big' -a -h");
    }

    @Test
    void cancel_jobsAndTasks_areNamedShortly() throws Exception {
        shell.answer(0, "", "");

        slurm.cancel(shell, List.of("5", "9_3", "9_1", "9_2", "9_7", "6;big"));

        assertThat(shell.scripts().getFirst())
                .contains("scancel 5 '9_[1-3,7]' || code=$?", "scancel -M 'big' 6 || code=$?");
    }

    @Test
    void cancel_endedJobs_isNoError() throws Exception {
        shell.answer(
                1,
                "",
                "scancel: error: Kill job error on job id 5: Invalid job id specified\n"
                        + "scancel: error: Kill job error on job id 6: Job/step already completing or completed\n");

        slurm.cancel(shell, List.of("5", "6"));
        slurm.cancel(shell, List.of());

        assertThat(shell.scripts()).hasSize(1);
    }

    @Test
    void cancel_jobOfAnother_isRefused() {
        shell.answer(1, "", "scancel: error: Kill job error on job id 5: Access/permission denied\n");

        assertThatThrownBy(() -> slurm.cancel(shell, List.of("5")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Access/permission denied");
    }

    @Test
    void cancel_controllerIsAway_isUnreachable() {
        shell.answer(1, "", "scancel: error: Unable to contact slurm controller (connect failure)\n");

        assertThatThrownBy(() -> slurm.cancel(shell, List.of("5"))).isInstanceOf(UnreachableException.class);
    }

    @Test
    void poll_notAHandle_isTheCallersFault() {
        assertThatThrownBy(() -> slurm.poll(shell, List.of("5; rm -rf ~"), SINCE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
