package org.experimaestro.launcher.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.experimaestro.spi.BatchUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QstatReaderTest {
    private static final Path RECORDED = Path.of("src/test/resources/org/experimaestro/launcher/pbs/qstat.txt");

    @Test
    void read_outputOfTheManual_findsAllJobs() throws IOException {
        Map<String, BatchStatus> jobs = QstatReader.read(Files.readString(RECORDED));

        assertThat(jobs).hasSize(14);
        assertThat(jobs.get("123.server").phase()).isEqualTo(Phase.RUNNING);
        assertThat(jobs.get("123.server").state()).isEqualTo("R");
        assertThat(jobs.get("124.server"))
                .hasToString("Q (Not Running: Insufficient amount of resource: ncpus (R: 64 A: 12 T: 64))");
        assertThat(jobs.get("124.server").stuck()).isFalse();
        assertThat(jobs.get("125.server").stuck()).isTrue();
        assertEnd(jobs, "126.server", End.COMPLETED, 0);
        assertEnd(jobs, "127.server", End.FAILED, 3);
        assertEnd(jobs, "128.server", End.CANCELLED, 143);
        assertThat(jobs.get("129.server").end()).contains(End.TIME_LIMIT);
        assertThat(jobs.get("129.server").exitCode()).isEmpty();
        assertThat(jobs.get("129.server").reason()).endsWith("and exceeded resource walltime");
        assertEnd(jobs, "130.server", End.FAILED, 137);
        assertThat(jobs.get("131.server").end()).contains(End.CANCELLED);
        assertEnd(jobs, "132[0].server", End.COMPLETED, 0);
        assertThat(jobs.get("132[1].server").end()).contains(End.CANCELLED);
        assertThat(jobs.get("132[2].server").phase()).isEqualTo(Phase.RUNNING);
        assertThat(jobs.get("132[3].server").phase()).isEqualTo(Phase.PENDING);
    }

    @Test
    void uses_outputOfTheManual_areThoseOfJobsThatHaveEnded() throws IOException {
        Map<String, BatchUse> uses = QstatReader.uses(Files.readString(RECORDED));

        assertThat(uses).containsOnlyKeys("128.server", "132[0].server");
        BatchUse killed = uses.get("128.server");
        assertThat(killed.state()).isEqualTo("F");
        assertThat(killed.exitCode()).hasValue(143);
        assertThat(killed.wallSeconds()).hasValue(27 * 3600 + 60 + 15);
        assertThat(killed.cpuSeconds()).hasValue(125);
        assertThat(killed.maxMemoryBytes()).hasValue(3L << 30);
        assertThat(uses.get("132[0].server").maxMemoryBytes()).isEmpty();
    }

    @Test
    void uses_oddValues_areNotKnown() {
        BatchUse use = QstatReader.uses("""
                Job Id: 1.server
                    resources_used.cput = soon
                    resources_used.mem = 999999999999tb
                    resources_used.walltime = 1:2
                    job_state = F
                """).get("1.server");

        assertThat(use.wallSeconds()).isEmpty();
        assertThat(use.cpuSeconds()).isEmpty();
        assertThat(use.maxMemoryBytes()).isEmpty();
    }

    @Test
    void read_pendingJobs_haveTheEstimatedStart() {
        Map<String, BatchStatus> jobs = QstatReader.read("""
                Job Id: 1.server
                    job_state = Q
                    estimated.exec_vnode = (node1:ncpus=1)
                    estimated.start_time = Mon Nov  2 10:00:00 2026

                Job Id: 2.server
                    job_state = Q
                    estimated.start_time = soon

                Job Id: 3.server
                    job_state = R
                    estimated.start_time = Mon Nov 23 10:00:00 2026
                """);

        assertThat(jobs.get("1.server").expectedStart()).contains(Instant.parse("2026-11-02T10:00:00Z"));
        assertThat(jobs.get("2.server").expectedStart()).isEmpty();
        assertThat(jobs.get("3.server").expectedStart()).isEmpty();
    }

    private static void assertEnd(Map<String, BatchStatus> jobs, String jobId, End end, int exitCode) {
        assertThat(jobs.get(jobId).end()).as(jobId).contains(end);
        assertThat(jobs.get(jobId).exitCode()).as(jobId).hasValue(exitCode);
    }

    @ParameterizedTest
    @CsvSource({
        "Q,PENDING",
        "W,PENDING",
        "H,PENDING",
        "T,PENDING",
        "R,RUNNING",
        "E,RUNNING",
        "B,RUNNING",
        "M,RUNNING",
        "S,SUSPENDED",
        "U,SUSPENDED",
        "F,ENDED",
        "X,ENDED",
        "Z,RUNNING",
    })
    void read_everyState_hasAPhase(String state, Phase phase) {
        assertThat(QstatReader.read("Job Id: 1\n    job_state = " + state + "\n")
                        .get("1")
                        .phase())
                .isEqualTo(phase);
        assertThat(Arrays.stream(PbsStates.values()).map(Enum::name)).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({
        "-29,TIME_LIMIT",
        "-28,TIME_LIMIT",
        "-27,MEMORY_LIMIT",
        "-26,MEMORY_LIMIT",
        "-25,FAILED",
        "-24,FAILED",
        "-20,NODE_FAILURE",
        "-4,NODE_FAILURE",
        "-1,REFUSED",
        "-2,REFUSED",
        "-10,REFUSED",
        "1,FAILED",
        "265,FAILED",
    })
    void read_exitStatus_saysHowItEnded(String exitStatus, End end) {
        String text = "Job Id: 1.s\n    job_state = F\n    Exit_status = " + exitStatus + "\n    substate = 93\n";

        assertThat(QstatReader.read(text).get("1.s").end()).contains(end);
    }

    @ParameterizedTest
    @CsvSource({"92,COMPLETED", "93,FAILED", "91,CANCELLED", "'',CANCELLED"})
    void read_noExitStatus_goesByTheSubstate(String substate, End end) {
        String text = "Job Id: 1[7].s\n    job_state = X\n    substate = " + substate + "\n";

        assertThat(QstatReader.read(text).get("1[7].s").end()).contains(end);
    }

    @Test
    void read_oddText_keepsWhatIsAJob() {
        assertThat(QstatReader.read("qstat: Unknown Job Id 9.server\n\tlost\n    lost = too\nServer: x\n    a = b\n"
                        + "Job Id: what is this\n    job_state = R\nJob Id: 5\n    no state\n    job_state =\n"))
                .isEmpty();
        assertThat(QstatReader.read("")).isEmpty();
    }
}
