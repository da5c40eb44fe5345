package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

class TextTableTest {
    @Test
    void lines_cellsOfAllWidths_areAligned() {
        TextTable table = new TextTable("A", "EMPTY", "B");
        table.add(Line.of("plain ~"), Line.of(""), Line.of("1"));
        table.add(Line.of("日本"), Line.of(""), Line.of("2"));
        table.add(Line.of("e\u0301").add("\t", "bold"), Line.of(""), Line.of("3"));

        assertThat(table.lines().stream().map(line -> line.shown(Ansi.OFF)))
                .containsExactly("A        B", "plain ~  1", "日本     2", "e\u0301\\t      3");
    }

    /** The lines are made when they are read. */
    @Test
    void lines_readInAnyOrderAndAgain_areThoseOfTheRowsThen() {
        TextTable table = new TextTable("A", "B");
        table.add(Line.of("first"), Line.of("1"));
        table.add(Line.of("second").add("!", "bold"), Line.of("2"));

        List<Line> lines = table.lines();
        table.add(Line.of("a longer one"), Line.of("3"));

        for (int i = 0; i < 2; i++) {
            assertThat(lines.get(2).shown(Ansi.OFF)).isEqualTo("second!  2");
            assertThat(lines.get(1).shown(Ansi.OFF)).isEqualTo("first    1");
            assertThat(lines.get(0).shown(Ansi.OFF)).isEqualTo("A        B");
        }
        assertThat(lines).hasSize(3);
        assertThatThrownBy(() -> lines.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(table.lines().get(1).shown(Ansi.OFF)).isEqualTo("first         1");
    }

    @Test
    void width_printableAscii_isThatOfTheTerminal() {
        for (char each = ' '; each <= '~'; each++) {
            assertThat(Line.of(String.valueOf(each)).width())
                    .as("width of %s", each)
                    .isEqualTo(WCWidth.wcwidth(each));
        }
        assertThat(Line.of("ab").add(Line.of("c日").add("e\u0301")).width()).isEqualTo(6);
    }

    @Test
    void lines_many_areFlushedOnce() {
        var flushed = new Object() {
            int times;
        };
        StringWriter text = new StringWriter() {
            @Override
            public void flush() {
                flushed.times++;
            }
        };
        CommandLine command = new CommandLine(CommandSpec.create()).setOut(new PrintWriter(text, true));
        Printer out = Printer.out(command);

        List<String> rows =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
        out.lines(rows, row -> Line.of(row + "\u001B"));

        assertThat(text)
                .hasToString(
                        String.join("\\u001B" + System.lineSeparator(), rows) + "\\u001B" + System.lineSeparator());
        assertThat(flushed.times).isEqualTo(1);
        out.line("c");
        assertThat(flushed.times).isEqualTo(2);
    }
}
