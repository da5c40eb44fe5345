package org.experimaestro.tui.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WholeTextTest {
    @Test
    void write_longerThanTheLimit_isRefusedAndKeepsWhatWasThere() throws Exception {
        try (WholeText text = new WholeText(10)) {
            text.write("né123456".getBytes(UTF_8));
            assertThatThrownBy(() -> text.write("78".getBytes(UTF_8)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The answer, or a line of it, has more than 10 bytes");
            assertThat(text).hasToString("né123456");

            text.clear();
            text.write("1234567890".getBytes(UTF_8));
            assertThatThrownBy(() -> text.write('1')).isInstanceOf(IOException.class);
            assertThat(text).hasToString("1234567890");
        }
    }
}
