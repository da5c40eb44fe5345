package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldOutputTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void replace() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void begin_output_isPrintedAtTheEndInItsOrder() {
        HeldOutput held = HeldOutput.begin();
        System.out.println("one");
        System.err.println("two");
        System.out.println("three");
        assertThat(text()).isEmpty();

        held.close();

        assertThat(text()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void close_streamThatWasKept_printsAtOnce() {
        HeldOutput held = HeldOutput.begin();
        PrintStream kept = System.out;
        held.close();

        kept.println("later");

        assertThat(text()).isEqualTo("later\n");
    }

    @Test
    void begin_veryMuchOutput_keepsTheLastPart() {
        HeldOutput held = HeldOutput.begin();
        for (int i = 0; i < 1024; i++) {
            System.out.print("x".repeat(1024));
        }
        System.out.println("the end");

        held.close();

        assertThat(text())
                .startsWith("… ")
                .contains(" bytes of output are left out\n")
                .endsWith("the end\n")
                .hasSizeLessThan(600 * 1024);
    }
}
