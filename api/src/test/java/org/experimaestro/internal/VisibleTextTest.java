package org.experimaestro.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void of_whatATerminalObeysOrHides_isEscaped() {
        assertThat(VisibleText.of("a\0b\u0007\u001B[31m\u007F\u009Bz"))
                .isEqualTo("a\\u0000b\\u0007\\u001B[31m\\u007F\\u009Bz");
        assertThat(VisibleText.of("x\u202Ey\u2066\u200B\uFEFF\u00AD\u200F"))
                .isEqualTo("x\\u202Ey\\u2066\\u200B\\uFEFF\\u00AD\\u200F");
        assertThat(VisibleText.of("a\u2028b\u2029c\u3164")).isEqualTo("a\\u2028b\\u2029c\\u3164");
        assertThat(VisibleText.of("\uD83D!\uDB40\uDC01")).isEqualTo("\\uD83D!\\uDB40\\uDC01");
        assertThat(VisibleText.of("one\r\ntwo\tthree")).isEqualTo("one\\r\\ntwo\\tthree");
    }

    @Test
    void of_textOfAnyLanguage_isTheSame() {
        String text = "naïve Ελληνικά 日本語 עברית e\u0301 😀 \\u0041 \"quoted\"";

        assertThat(VisibleText.of(text)).isSameAs(text);
        assertThat(VisibleText.of("")).isEmpty();
    }

    @Test
    void lines_severalLines_keepsTheirEndsAndTabs() {
        assertThat(VisibleText.lines("one\n\ttwo\r\nthree\rfour\u001B")).isEqualTo("one\n\ttwo\r\nthree\\rfour\\u001B");
    }
}
