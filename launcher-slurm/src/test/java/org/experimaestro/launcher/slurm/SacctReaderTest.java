package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SacctReaderTest {
    /** The output of 22.05 for an array of which first single tasks were cancelled, then all; and for other jobs. */
    private static final String RECORDED = """
            5|FAILED|3:0
            9_0|CANCELLED by 0|0:15
            9_2|COMPLETED|0:0
            9_[6,8-12,14,16-39,41-49%4]|CANCELLED by 0|0:0
            30|OUT_OF_MEMORY|0:125
            31|NODE_FAIL|0:0
            32|RUNNING|0:0
            33_[0-9]|PENDING|0:0
            """;

    @Test
    void find_recorded_findsAllJobs() {
        SacctReader accounts = SacctReader.read(RECORDED);

        assertThat(find(accounts, "5").exitCode()).hasValue(3);
        assertThat(find(accounts, "9_0").end()).contains(End.CANCELLED);
        assertThat(find(accounts, "9_0").state()).isEqualTo("CANCELLED by 0");
        assertThat(find(accounts, "9_2").end()).contains(End.COMPLETED);
        assertThat(find(accounts, "9_12").end()).contains(End.CANCELLED);
        assertThat(find(accounts, "30").end()).contains(End.MEMORY_LIMIT);
        assertThat(find(accounts, "31").end()).contains(End.NODE_FAILURE);
        assertThat(find(accounts, "32").phase()).isEqualTo(Phase.RUNNING);
        assertThat(accounts.find(SlurmJobId.of("33_9"))).isEmpty();
        assertThat(accounts.knows(33)).isTrue();
        assertThat(accounts.find(SlurmJobId.of("9_7"))).isEmpty();
        assertThat(accounts.find(SlurmJobId.of("34"))).isEmpty();
        assertThat(accounts.knows(9)).isTrue();
        assertThat(accounts.knows(34)).isFalse();
    }

    @Test
    void find_numbersThatSlurmNeverPrints_areLeftOut() {
        String digits = "9".repeat(30);
        SacctReader accounts = SacctReader.read(digits + "|COMPLETED|0:0\n" + "9_" + digits + "|COMPLETED|0:0\n"
                + "9_[0-" + digits + ",1-5:0," + digits + "]|CANCELLED by 0|0:0\n7||0:0\n");

        assertThat(accounts.knows(9)).isTrue();
        assertThat(accounts.find(SlurmJobId.of("9_3"))).isEmpty();
        assertThat(accounts.knows(7)).isFalse();
    }

    @Test
    void find_oddLines_keepsWhatIsAJob() {
        SacctReader accounts = SacctReader.read("""
                JobID|State|ExitCode
                1234.batch|FAILED|9:0
                1234.extern|COMPLETED|0:0
                1234.0|COMPLETED|0:0
                1234|TIMEOUT|0:0
                1235+0|COMPLETED|0:0
                1235+1|FAILED|1:0
                1236|CANCELLED by 1000|0:0|
                1237|NODE_FAIL|1:0
                1237|COMPLETED|0:0
                1238|RUNNING
                sacct: warning: something
                1239_[0-3,7,...]|CANCELLED by 7|0:0
                1240_[1-5
                """);

        assertThat(find(accounts, "1234").end()).contains(End.TIME_LIMIT);
        assertThat(find(accounts, "1235").end()).contains(End.COMPLETED);
        assertThat(find(accounts, "1236").end()).contains(End.CANCELLED);
        assertThat(find(accounts, "1237").end()).contains(End.COMPLETED);
        assertThat(accounts.find(SlurmJobId.of("1238"))).isEmpty();
        assertThat(find(accounts, "1239_7").end()).contains(End.CANCELLED);
        assertThat(accounts.find(SlurmJobId.of("1239_8"))).isEmpty();
    }

    private static BatchStatus find(SacctReader accounts, String jobId) {
        Optional<BatchStatus> status = accounts.find(SlurmJobId.of(jobId));
        assertThat(status).as(jobId).isPresent();
        return status.get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0-9;0;true",
                "0-9;9;true",
                "0-9;10;false",
                "1,3,5%2;3;true",
                "1,3,5%2;2;false",
                "0-10:5;5;true",
                "0-10:5;4;false",
                "'';0;false",
                "3,...;3;true",
                "3,...;4;false",
            })
    void contains_expression_hasItsNumbers(String tasks, int task, boolean contained) {
        assertThat(SacctReader.contains(tasks, task)).isEqualTo(contained);
    }
}
