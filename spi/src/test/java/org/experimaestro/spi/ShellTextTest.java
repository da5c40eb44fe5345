package org.experimaestro.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in scripts, as a shell reads them. */
@DisabledOnOs(OS.WINDOWS)
final class ShellTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "it's",
                "'",
                "$HOME `id` $(id) \"x\" \\",
                "two\nlines",
                "ends with lines\n\n",
                "\r",
                "dos\r\nlines\r\n",
                "it's\r'$x'",
                "Übung \u2603",
                "-n"
            })
    void quote_anyText_isThatText(String text) throws Exception {
        String script = "text=" + ShellText.quote(text) + "\nprintf %s \"$text\"\n";
        assertThat(new LocalShell().run(script, Duration.ofSeconds(20)).out()).isEqualTo(text);
        // sbatch refuses a script with "DOS line breaks".
        assertThat(script).doesNotContain("\r");
    }

    @Test
    void quote_theCharacterZero_isRefused() {
        assertThatThrownBy(() -> ShellText.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }
}
