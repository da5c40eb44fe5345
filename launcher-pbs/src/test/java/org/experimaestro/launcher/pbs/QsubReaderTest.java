package org.experimaestro.launcher.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.spi.Shell;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QsubReaderTest {
    @ParameterizedTest
    @CsvSource({
        "'123.server', [123.server]",
        "'0.server', [0.server]",
        "'123', [123]",
        "'0', []",
        "'007', []",
        "'123d[]~\n0', []",
    })
    void read_lineOfTheAnswer_isAJobOnlyInItsForm(String out, String jobs) {
        assertThat(QsubReader.read(new Shell.Output(0, out + "\n", ""), false)).hasToString(jobs);
    }
}
