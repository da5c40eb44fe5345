package org.experimaestro.web.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GreetingTest {
    private static Greeting read(String text) throws IOException {
        return Greeting.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void read_behindLinesOfTheHost_isAsWritten() throws IOException {
        Greeting greeting = new Greeting("0.1", "/data/Jürgen's work\n", Optional.of("no \"workspace\""));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        greeting.write(out);

        assertThat(read("Welcome\nto the cluster\n" + out.toString(StandardCharsets.UTF_8) + "rest"))
                .isEqualTo(greeting);
    }

    @Test
    void read_otherVersion_isRefusedWithBothVersions() {
        assertThatThrownBy(() -> read("experimaestro-frames 2 {}\n"))
                .isInstanceOf(RefusedConnectionException.class)
                .hasMessageContaining("version 2, expected 1");
    }

    @Test
    void read_noGreeting_isAnErrorAndEnds() {
        assertThatThrownBy(() -> read("")).hasMessage("it has ended before its first word");
        assertThatThrownBy(() -> read("Permission denied")).hasMessage("it has ended before its first word");
        assertThatThrownBy(() -> read("experimaestro-frames 1 {\"program\":1}\n"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("x".repeat(100_000))).hasMessageContaining("not those of Experimaestro");
        assertThatThrownBy(() -> read("\n".repeat(100_000))).hasMessageContaining("not those of Experimaestro");
    }
}
