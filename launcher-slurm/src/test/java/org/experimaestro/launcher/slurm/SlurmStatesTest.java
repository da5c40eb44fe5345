package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmStatesTest {
    /** All words of squeue(1) and sacct(1) of 20.11 to 24.05, and of the page "Job State Codes". */
    private static final List<String> MANUAL = List.of(
            "BOOT_FAIL",
            "CANCELLED",
            "COMPLETED",
            "CONFIGURING",
            "COMPLETING",
            "DEADLINE",
            "FAILED",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "PENDING",
            "PREEMPTED",
            "RUNNING",
            "RESV_DEL_HOLD",
            "REQUEUE_FED",
            "REQUEUE_HOLD",
            "REQUEUED",
            "RESIZING",
            "REVOKED",
            "SIGNALING",
            "SPECIAL_EXIT",
            "STAGE_OUT",
            "STOPPED",
            "SUSPENDED",
            "TIMEOUT",
            "LAUNCH_FAILED",
            "POWER_UP_NODE",
            "RECONFIG_FAIL",
            "UPDATE_DB");

    @Test
    void values_areThoseOfTheManual() {
        assertThat(Arrays.stream(SlurmStates.values()).map(Enum::name)).containsExactlyInAnyOrderElementsOf(MANUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED,COMPLETED", "FAILED,FAILED", "TIMEOUT,TIME_LIMIT", "DEADLINE,TIME_LIMIT",
        "OUT_OF_MEMORY,MEMORY_LIMIT", "NODE_FAIL,NODE_FAILURE", "BOOT_FAIL,NODE_FAILURE", "PREEMPTED,PREEMPTED",
        "CANCELLED,CANCELLED", "CANCELLED by 1000,CANCELLED", "CANCELLED+,CANCELLED", "OUT_OF_ME+,MEMORY_LIMIT",
    })
    void status_endedState_saysHow(String word, End end) {
        assertThat(SlurmStatusReader.status(word, "None", "0:0").end()).contains(end);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,PENDING", "REQUEUED,PENDING", "REQUEUE_HOLD,PENDING", "REQUEUE_FED,PENDING", "SPECIAL_EXIT,PENDING",
        "RESV_DEL_HOLD,PENDING", "RUNNING,RUNNING", "COMPLETING,RUNNING", "CONFIGURING,RUNNING", "RESIZING,RUNNING",
        "SIGNALING,RUNNING", "STAGE_OUT,RUNNING", "REVOKED,RUNNING", "SUSPENDED,SUSPENDED", "STOPPED,SUSPENDED",
        "BRAND_NEW,RUNNING", "RE+,RUNNING",
    })
    void status_otherState_goesOnAndIsShown(String word, Phase phase) {
        BatchStatus status = SlurmStatusReader.status(word, "None", "0:0");

        assertThat(status.phase()).isEqualTo(phase);
        assertThat(status.state()).isEqualTo(word);
        assertThat(status.exitCode()).isEmpty();
    }
}
