package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class RequirementFuzzTest {
    @Test
    void parse_anyText_isReadAndPrintedOrRefused() {
        Fuzz.of("requirement")
                .seeds(
                        "duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4) | duration=4 days & cuda(mem=16G) * 2",
                        "4 * gpu(mem=1.5 GiB) & exclusive & feature=ib_1.x & jdk=21 & heap=2G & cpu(mem=4G)",
                        "duration=1 h 30 min 5 s & mps")
                .words(
                        "duration=",
                        "cuda",
                        "mps",
                        "gpu",
                        "cpu",
                        "heap=",
                        "jdk=",
                        "exclusive",
                        "feature=",
                        "mem=",
                        "cores=")
                .words("days", "h", "min", "weeks", "G", "GiB", "T", "kB", " & ", " | ", " * ")
                .refusedBy(LaunchException.class)
                .naming("Plan.java:3: ")
                .text(text -> {
                    Requirement read = Requirement.parse(text, "Plan.java:3");
                    assertThat(Requirement.parse(read.toString(), null)).isEqualTo(read);
                });
    }
}
