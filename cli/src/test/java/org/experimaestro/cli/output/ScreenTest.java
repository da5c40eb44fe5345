package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ScreenTest {
    private static final String ESCAPE = "\u001B";

    @Test
    void show_moreLinesThanTheScreenHas_namesTheRest() throws IOException {
        var out = new ByteArrayOutputStream();
        try (Screen screen = new Screen(terminal(out, 20, 5), Ansi.OFF)) {
            screen.show(IntStream.range(0, 10)
                    .mapToObj(i -> Line.of("line " + i + " of a long text"))
                    .toList());
        }

        assertThat(visible(out))
                .containsExactly("line 0 of a long t…", "line 1 of a long t…", "line 2 of a long t…", "7 more lines");
    }

    @Test
    void show_again_repaintsInPlace_andClearsOnlyAfterAResize() throws IOException {
        var out = new ByteArrayOutputStream();
        Terminal terminal = terminal(out, 20, 5);
        try (Screen screen = new Screen(terminal, Ansi.OFF)) {
            screen.show(List.of(Line.of("one")));
            out.reset();
            screen.show(List.of(Line.of("two")));
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("two").doesNotContain(ESCAPE + "[2J");
            out.reset();
            terminal.setSize(size(9, 3));
            screen.show(List.of(Line.of("a long line"), Line.of("b"), Line.of("c")));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains(ESCAPE + "[2J");
        assertThat(visible(out)).containsExactly("a long …", "2 more …");
    }

    @Test
    void cut_wideCharactersAndStyles_areCountedAsTheyAreShown() {
        assertThat(Line.of("日本語").width()).isEqualTo(6);
        assertThat(Line.of("日本語").cut(5).shown(Ansi.OFF)).isEqualTo("日本…");
        assertThat(Line.of("日本語").cut(6).shown(Ansi.OFF)).isEqualTo("日本語");
        assertThat(Line.of("ab", "red").add("cd").cut(3).shown(Ansi.OFF)).isEqualTo("ab…");
        assertThat(Line.of("ab", "red").add("cd").cut(1).shown(Ansi.ON)).isEqualTo(ESCAPE + "[31m…" + ESCAPE + "[39m");
    }

    private static Terminal terminal(ByteArrayOutputStream out, int columns, int rows) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .type("xterm")
                .encoding(StandardCharsets.UTF_8)
                .streams(new ByteArrayInputStream(new byte[0]), out)
                .build();
        terminal.setSize(size(columns, rows));
        return terminal;
    }

    private static Size size(int columns, int rows) {
        return Size.of(columns, rows);
    }

    private static List<String> visible(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8)
                .replaceAll(ESCAPE + "\\[[0-9;?]*[A-Za-z]", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
