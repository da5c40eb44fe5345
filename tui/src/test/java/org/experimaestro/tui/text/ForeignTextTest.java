package org.experimaestro.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001B[31mb\u001B[0m",
                "a\u001B]0;title\u0007b",
                "a\u001B]52;c;cm0gLXJm\u001B\\b",
                "a\u001B_Gf=24,s=1;AAAA\u001B\\b",
                "a\u001BP1;1q#0;2\u001B\\b",
                "a\u001B[2J\u001B[10;10Hb",
                "a\u001B(0b",
                "a\u001BM\u001B7b",
                "ab\u001B",
                "ab\u001B[",
                "ab\u001B]0;never ended"
            })
    void of_controlSequences_areLeftOut(String text) {
        assertThat(ForeignText.of(text)).isEqualTo("ab");
    }

    @Test
    void of_otherControls_areEscapes() {
        assertThat(ForeignText.of("a\bb\u009B31m\u202Ec\n")).isEqualTo("a\\u0008b\\u009B31m\\u202Ec\\n");
    }

    @Test
    void of_joinersOfEmoji_areLeftOut() {
        assertThat(ForeignText.of("\uD83D\uDC68\u200D\uD83D\uDC69 \u2764\uFE0F"))
                .isEqualTo("\uD83D\uDC68\uD83D\uDC69 \u2764");
    }

    @Test
    void of_tab_endsAtTheNextEighthColumn() {
        assertThat(ForeignText.of("ab\tc")).isEqualTo("ab      c");
    }

    @Test
    void logLine_carriageReturns_beginTheLineAnew() {
        assertThat(ForeignText.logLine("10 %\r20 %\r30 %\r")).isEqualTo("30 %");
    }

    @Test
    void width_wideAndCombining_areCountedInCells() {
        assertThat(CellWidth.of("\u6F22\u5B57")).isEqualTo(4);
        assertThat(CellWidth.of("e\u0301")).isEqualTo(1);
    }

    @Test
    void cut_wideCharacterAtTheEnd_isNotSplit() {
        assertThat(CellWidth.cut("\u6F22\u5B57\u6F22\u5B57", 4)).isEqualTo("\u6F22…");
        assertThat(CellWidth.cut("abcd", 4)).isEqualTo("abcd");
        assertThat(CellWidth.cut("abcde", 4)).isEqualTo("abc…");
    }
}
