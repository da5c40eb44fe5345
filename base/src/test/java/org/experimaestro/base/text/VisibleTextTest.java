package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    /** The characters that may never be shown, in any place. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\u2028\\u2029\\u00AD\\u061C\\u180E"
                    + "\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u3164"
                    + "\\uFFA0\\x{E0000}-\\x{E007F}]");

    @Test
    void of_whatATerminalObeysOrHides_isEscaped() {
        assertThat(VisibleText.of("a\0b\u0007\u001B[31m\u007F\u009Bz"))
                .isEqualTo("a\\u0000b\\u0007\\u001B[31m\\u007F\\u009Bz");
        assertThat(VisibleText.of("x\u202Ey\u2066\u200B\uFEFF\u00AD\u200F"))
                .isEqualTo("x\\u202Ey\\u2066\\u200B\\uFEFF\\u00AD\\u200F");
        assertThat(VisibleText.of("a\u2028b\u2029c\u3164\u034F")).isEqualTo("a\\u2028b\\u2029c\\u3164\\u034F");
        assertThat(VisibleText.of("\uD83D!\uDB40\uDC01")).isEqualTo("\\uD83D!\\uDB40\\uDC01");
        assertThat(VisibleText.of("one\r\ntwo\tthree")).isEqualTo("one\\r\\ntwo\\tthree");
    }

    @Test
    void of_charactersThatNobodyKnows_areEscaped() {
        assertThat(VisibleText.of("\uE000\uFDD0\uFFFE\u0378")).isEqualTo("\\uE000\\uFDD0\\uFFFE\\u0378");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "naïve Ελληνικά 日本語 עברית e\u0301 \u00A0« a\u202Fb » 😀 \\u0041 \"quoted\" Ω≈ç√∫",
                "می\u200Cخواهم \u0661\u06DD ক্\u200Cষ ශ්\u200Dරී क्\u200Dष",
                "👩\u200D🚀 👨\u200D👩\u200D👧 👩🏽\u200D🚀 ❤\uFE0F\u200D🔥 1\uFE0F\u20E3 #\uFE0F\u20E3 ℹ\uFE0F ‼\uFE0F ©\uFE0F ☁\uFE0E",
                "葛\uDB40\uDD00 ᠠ\u180B ⠓⠑⠇⠇⠕⠀"
            })
    void of_textOfAnyLanguage_isTheSame(String text) {
        assertThat(VisibleText.of(text)).isSameAs(text);
    }

    /** Joiners between Latin letters, before or after a text, or twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ad\u200Dmin",
                "\u200Dx",
                "x\u200C",
                "😀\u200D",
                "👩\u200D\u200D🚀",
                "م\u200Dx",
                "a\uFE0F",
                "\uFE0Fa",
                "1\uFE0F",
                "☁\uFE0F\uFE0F",
                "a\uDB40\uDD00",
                "a\u180B",
                "©\uFE0F\uFE0E"
            })
    void of_joinerOrSelectorOutOfPlace_isEscaped(String text) {
        assertThat(VisibleText.of(text)).contains("\\u");
    }

    @Test
    void lines_severalLines_keepsTheirEndsAndTabs() {
        assertThat(VisibleText.lines("one\n\ttwo\r\nthree\rfour\u001B")).isEqualTo("one\n\ttwo\nthree\\rfour\\u001B");
    }

    @Test
    void columns_whatIsHidden_takesOneColumnEach() {
        String line = "\ta\u001B\u2028\u3164👩\u200D🚀\uDB40\uDC01e\u0301x";

        assertThat(VisibleText.columns(line)).isEqualTo("\ta\uFFFD\uFFFD\uFFFD👩\u200D🚀\uFFFDe\u0301x");
        assertThat(VisibleText.blank(line, line.indexOf('x'))).isEqualTo("\t        ");
    }

    @Test
    void anyText_shown_hasNothingForbiddenAndStaysTheSame() {
        Random random = new Random(20);
        for (int i = 0; i < 200_000; i++) {
            String text = text(random);

            String line = VisibleText.of(text);
            String lines = VisibleText.lines(text);

            assertThat(FORBIDDEN.matcher(line).find()).as(line).isFalse();
            assertThat(FORBIDDEN.matcher(lines.replaceAll("[\n\t]", "")).find())
                    .as(line)
                    .isFalse();
            assertThat(VisibleText.of(line)).isSameAs(line);
            assertThat(VisibleText.lines(lines)).isSameAs(lines);
            assertThat(FORBIDDEN
                            .matcher(VisibleText.columns(text).replace("\t", ""))
                            .find())
                    .as(line)
                    .isFalse();
        }
    }

    /** Returns a text of any characters, most of them with special rules. */
    private static String text(Random random) {
        int[] special = {
            '\r', '\n', '\t', 27, '1', 'a', 0x9B, 0xA9, 0x34F, 0x600, 0x628, 0x64E, 0x915, 0x94D, 0x17B4, 0x180B,
            0x1820, 0x200B, 0x200C, 0x200D, 0x200E, 0x2028, 0x203C, 0x20E3, 0x2764, 0x845B, 0xD83D, 0xDE00, 0xFE00,
            0xFE0F, 0x1F468, 0x1F3FD, 0xE0041, 0xE0100
        };
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(
                    random.nextInt(4) > 0 ? special[random.nextInt(special.length)] : random.nextInt(0x110000));
        }
        return text.toString();
    }
}
