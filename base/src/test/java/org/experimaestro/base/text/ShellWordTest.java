package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @ParameterizedTest
    @ValueSource(strings = {"/a/b_1.yaml", "k1=0.9", "--workdir", "a@b:c,d%+"})
    void of_textThatAShellReadsAsItIs_isTheText(String text) {
        assertThat(ShellWord.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "it's", "a b", "$HOME", "`id`", "a;b", "~", "*", "\"", "\\", "a\rb", "a\nb", "é"})
    void of_anyText_isOneWordOfTheShell(String text) throws Exception {
        for (String word : new String[] {ShellWord.of(text), ShellWord.quote(text)}) {
            Process shell = new ProcessBuilder("sh", "-c", "printf '%s|' " + word).start();
            String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(read).isEqualTo(text + "|");
        }
    }

    @Test
    void quote_characterZero_isRefused() {
        assertThatThrownBy(() -> ShellWord.of("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character 0");
    }
}
