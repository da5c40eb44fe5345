package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.spi.BatchStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCodesTest {

    @ParameterizedTest
    @CsvSource({"0:0,0", "3:0,3", "0:9,137", "0:15,143", "127:0,127", "768,3", "9,137", "0,0", "32512,127", "139,139"})
    void parse_pairOrStatus_isTheShellsCode(String text, int exitCode) {
        assertThat(ExitCodes.parse(text)).hasValue(exitCode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0:125", "125", "n/a", "-", "1:2:3"})
    void parse_noExitCode_isEmpty(String text) {
        assertThat(ExitCodes.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:53", "53"})
    void status_withoutOutputFile_isRefused(String text) {
        BatchStatus status = SlurmStatusReader.status("FAILED", "NonZeroExitCode", text);

        assertThat(status.end()).contains(BatchStatus.End.REFUSED);
        assertThat(status).hasToString("FAILED (the file for its output could not be opened)");
    }
}
