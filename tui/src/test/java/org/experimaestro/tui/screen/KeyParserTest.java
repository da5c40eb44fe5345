package org.experimaestro.tui.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyParserTest {
    /** Returns the names of the keys of an input; after a bar, nothing comes for a while. */
    private static List<String> names(String input) throws IOException {
        List<String> names = new ArrayList<>();
        for (KeyPress key : keys(input)) {
            names.add(key.name());
        }
        return names;
    }

    private static List<Input> inputs(String input) throws IOException {
        int[] at = {0};
        KeyParser parser = new KeyParser(millis -> {
            if (at[0] == input.length()) {
                return KeyParser.END;
            }
            char next = input.charAt(at[0]++);
            return next == '|' ? KeyParser.LATE : next;
        });
        List<Input> inputs = new ArrayList<>();
        Optional<Input> next = parser.read();
        while (next.isPresent()) {
            inputs.add(next.get());
            next = parser.read();
        }
        return inputs;
    }

    private static List<KeyPress> keys(String input) throws IOException {
        return inputs(input).stream().map(KeyPress.class::cast).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "^[<0;12;7M, 11;6",
        "^[<0;12;7m, ''", // let go
        "^[<2;12;7M, ''",
        "^[<16;12;7M, ''", // with Ctrl
        "^[<0;99999;99999M, 99998;99998",
        "^[<0;999999;7M, ''",
        "^[<;;M, ''"
    })
    void read_mouse_isAClickOfTheLeftButton(String input, String click) throws IOException {
        assertThat(inputs(input.replace('^', '\u001B')).stream()
                        .map(MouseClick.class::cast)
                        .map(each -> each.column() + ";" + each.row()))
                .isEqualTo(click.isEmpty() ? List.of() : List.of(click));
    }

    @ParameterizedTest
    @CsvSource({
        "j, j",
        "^[A, Up",
        "^OB, Down",
        "^[5~, PageUp",
        "^[1~, Home",
        "^|, Esc",
        "^^[A, Esc;[;A",
        "'\r', Enter",
        "'\u007F', Backspace",
        "'\u001A', Ctrl-z",
        "^[1;5A, ''",
        "^[<64;3;4M^[<65;3;4Mj, Up;Down;j",
        "^x, ''",
        "\u6F22, \u6F22"
    })
    void read_input_isTheKey(String input, String names) throws IOException {
        assertThat(String.join(";", names(input.replace('^', '\u001B')))).isEqualTo(names);
    }

    @Test
    void read_answerOfTheTerminal_isNoKey() throws IOException {
        assertThat(names("\u001B]11;rgb:0000/0000/0000\u0007j\u001BP1+r\u001B\\k"))
                .containsExactly("j", "k");
    }

    @Test
    void read_paste_isOneText() throws IOException {
        assertThat(keys("\u001B[200~rm -rf\rK y\u001B[201~j"))
                .containsExactly(new KeyPress(KeyPress.PASTE, "rm -rf\rK y"), KeyPress.of("j"));
    }

    @Test
    void read_paste_withoutEnd_endsWithTheInput() throws IOException {
        assertThat(names("\u001B[200~never")).containsExactly(KeyPress.PASTE);
    }

    @Test
    void read_characterOfTwoHalves_isOneKey() throws IOException {
        assertThat(keys("\uD83D\uDE00")).containsExactly(new KeyPress("\uD83D\uDE00", "\uD83D\uDE00"));
    }
}
