package org.experimaestro.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class ShellOutputFuzzTest {
    @Test
    void words_ofAnyOutput_areOneLine() {
        Fuzz.of("shell-output")
                .seeds("sbatch: error: one\n\n  two \r\n", "\n", "")
                .text(text -> {
                    Shell.Output output = new Shell.Output(1, text, "");
                    assertThat(output.words())
                            .isNotEmpty()
                            .hasSizeLessThanOrEqualTo(1_001)
                            .doesNotContain("\n", "\r");
                    assertThat(output.complaint()).isNotEmpty().doesNotContain("\n", "\r");
                    assertThat(new Shell.Output(1, "", text).complaint()).isEqualTo(output.complaint());
                });
    }
}
