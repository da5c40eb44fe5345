package org.experimaestro.tui.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenWriterTest {
    private static final ScreenSize SIZE = new ScreenSize(10, 3);

    private static Canvas canvas(String text, TextStyle style) {
        Canvas canvas = new Canvas(SIZE);
        canvas.put(0, 0, text, style);
        return canvas;
    }

    private static ScreenWriter colouredWriter() {
        return new ScreenWriter(Glyphs.UNICODE, true);
    }

    @Test
    void write_sameAgain_isNothing() {
        ScreenWriter writer = colouredWriter();
        writer.write(canvas("running", TextStyle.PLAIN));

        assertThat(writer.write(canvas("running", TextStyle.PLAIN))).isEmpty();
    }

    @Test
    void write_oneCellDiffers_isThatCell() {
        ScreenWriter writer = colouredWriter();
        writer.write(canvas("12:03:04", TextStyle.PLAIN));

        assertThat(writer.write(canvas("12:03:05", TextStyle.PLAIN))).isEqualTo("\u001B[1;8H\u001B[0m5\u001B[0m");
    }

    @Test
    void write_afterForget_isAll() {
        ScreenWriter writer = colouredWriter();
        String first = writer.write(canvas("x", TextStyle.BOLD));
        writer.forget();

        assertThat(writer.write(canvas("x", TextStyle.BOLD))).isEqualTo(first).contains("\u001B[2J", "\u001B[0;1mx");
    }

    @Test
    void write_otherSize_isAll() {
        ScreenWriter writer = colouredWriter();
        writer.write(canvas("x", TextStyle.PLAIN));

        assertThat(writer.write(new Canvas(new ScreenSize(11, 3)))).contains("\u001B[2J");
    }

    @Test
    void write_withoutColours_hasNone() {
        ScreenWriter writer = new ScreenWriter(Glyphs.UNICODE, false);

        assertThat(writer.write(canvas("x", TextStyle.of(Ink.FAILED).asReverse())))
                .contains("\u001B[0;7mx");
    }

    @Test
    void write_ascii_hasNothingElse() {
        ScreenWriter writer = new ScreenWriter(Glyphs.ASCII, true);

        String output = writer.write(canvas("✗ \u6F22é…▒", TextStyle.PLAIN));

        assertThat(output).contains("x").contains("??").contains("~").contains("=");
        assertThat(output.chars()).allMatch(each -> each < 0x7F);
    }

    @Test
    void write_wideCharacter_putsTheNextCellAtItsColumn() {
        assertThat(colouredWriter().write(canvas("\u6F22b", TextStyle.PLAIN))).contains("\u6F22\u001B[1;3Hb");
    }

    @Test
    void put_wideCharacterBeyondTheEdge_isBlank() {
        Canvas canvas = canvas("123456789\u6F22", TextStyle.PLAIN);

        assertThat(canvas.lines(Glyphs.UNICODE)).containsExactly("123456789");
    }

    @Test
    void put_overTheSecondHalf_blanksTheFirst() {
        Canvas canvas = canvas("\u6F22", TextStyle.PLAIN);
        canvas.put(1, 0, "x", TextStyle.PLAIN);

        assertThat(canvas.lines(Glyphs.UNICODE)).containsExactly(" x");
    }

    @Test
    void put_combiningMark_standsOnItsCharacter() {
        Canvas canvas = canvas("e\u0301x", TextStyle.PLAIN);

        assertThat(canvas.text(0, 0)).isEqualTo("e\u0301");
        assertThat(canvas.text(1, 0)).isEqualTo("x");
    }
}
