package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {
    @Test
    void of_separators_areQuoted() {
        assertThat(CsvLine.of(List.of("a,b", "say \"x\"", "one\ntwo", "", "plain")))
                .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"one\ntwo\",,plain\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+x", "-x", "@SUM(A1)", "\t=1", "-1+cmd", "=", "\uFF1D1", "-"})
    void of_formula_beginsWithAnApostrophe(String cell) {
        assertThat(CsvLine.of(List.of(cell, cell))).isEqualTo("'" + cell + ",'" + cell + "\n");
    }

    @Test
    void of_formulaBehindALineBreakOrWithSeparators_isQuotedToo() {
        assertThat(CsvLine.of(List.of("\n=1", "=HYPERLINK(\"x\",\"y\")")))
                .isEqualTo("\"'\n=1\",\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "+7", "-1e-4", "-Infinity", "NaN", "-0", "7", "a=b", "x-y", "'=1"})
    void of_numberOrOtherText_staysAsItIs(String cell) {
        assertThat(CsvLine.of(List.of(cell))).isEqualTo(cell + "\n");
    }

    @Test
    void of_charactersThatATerminalObeys_areEscaped() {
        assertThat(CsvLine.of(List.of("x\u001B[2J", "a\rb", "\u202Eabc"))).isEqualTo("x\\u001B[2J,a\\rb,\\u202Eabc\n");
    }
}
