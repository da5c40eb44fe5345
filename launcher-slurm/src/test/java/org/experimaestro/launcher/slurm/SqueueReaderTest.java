package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.junit.jupiter.api.Test;

class SqueueReaderTest {

    /** The output of 22.05, with its widths. */
    @Test
    void read_recorded_findsAllJobs() {
        var jobs = SqueueReader.read(line("9_4", "PENDING", "0", "JobArrayTaskLimit")
                + line("9_0", "RUNNING", "0", "None")
                + line("5", "FAILED", "768", "NonZeroExitCode")
                + line("6", "FAILED", "9", "JobLaunchFailure")
                + line("8", "COMPLETING", "0", "TimeLimit")
                + line("10", "TIMEOUT", "9", "TimeLimit")
                + line("11", "CANCELLED", "15", "None")
                + line("12", "OUT_OF_MEMORY", "125", "OutOfMemory")
                + line("13", "PENDING", "0", "PartitionTimeLimit"));

        assertThat(jobs).containsOnlyKeys("9_4", "9_0", "5", "6", "8", "10", "11", "12", "13");
        assertThat(jobs.get("9_4")).isEqualTo(BatchStatus.active(Phase.PENDING, "PENDING", "JobArrayTaskLimit"));
        assertThat(jobs.get("9_0")).isEqualTo(BatchStatus.active(Phase.RUNNING, "RUNNING", ""));
        assertThat(jobs.get("5").exitCode()).hasValue(3);
        assertThat(jobs.get("6").exitCode()).hasValue(137);
        assertThat(jobs.get("8")).hasToString("COMPLETING (TimeLimit)");
        assertThat(jobs.get("10").end()).contains(End.TIME_LIMIT);
        assertThat(jobs.get("11").exitCode()).hasValue(143);
        assertThat(jobs.get("12").end()).contains(End.MEMORY_LIMIT);
        assertThat(jobs.get("12").exitCode()).isEmpty();
        assertThat(jobs.get("13").stuck()).isTrue();
    }

    @Test
    void read_oddLines_keepsWhatIsAJob() {
        String reason = "Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions";

        var jobs = SqueueReader.read("\nCLUSTER: test\n"
                + line("JOBID", "STATE", "EXIT_CODE", "REASON")
                + line("20+0", "RUNNING", "0", "None")
                + line("20+1", "PENDING", "0", "None")
                + line("21", "PENDING", "0", reason)
                + line("22", "COMPLETED", "", "")
                + line("23", "", "", "")
                + "24\n"
                + "slurm_load_jobs error: Invalid job id specified\r\n"
                + line("25", "PENDING", "0", "(null)").strip());

        assertThat(jobs).containsOnlyKeys("20", "21", "22", "25");
        assertThat(jobs.get("20").state()).isEqualTo("RUNNING");
        assertThat(jobs.get("21").reason()).isEqualTo(reason);
        assertThat(jobs.get("22").exitCode()).isEmpty();
        assertThat(jobs.get("25").reason()).isEmpty();
    }

    @Test
    void format_widths_areThoseThatAreRead() {
        assertThat(SqueueReader.FORMAT).isEqualTo("JobArrayID:40,State:20,exit_code:12,Reason:100,StartTime:20");
        assertThat(line("1", "COMPLETED", "0", ""))
                .startsWith("1" + " ".repeat(39) + "COMPLETED" + " ".repeat(11) + "0");
    }

    @Test
    void read_pendingJobs_haveTheExpectedStart() {
        var jobs = SqueueReader.read(line("1", "PENDING", "0", "Resources").stripTrailing() + " ".repeat(91)
                + "1795478120          \n"
                + start("2", "PENDING", "N/A")
                + start("3", "RUNNING", "1795478120")
                + start("4", "PENDING", "99999999999999999999"));

        assertThat(jobs.get("1").expectedStart()).contains(Instant.ofEpochSecond(1_795_478_120));
        assertThat(jobs.get("1").reason()).isEqualTo("Resources");
        assertThat(jobs.get("2").expectedStart()).isEmpty();
        assertThat(jobs.get("3").expectedStart()).isEmpty();
        assertThat(jobs.get("4").expectedStart()).isEmpty();
    }

    private static String start(String id, String state, String time) {
        return line(id, state, "0", "Priority").replace(System.lineSeparator(), "%-20s%n".formatted(time));
    }

    /** Returns a line of squeue. */
    static String line(String id, String state, String exitCode, String reason) {
        return "%-40s%-20s%-12s%-100s%n".formatted(id, state, exitCode, reason);
    }
}
