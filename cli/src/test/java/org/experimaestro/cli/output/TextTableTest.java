package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
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

        out.lines(Stream.of("a", "b", "\u001B").map(Line::of));

        assertThat(text).hasToString(String.join(System.lineSeparator(), List.of("a", "b", "\\u001B", "")));
        assertThat(flushed.times).isEqualTo(1);
        out.line("c");
        assertThat(flushed.times).isEqualTo(2);
    }
}
